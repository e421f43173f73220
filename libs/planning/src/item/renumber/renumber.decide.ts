import type { DomainCommand } from '#kernel';
import { ofItemInForce, subjectOf } from '../item.rules.js';
import { holdsAlready } from '../item.series.js';

/** Null: the item has no number from the day on. */
export type RenumberItem = DomainCommand<
  'RenumberItem',
  { number: string | null; printedLabel?: string; reason?: string },
  void
>;

export const renumber = ofItemInForce<RenumberItem>((command, item) => {
  const { data, effectiveOn: day } = command;
  const { number, ...told } = data;
  if (holdsAlready(item, 'number', number, day)) return [];
  return [
    { type: 'ItemRenumbered', data: { ...subjectOf(command, item), ...(number !== null && { number }), ...told } },
  ];
});
