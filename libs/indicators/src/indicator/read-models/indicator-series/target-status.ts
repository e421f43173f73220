import { compareDecimals, sortOfPeriod, spanOfPeriod } from '#kernel';
import { breaksBetween } from '../../definitions.js';
import type { DefinitionVersion } from '../../definitions.js';
import type { Target } from '../../indicator.events.js';
import { valueOf } from './comparing.js';
import type { SeriesEntry } from './indicator-series.projection.js';

/** How a threshold stands on a day. */
export const targetStatuses = ['met', 'not-met', 'not-yet-due', 'no-value', 'not-comparable'] as const;
export type TargetStatus = (typeof targetStatuses)[number];

/** What a threshold is held against. */
export interface Measured {
  readonly series: readonly Pick<SeriesEntry, 'period' | 'total' | 'meant'>[];
  readonly versions: readonly DefinitionVersion[];
  /** The version of the definition that the target speaks of. */
  readonly targetOf: number;
}

/**
 * Whether a threshold was reached by its deadline: told by the value of the last whole period up to it and nothing else, and
 * not before the deadline. A gap, a provisional value or one of another measure tells nothing.
 * @param day the one that is asked about
 * @returns undefined for a direction, which has no deadline
 */
export function targetStatusOf(target: Target, measured: Measured, day: string): TargetStatus | undefined {
  if ('direction' in target) return undefined;
  if (day < target.by) return 'not-yet-due';
  const { series, targetOf, versions } = measured;
  const last = series
    .filter(({ period, total }) => total !== undefined && spanOfPeriod(period).to <= target.by)
    .reduce<Measured['series'][number] | undefined>(
      (one, other) => (one && isLater(one, other) ? one : other),
      undefined,
    );
  if (!last?.total || !isLastBefore(last.period, target.by)) return 'no-value';
  const value = valueOf(last.total);
  if (value === undefined || ('value' in last.total && last.total.provisionalAsOf !== undefined)) return 'no-value';
  if (breaksBetween(versions, targetOf, last.meant.total!).length > 0) return 'not-comparable';
  const isMet =
    'atMost' in target ? compareDecimals(value, target.atMost) <= 0 : compareDecimals(value, target.atLeast) >= 0;
  return isMet ? 'met' : 'not-met';
}

type Spoken = { readonly period: string };

/** Whether a period ends later than another; of those that end together, the longer one. */
function isLater({ period: one }: Spoken, { period: other }: Spoken): boolean {
  const [ours, theirs] = [spanOfPeriod(one), spanOfPeriod(other)];
  return ours.to > theirs.to || (ours.to === theirs.to && ours.from < theirs.from);
}

const monthsOf = { year: 12, 'school-year': 12, 'half-year': 6, third: 4, quarter: 3, month: 1 } as const;

/** Whether the next period of the same sort would end after a day. */
function isLastBefore(period: string, day: string): boolean {
  const { to } = spanOfPeriod(period);
  const after = new Date(`${to}T00:00:00Z`);
  // From the first of the month after the period, so that no month is too short.
  after.setUTCDate(after.getUTCDate() + 1);
  after.setUTCMonth(after.getUTCMonth() + monthsOf[sortOfPeriod(period)]);
  after.setUTCDate(0);
  return after.toISOString().slice(0, 10) > day;
}
