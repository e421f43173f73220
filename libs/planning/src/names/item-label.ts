import type { AdoptedItem } from '../item/item.js';
import type { PlanDocument } from '../plan/read-models/plan-directory/plan-directory.projection.js';

/** `Uppdrag 34`; an item without a number is called by its kind alone. */
export const labelOf = (
  { kind, number }: Pick<AdoptedItem, 'kind' | 'number'>,
  plan: PlanDocument | undefined,
): string => labelBy({ kind, number: number.value }, plan);

/** The same by what its number is on some day. */
export function labelBy(
  { kind, number }: { readonly kind: string; readonly number: string | null },
  plan: PlanDocument | undefined,
): string {
  const label = plan?.kinds.find(({ code }) => code === kind)?.label ?? kind;
  return number === null ? label : `${label} ${number}`;
}
