import type { DomainCommand } from '#kernel';
import { ofItemInForce, subjectOf } from '../item.rules.js';
import { restsUntil } from '../item.series.js';

export type ResumeItem = DomainCommand<'ResumeItem', { comment?: string }, void>;

/** An item that rests goes on before the day that was set. One that does not rest goes on already. */
export const resume = ofItemInForce<ResumeItem>((command, item) => {
  const goesOn = restsUntil(item, command.effectiveOn) === undefined;
  if (goesOn && command.corrects === undefined) return [];
  return [{ type: 'ItemResumed', data: { ...subjectOf(command, item), ...command.data } }];
});
