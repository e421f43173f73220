import type { DomainCommand } from '#kernel';
import { ofItemInForce, subjectOf } from '../item.rules.js';
import { unchanged } from '../unchanged.js';

/** Without a number, the item has none from the day on. */
export type RenumberItem = DomainCommand<
  'RenumberItem',
  { number?: string; printedLabel?: string; reason?: string },
  void
>;

export const renumber = ofItemInForce<RenumberItem>((command, item) => {
  const { data, effectiveOn: day } = command;
  if (unchanged(item.number, data.number ?? null, day)) return [];
  return [{ type: 'ItemRenumbered', data: { ...subjectOf(command, item), ...data } }];
});
