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
