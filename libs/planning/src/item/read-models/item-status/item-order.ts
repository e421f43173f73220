import type { PlanDocument } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import type { CountedItem } from './item-documents.js';

type Sorted = Pick<CountedItem, '_id' | 'kind' | 'sortKey'>;

/** Items by the place of their kind, by number and title, and where these are the same, by their ids, as stores sort. */
export const inOrder = <Item extends Sorted>(plan: PlanDocument, items: Item[]): Item[] => items.sort(orderIn(plan));

/** Compares items so. */
export function orderIn(plan: PlanDocument): (one: Sorted, other: Sorted) => number {
  const order = new Map(plan.kinds.map(({ code, order }) => [code, order]));
  const placeOf = ({ kind }: Sorted) => order.get(kind) ?? Infinity;
  return (one, other) => {
    const [place, otherPlace] = [placeOf(one), placeOf(other)];
    if (place !== otherPlace) return place < otherPlace ? -1 : 1;
    if (one.sortKey !== other.sortKey) return one.sortKey < other.sortKey ? -1 : 1;
    return one._id < other._id ? -1 : Number(one._id > other._id);
  };
}
