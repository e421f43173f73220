import type { PagePart } from './page-query.js';

/** A list that the store has, but for a few of its entries. */
interface MostOfList<Entry> {
  readonly total: number;
  /** Some of it, in its order. */
  readonly read: (part: PagePart) => Promise<readonly Entry[]>;
}

/**
 * A part of a list of which the store has most, in order, and others are at hand: as if they had been sorted in.
 * Reads as many entries more than the part has as there are others.
 * @param others in the order of the list
 * @param compare no two entries are the same by it
 */
export async function mergedPage<Entry>(
  most: MostOfList<Entry>,
  others: readonly Entry[],
  { limit, offset }: PagePart,
  compare: (one: Entry, other: Entry) => number,
): Promise<{ readonly items: readonly Entry[]; readonly total: number }> {
  const total = most.total + others.length;
  const first = Math.max(0, offset - others.length);
  const window = await most.read({ offset: first, limit: offset + limit - first });
  const [start] = window;
  // Those before the window lie before the part too: there are `first` of the store's, and fewer than `offset` in all.
  const before = first === 0 ? 0 : start ? others.filter((other) => compare(other, start) < 0).length : others.length;
  const merged = [...window, ...others.slice(before)].sort(compare);
  const skipped = offset - first - before;
  return { items: first > 0 && !start ? [] : merged.slice(skipped, skipped + limit), total };
}
