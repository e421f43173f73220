import { compareDecimals, decimalsOf, subtractDecimals } from '#kernel';
import type { Cell, Direction, Target } from '../../indicator.events.js';
import type { SeriesEntry } from './indicator-series.projection.js';

/** Where a value went since the period before, seen from what is wanted. */
export type Movement = 'towards' | 'away' | 'unchanged' | 'changed' | 'unknown';

const valueOf = (cell: Cell | undefined): string | undefined => (cell && 'value' in cell ? cell.value : undefined);

/** Women minus men, in the indicator's unit; undefined where a side has no value. */
export function differenceOf({ men, women }: Pick<SeriesEntry, 'women' | 'men'>): string | undefined {
  const [ours, theirs] = [valueOf(women), valueOf(men)];
  return ours === undefined || theirs === undefined ? undefined : subtractDecimals(ours, theirs);
}

/** How the total moved since the newest earlier period that has one. `maintain` wants no movement. */
export function movementOf(series: readonly SeriesEntry[], index: number, direction: Direction): Movement {
  const now = valueOf(series[index]?.total);
  const before = valueOf(series.slice(0, index).findLast(({ total }) => valueOf(total) !== undefined)?.total);
  if (now === undefined || before === undefined) return 'unknown';
  const change = compareDecimals(now, before);
  if (change === 0) return 'unchanged';
  if (direction === 'maintain') return 'changed';
  return change > 0 === (direction === 'increase') ? 'towards' : 'away';
}

/** Whether the newest total meets a threshold; undefined for a direction, or where there is no value. */
export function meets(target: Target, series: readonly SeriesEntry[]): boolean | undefined {
  const newest = valueOf(series.findLast(({ total }) => valueOf(total) !== undefined)?.total);
  if (newest === undefined || 'direction' in target) return undefined;
  return 'atMost' in target
    ? compareDecimals(newest, target.atMost) <= 0
    : compareDecimals(newest, target.atLeast) >= 0;
}

/** A decimal as a Swedish reader writes it: no-break spaces between thousands, a comma, U+2212 for minus. */
export function writeSwedish(decimal: string): string {
  const digits = decimalsOf(decimal);
  const [whole = '', fraction] = decimal.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=([0-9]{3})+$)/g, '\u00a0');
  return `${decimal.startsWith('-') ? '\u2212' : ''}${grouped}${digits > 0 ? `,${fraction}` : ''}`;
}

/** What a reader is shown for a cell: as printed where the document printed it. */
export function shown(cell: Cell): string | undefined {
  return cell.asPrinted ?? ('value' in cell ? writeSwedish(cell.value) : undefined);
}
