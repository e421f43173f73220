import type { DomainCommand } from '#kernel';
import type { Concerned } from '../item.events.js';
import { ofItemInForce, subjectOf } from '../item.rules.js';
import { unchanged } from '../unchanged.js';

/** Without `concerned`, nobody is named any longer. */
export type ChangeConcerned = DomainCommand<'ChangeConcerned', { concerned?: Concerned; reason?: string }, void>;

export const changeConcerned = ofItemInForce<ChangeConcerned>((command, item) => {
  const { data, effectiveOn: day } = command;
  if (unchanged(item.concerned, data.concerned ?? null, day)) return [];
  return [{ type: 'ItemConcernedChanged', data: { ...subjectOf(command, item), ...data } }];
});
