import { compareDecimals, sortOfPeriod } from '#kernel';
import { breaksBetween } from '../../definitions.js';
import type { Break, DefinitionVersion } from '../../definitions.js';
import type { Cell } from '../../indicator.events.js';
import type { SeriesEntry } from './indicator-series.projection.js';

/** Where a value went since the period before, seen from what was wanted of it. */
export type Movement = 'towards' | 'away' | 'unchanged' | 'changed' | 'unknown' | 'not-comparable';

/** Why two values are not set against each other: what they mean differs, or up to when they are counted. */
export type Incomparable = Break | 'cut-off';

/** How the total moved, since which period, and where nothing can be said of that, why. */
export interface Moved {
  readonly movement: Movement;
  /** The newest earlier period of its sort that has a value. */
  readonly against?: string;
  readonly because?: readonly Incomparable[];
}

type Entry = Pick<SeriesEntry, 'period' | 'total' | 'meant'>;
type Versions = readonly DefinitionVersion[];

export const valueOf = (cell: Cell | undefined): string | undefined =>
  cell && 'value' in cell ? cell.value : undefined;

/**
 * How the total moved since the newest earlier period of its sort that has one: a year is not set against a quarter. What is
 * wanted is told by the definition that the later value is of. `maintain` wants no movement.
 */
export function movementOf(series: readonly Entry[], index: number, versions: Versions): Moved {
  const now = series[index]!;
  const sort = sortOfPeriod(now.period);
  const before = series
    .slice(0, index)
    .findLast(({ period, total }) => valueOf(total) !== undefined && sortOfPeriod(period) === sort);
  const value = valueOf(now.total);
  if (value === undefined || !before) return { movement: 'unknown' };
  const against = before.period;
  const because = incomparable(before, now, versions);
  if (because.length > 0) return { movement: 'not-comparable', against, because };
  const change = compareDecimals(value, valueOf(before.total)!);
  if (change === 0) return { movement: 'unchanged', against };
  const direction = versions.find(({ version }) => version === now.meant.total)?.definition.direction;
  if (direction === undefined || direction === 'maintain') return { movement: 'changed', against };
  return { movement: change > 0 === (direction === 'increase') ? 'towards' : 'away', against };
}

function incomparable(before: Entry, now: Entry, versions: Versions): Incomparable[] {
  const broken = breaksBetween(versions, before.meant.total!, now.meant.total!);
  return cutOffOf(before.total) === cutOffOf(now.total) ? broken : [...broken, 'cut-off'];
}

/** The month of the year up to which a value is counted; undefined for one of the whole period. */
export const cutOffOf = (cell: Cell | undefined): string | undefined =>
  cell && 'value' in cell ? cell.provisionalAsOf?.slice(5) : undefined;

/** The version that a period is told in: that of its total, or of the sexes where they stand alone. */
export const versionOf = ({ meant: { men, total, women } }: Pick<SeriesEntry, 'meant'>): number =>
  total ?? women ?? men ?? 1;

/** Why the series breaks with an entry, against the one before it; nothing where it goes on. */
export const breaksAt = (series: readonly Pick<SeriesEntry, 'meant'>[], index: number, versions: Versions): Break[] =>
  index === 0 ? [] : breaksBetween(versions, versionOf(series[index - 1]!), versionOf(series[index]!));
