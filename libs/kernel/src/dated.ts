import { daysFrom } from './day.js';
import { saidOn } from './events/provenance.js';
import type { SaidWhen } from './events/provenance.js';

/** Where something stands among all that is said of one thing. */
export interface Place {
  /** The day that it speaks of, and from which it holds: ISO day. */
  readonly since: string;
  /** How many days after that day it was said, below zero before it; left out where on it. There are many: a day would weigh more. */
  readonly said?: number;
}

/**
 * A value and the day from which it holds. Revisions may be recorded late and out of order: what counts is the day that
 * a revision speaks of, of one day what was said last, and of that what was recorded last.
 */
export interface Dated<Value> extends Place {
  readonly value: Value;
}

export const dated = <Value>(value: Value, since: string): Dated<Value> => ({ value, since });

/** What tells the place of what an event says. */
type Placed = SaidWhen & { readonly effectiveOn: string; readonly saidAfter?: string };

/** The place of what an event says. A correction comes after what it corrects, also where it was said before that. */
export function placeOf(event: Placed): Place {
  const { effectiveOn: since } = event;
  const said = countedFrom(event);
  return said === since ? { since } : { since, said: daysFrom(since, said) };
}

/** The day from which something counts among what was said of its day: ISO day. */
export function countedFrom({ saidAfter = '', ...event }: SaidWhen & { readonly saidAfter?: string }): string {
  const said = saidOn(event);
  return said < saidAfter ? saidAfter : said;
}

/** Whether something counts rather than something else, whichever was recorded first. Of what is recorded later, it need not. */
export const comesAfter = (one: Place, other: Place): boolean =>
  one.since > other.since || (one.since === other.since && (one.said ?? 0) > (other.said ?? 0));

/** What counts of two values, of which `next` was recorded later. */
export const later = <Value>(current: Dated<Value> | undefined, next: Dated<Value>): Dated<Value> =>
  current === undefined || !comesAfter(current, next) ? next : current;

/**
 * Where the entries end that stay before one that is recorded now.
 * @param entries in an order in which those that stay come first
 */
export function placeAfter<Entry>(entries: readonly Entry[], stays: (entry: Entry) => boolean): number {
  let low = 0;
  let high = entries.length;
  // Most are recorded in the order of their days.
  if (high === 0 || stays(entries[high - 1]!)) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (stays(entries[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
