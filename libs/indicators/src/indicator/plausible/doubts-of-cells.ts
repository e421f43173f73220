import { compareDecimals, doubt } from '#kernel';
import type { Doubt } from '#kernel';
import type { Observation } from '../indicator.decider.js';
import { asPrinted, columns, otherPeriods, periodBefore, valueIn } from './series-before.js';
import type { Column, DefinedIndicator, Entry } from './series-before.js';

/** So many times as large or small as before, a value is in another unit, or its thousands were taken for decimals. */
const outOfLine = 50;

const shares = /^(share|accumulated-share)$/;
const neverNegative = /^(count|share|accumulated-share|per-[0-9]+)$/;
const percent = /^(%|procent|procentenheter|andel|andel i procent)$/i;

/** What looks like a mistake in each value by itself, against its kind of measure, its unit and the period before. */
export function doubtsOfCells(period: string, told: Observation, indicator: DefinedIndicator): readonly Doubt[] {
  const others = otherPeriods(indicator, period);
  return columns.flatMap((column) => {
    const value = valueIn(told[column]);
    if (value === undefined) return [];
    return [...againstMeasure(column, told, indicator), ...againstSeries(column, told, { period, others })];
  });
}

function againstMeasure(
  column: Column,
  told: Observation,
  { definition: { measure } }: DefinedIndicator,
): readonly Doubt[] {
  const cell = told[column];
  const value = valueIn(cell)!;
  const printed = asPrinted(cell);
  const said = { value: printed, unit: measure.unit };
  const isNegative = compareDecimals(value, '0') < 0;
  return [
    ...(isNegative && neverNegative.test(measure.kind) ? [negative(column, said)] : []),
    ...(shares.test(measure.kind) && compareDecimals(value, '100') > 0 ? [beyondWhole(column, said)] : []),
    ...(measure.kind === 'count' && /\.[0-9]*[1-9]/.test(value) ? [noWholeNumber(column, said)] : []),
    ...(printed.includes('%') && !percent.test(measure.unit) ? [otherUnit(column, said)] : []),
  ];
}

function againstSeries(
  column: Column,
  told: Observation,
  { others, period }: { readonly period: string; readonly others: readonly Entry[] },
): readonly Doubt[] {
  const value = Number(valueIn(told[column]));
  const notApplicable = others.findLast(({ observation }) => observation[column] !== undefined);
  if (isNotApplicable(notApplicable, column)) return [noSuchSex(column, { period: notApplicable!.period })];
  const before = periodBefore(others, period, [column]);
  const known = Number(valueIn(before?.observation[column]) ?? 0);
  if (!before || known === 0 || value === 0) return [];
  const said = {
    value: asPrinted(told[column]),
    before: asPrinted(before.observation[column]),
    period: before.period,
  };
  if (value < 0 !== known < 0) return [otherSign(column, said)];
  const times = value / known;
  if (times < outOfLine && times > 1 / outOfLine) return [];
  return [outOfScale(column, { ...said, times: times > 1 ? Math.round(times) : `1/${Math.round(1 / times)}` })];
}

const isNotApplicable = (entry: Entry | undefined, column: Column): boolean => {
  const cell = entry?.observation[column];
  return cell !== undefined && 'gap' in cell && cell.gap === 'not-applicable';
};

/** So many digits are not the same twice by chance. */
const digitsOfNoChance = 5;

/** The row of another period, copied: two columns at the least say the same to the last digit. */
export function doubtsOfRow(period: string, told: Observation, indicator: DefinedIndicator): readonly Doubt[] {
  const given = columns.filter((column) => valueIn(told[column]) !== undefined);
  const digits = given.map((column) => valueIn(told[column])!.replace(/[^0-9]|^0+/g, '')).join('');
  if (given.length < 2 || digits.length < digitsOfNoChance) return [];
  const same = otherPeriods(indicator, period).findLast(({ observation }) =>
    given.every((column) => valueIn(observation[column]) === valueIn(told[column])),
  );
  return same ? [sameRow('', { period, other: same.period })] : [];
}

const negative = doubt(
  'value-not-negative',
  '{value} is below zero, and the indicator counts in {unit}',
  '{value} är under noll, och indikatorn räknas i {unit}',
);
const beyondWhole = doubt(
  'share-within-whole',
  '{value} {unit} is more than the whole',
  '{value} {unit} är mer än det hela',
);
const noWholeNumber = doubt(
  'count-whole',
  '{value} is no whole number of {unit}: were thousands taken for decimals',
  '{value} är inget helt antal {unit}: har tusental tagits för decimaler',
);
const otherUnit = doubt(
  'unit-as-printed',
  '{value} is printed in percent, and the indicator is told in {unit}',
  '{value} är tryckt i procent, och indikatorn anges i {unit}',
);
const noSuchSex = doubt(
  'sex-applies',
  'For {period} there was no value because none applies here: is it in the right column',
  'För {period} saknades värde därför att det inte är tillämpligt här: står det i rätt kolumn',
);
const otherSign = doubt(
  'sign-as-before',
  '{value} has another sign than {before} of {period}',
  '{value} har annat tecken än {before} för {period}',
);
const outOfScale = doubt(
  'value-in-line',
  '{value} is {times} times what it was for {period}, {before}: is it in another unit, or were thousands taken for decimals',
  '{value} är {times} gånger vad det var för {period}, {before}: är det en annan enhet, eller har tusental tagits för decimaler',
);
const sameRow = doubt(
  'row-once',
  'The row of {period} says the same as that of {other}, to the last digit',
  'Raden för {period} säger detsamma som den för {other}, till sista siffran',
);
