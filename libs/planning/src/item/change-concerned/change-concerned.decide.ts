import type { DomainCommand } from '#kernel';
import type { Concerned } from '../item.events.js';
import { ofItemInForce, subjectOf } from '../item.rules.js';
import { holdsAlready } from '../item.series.js';

/** Null: nobody is named any longer. */
export type ChangeConcerned = DomainCommand<'ChangeConcerned', { concerned: Concerned | null; reason?: string }, void>;

export const changeConcerned = ofItemInForce<ChangeConcerned>((command, item) => {
  const { data, effectiveOn: day } = command;
  const { concerned, ...told } = data;
  if (holdsAlready(item, 'concerned', concerned, day)) return [];
  return [
    {
      type: 'ItemConcernedChanged',
      data: { ...subjectOf(command, item), ...(concerned !== null && { concerned }), ...told },
    },
  ];
});
