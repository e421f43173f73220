import type { AdoptedItem } from '../item/item.js';
import type { PlanDocument } from '../plan/read-models/plan-directory/plan-directory.projection.js';

/** `Uppdrag 34`; an item without a number is called by its kind alone. */
export function labelOf(
  { kind, number }: Pick<AdoptedItem, 'kind' | 'number'>,
  plan: PlanDocument | undefined,
): string {
  const label = plan?.kinds.find(({ code }) => code === kind)?.label ?? kind;
  return number.value === null ? label : `${label} ${number.value}`;
}
