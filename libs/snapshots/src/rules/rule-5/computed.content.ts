import { addDecimals, compareDecimals, decimalsOf, quotientOfDecimals } from '#kernel';
import type {
  CellContent,
  ComputedContent,
  DefinitionContent,
  DerivationContent,
  IndicatorContent,
  PeriodContent,
  ProvenanceContent,
  SourceContent,
} from '../../format/snapshot.js';
import { breaksBetween, columns, cutOffOf, valueOf } from '../rule-4/measures.js';
import type { Derivation, Measured, MeasuredIndicator, MeasuredPeriod, Version } from './series.js';

/** What is told of indicators in a snapshot. */
export interface Computing {
  /** An indicator as it counts; undefined where it is not known. */
  readonly indicator: (indicatorId: string) => MeasuredIndicator | undefined;
  /** What an indicator is called; its id where it is not known. */
  readonly nameOf: (indicatorId: string) => string;
  readonly whence: (measured: Measured) => ProvenanceContent;
}

/** An indicator with the sums over the sexes, and what follows from those that it is derived from. */
export function withComputed(
  indicator: IndicatorContent,
  measured: MeasuredIndicator,
  computing: Computing,
): IndicatorContent {
  const { periods, versions } = measured;
  const computed = computedOf(measured, computing);
  const told = new Set(indicator.series.map(({ period }) => period));
  const recorded = indicator.series.map((entry): PeriodContent => ({
    ...entry,
    ...summed(periods.get(entry.period) ?? {}, versions),
    computed: computed.get(entry.period),
  }));
  const alone = [...computed].flatMap(([period, columnsOf]): PeriodContent[] =>
    told.has(period)
      ? []
      : [
          {
            period,
            computed: columnsOf,
            movement: 'unknown',
            definition: versions.length > 1 ? versions.at(-1)!.version : undefined,
            corrections: [],
          },
        ],
  );
  const newest = versions.at(-1)!.derivation;
  return {
    ...indicator,
    derived: newest && derivationContent(newest, computing),
    definitions: indicator.definitions?.map((one) => ({ ...one, derived: derivedIn(one, versions, computing) })),
    series: [...recorded, ...alone].sort((one, other) => (one.period < other.period ? -1 : 1)),
  };
}

/** The ids of all that it was derived from, in any version of its definition. */
export const sourcesOf = ({ versions }: MeasuredIndicator): string[] =>
  versions.flatMap(({ derivation }) => (derivation ? [derivation.numerator, derivation.denominator] : []));

function derivedIn({ version }: DefinitionContent, versions: readonly Version[], computing: Computing) {
  const derivation = versions.find((one) => one.version === version)?.derivation;
  return derivation && derivationContent(derivation, computing);
}

function derivationContent(
  { decimals, denominator, factor, numerator }: Derivation,
  { nameOf }: Computing,
): DerivationContent {
  const named = (indicatorId: string) => ({ indicatorId, name: nameOf(indicatorId) });
  return {
    ...{ numerator: named(numerator), denominator: named(denominator) },
    ...{ factor, decimals, rounding: 'half-away-from-zero' },
  };
}

/** Only a count adds up over the sexes, and only what is counted up to the same month and measures the same. */
function summed(
  { men, total, women }: MeasuredPeriod,
  versions: readonly Version[],
): Pick<PeriodContent, 'sumOfSexes' | 'contradiction'> {
  const [ours, theirs] = [valueOf(women?.cell), valueOf(men?.cell)];
  if (!women || !men || ours === undefined || theirs === undefined) return {};
  const kind = versions.find(({ version }) => version === women.version)?.measure.kind;
  if (kind !== 'count' || !areOne(women, men, versions)) return {};
  const sumOfSexes = addDecimals(ours, theirs);
  const stated = total && areOne(total, women, versions) ? valueOf(total.cell) : undefined;
  const isAnother = stated !== undefined && compareDecimals(stated, sumOfSexes) !== 0;
  return { sumOfSexes, contradiction: isAnother ? { total: stated, sumOfSexes } : undefined };
}

const areOne = (one: Measured, other: Measured, versions: readonly Version[]): boolean =>
  cutOffOf(one.cell) === cutOffOf(other.cell) && breaksBetween(versions, one.version, other.version).length === 0;

/** By period, what its sources make; a column as the version says that it is of, or where nothing is recorded, the newest. */
function computedOf(
  measured: MeasuredIndicator,
  computing: Computing,
): Map<string, NonNullable<PeriodContent['computed']>> {
  const { periods, versions } = measured;
  const told = sourcesOf(measured).flatMap((id) => [...(computing.indicator(id)?.periods.keys() ?? [])]);
  const computed = [...new Set(told)].map((period) => {
    const own = periods.get(period) ?? {};
    const row = own.total?.version ?? own.women?.version ?? own.men?.version ?? versions.at(-1)!.version;
    const made = columns.flatMap((column) => {
      const version = own[column]?.version ?? row;
      const definition = versions.find((one) => one.version === version);
      if (!definition?.derivation || (column !== 'total' && !definition.splitBySex)) return [];
      const { derivation } = definition;
      const sourceOf = (id: string) => source(id, computing.indicator(id)?.periods.get(period)?.[column], computing);
      const terms = { numerator: sourceOf(derivation.numerator), denominator: sourceOf(derivation.denominator) };
      if (!terms.numerator && !terms.denominator) return [];
      const invented = terms.numerator?.invented || terms.denominator?.invented || undefined;
      const quotient = quotientOf(derivation, terms, own[column]?.cell);
      return [[column, { ...quotient, ...terms, definition: version, invented } satisfies ComputedContent] as const];
    });
    return [period, Object.fromEntries(made)] as const;
  });
  return new Map(computed.filter(([, made]) => Object.keys(made).length > 0));
}

function source(
  indicatorId: string,
  measured: Measured | undefined,
  { nameOf, whence }: Computing,
): SourceContent | undefined {
  if (!measured) return undefined;
  const { cell, eventId, recordedAt, version } = measured;
  return {
    ...cell,
    ...whence(measured),
    indicatorId,
    name: nameOf(indicatorId),
    definition: version,
    eventId,
    recordedAt,
  };
}

interface Terms {
  readonly numerator: SourceContent | undefined;
  readonly denominator: SourceContent | undefined;
}

function quotientOf(
  derivation: Derivation,
  { denominator, numerator }: Terms,
  recorded: CellContent | undefined,
): Pick<ComputedContent, 'value' | 'provisionalAsOf' | 'notComputed' | 'contradiction'> {
  const [above, below] = [valueOf(numerator), valueOf(denominator)];
  if (above === undefined || below === undefined) return { notComputed: 'no-value' };
  if (cutOffOf(numerator) !== cutOffOf(denominator)) return { notComputed: 'cut-off' };
  const value = quotientOfDecimals(above, below, derivation);
  if (value === undefined) return { notComputed: 'zero-denominator' };
  const stated = cutOffOf(recorded) === cutOffOf(numerator) ? valueOf(recorded) : undefined;
  const rounded = (decimals: number) => quotientOfDecimals(above, below, { factor: derivation.factor, decimals })!;
  const isAnother =
    stated !== undefined &&
    compareDecimals(stated, value) !== 0 &&
    compareDecimals(stated, rounded(decimalsOf(stated))) !== 0;
  return {
    value,
    provisionalAsOf: numerator && 'value' in numerator ? numerator.provisionalAsOf : undefined,
    contradiction: isAnother ? { recorded: stated, computed: value } : undefined,
  };
}
