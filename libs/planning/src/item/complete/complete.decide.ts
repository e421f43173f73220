import type { DomainCommand } from '#kernel';
import { checkEnd, ofAdopted, subjectOf } from '../item.rules.js';
import { turnsAgain } from '../item.series.js';

export type CompleteItem = DomainCommand<'CompleteItem', { comment?: string; printedLabel?: string }, void>;

export const complete = ofAdopted<CompleteItem>((command, item) => {
  const { data, effectiveOn: day } = command;
  if (turnsAgain(item, { state: 'completed', ...data }, day)) return [];
  checkEnd(item, command);
  return [{ type: 'ItemCompleted', data: { ...subjectOf(command, item), ...data } }];
});
