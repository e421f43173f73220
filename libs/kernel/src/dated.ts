/**
 * A value and the day from which it holds. Revisions may be recorded late and out of order: what counts is the day that
 * a revision speaks of, and among those of one day the one recorded last.
 */
export interface Dated<Value> {
  readonly value: Value;
  /** ISO day. */
  readonly since: string;
}

export const dated = <Value>(value: Value, since: string): Dated<Value> => ({ value, since });

/** `next` where it speaks of the same day as `current` or a later one; `current` where a late record tells of an earlier day. */
export const later = <Value>(current: Dated<Value> | undefined, next: Dated<Value>): Dated<Value> =>
  current === undefined || next.since >= current.since ? next : current;

/**
 * Where the entries end that speak of a day or of an earlier one: an entry that is recorded now and speaks of that day
 * comes there.
 * @param entries in the order of the days that they speak of
 */
export function placeAfter<Entry>(entries: readonly Entry[], day: string, dayOf: (entry: Entry) => string): number {
  let low = 0;
  let high = entries.length;
  // Most are recorded in the order of their days.
  if (high === 0 || dayOf(entries[high - 1]!) <= day) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (dayOf(entries[middle]!) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}
