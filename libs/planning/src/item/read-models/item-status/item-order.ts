import type { PlanDocument } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import type { ListedItem } from './item-documents.js';

type Sorted = Pick<ListedItem, 'kind' | 'sortKey'>;

/** Items by kind, number and title; where these are the same, as they come. */
export const inOrder = <Item extends Sorted>(plan: PlanDocument, items: Item[]): Item[] => items.sort(orderIn(plan));

/** Whether kind, number and title leave open which of two items comes first. */
export const hasTies = (plan: PlanDocument, items: readonly Sorted[]): boolean => {
  const compare = orderIn(plan);
  return items.some((item, index) => index > 0 && compare(items[index - 1]!, item) === 0);
};

/** Compares items by the place of their kind, and by number and title. */
function orderIn(plan: PlanDocument): (one: Sorted, other: Sorted) => number {
  const order = new Map(plan.kinds.map(({ code, order }) => [code, order]));
  const placeOf = ({ kind }: Sorted) => order.get(kind) ?? Infinity;
  return (one, other) => {
    const [place, otherPlace] = [placeOf(one), placeOf(other)];
    if (place !== otherPlace) return place < otherPlace ? -1 : 1;
    return one.sortKey < other.sortKey ? -1 : Number(one.sortKey > other.sortKey);
  };
}
