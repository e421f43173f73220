import type { DomainCommand } from '#kernel';
import { ofItemInForce, subjectOf } from '../item.rules.js';
import { turnsAgain } from '../item.series.js';

export type RetainItem = DomainCommand<'RetainItem', { comment?: string; printedLabel?: string }, void>;

/** Through one revision after another, and once a day. */
export const retain = ofItemInForce<RetainItem>((command, item) => {
  const { data, effectiveOn: day } = command;
  if (turnsAgain(item, { state: 'retained', ...data }, day)) return [];
  return [{ type: 'ItemRetained', data: { ...subjectOf(command, item), ...data } }];
});
