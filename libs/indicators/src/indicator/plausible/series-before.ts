import { sortOfPeriod } from '#kernel';
import { breaksBetween } from '../definitions.js';
import type { DefinedIndicator, Observation } from '../indicator.decider.js';
import type { Cell } from '../indicator.events.js';

export type Column = keyof Observation;
export const columns = ['total', 'women', 'men'] as const;

export type { DefinedIndicator } from '../indicator.decider.js';

/** An indicator as one version defines it, with the values alone that measure the same. */
export function inVersion(indicator: DefinedIndicator, version: number | undefined): DefinedIndicator {
  const { meant, values, versions } = indicator;
  const known = versions.find((one) => one.version === version);
  if (!known) return indicator;
  const isComparable = (of: number | undefined) =>
    of === undefined || breaksBetween(versions, of, known.version).length === 0;
  const comparable = Object.entries(values).map(([period, observation]) => {
    const cells = Object.entries(observation).filter(([column]) => isComparable(meant[period]?.[column as Column]));
    return [period, Object.fromEntries(cells)] as const;
  });
  return { ...indicator, definition: known.definition, values: Object.fromEntries(comparable) };
}

export const valueIn = (cell: Cell | undefined): string | undefined =>
  cell && 'value' in cell ? cell.value : undefined;

/** A value as its reader knows it. */
export const asPrinted = (cell: Cell | undefined): string =>
  cell && 'value' in cell ? (cell.asPrinted ?? cell.value) : '–';

/** A period that something was recorded for, and what. */
export interface Entry {
  readonly period: string;
  readonly observation: Observation;
}

/** What was recorded of other periods, oldest first. */
export const otherPeriods = ({ values }: DefinedIndicator, period: string): readonly Entry[] =>
  Object.entries(values)
    .filter(([other]) => other !== period)
    .map(([other, observation]) => ({ period: other, observation }))
    .sort((one, two) => (one.period < two.period ? -1 : 1));

/**
 * The period that a value is held against: the newest one before it of the same sort that tells the columns, or else the
 * oldest one after it.
 */
export function periodBefore(entries: readonly Entry[], period: string, told: readonly Column[]): Entry | undefined {
  const like = entries.filter(
    (entry) =>
      sortOfPeriod(entry.period) === sortOfPeriod(period) &&
      told.every((column) => valueIn(entry.observation[column]) !== undefined),
  );
  return like.findLast((entry) => entry.period < period) ?? like.find((entry) => entry.period > period);
}
