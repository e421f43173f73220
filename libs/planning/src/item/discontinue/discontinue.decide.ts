import type { DomainCommand } from '#kernel';
import type { DiscontinuationReason } from '../item.events.js';
import { checkEnd, ofAdopted, subjectOf } from '../item.rules.js';
import { turnsAgain } from '../item.series.js';

export type DiscontinueItem = DomainCommand<
  'DiscontinueItem',
  { reason: DiscontinuationReason; comment: string; printedLabel?: string },
  void
>;

export const discontinue = ofAdopted<DiscontinueItem>((command, item) => {
  const { data, effectiveOn: day } = command;
  if (turnsAgain(item, { state: 'discontinued', ...data }, day)) return [];
  checkEnd(item, command);
  return [{ type: 'ItemDiscontinued', data: { ...subjectOf(command, item), ...data } }];
});
