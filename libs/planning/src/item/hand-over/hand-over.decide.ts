import type { DecidedEvent, DomainCommand } from '#kernel';
import { handedOver } from '#organisation';
import type { HandOver, Held } from '#organisation';
import type { ItemEvent } from '../item.events.js';
import { subjectOf, withinRoom } from '../item.rules.js';
import type { ItemDecision } from '../item.rules.js';

/** Where the item names the body, from the day of the command on. */
interface NamingFacts {
  readonly held: readonly Held[];
}

export type HandOverItem = DomainCommand<'HandOverItem', HandOver, NamingFacts>;

/**
 * Others take over from a body where an item names it: from the day of the command on, and on each later day on which it was
 * to be named anew. What is completed is handed over too, since it is assessed on.
 */
export const handOver: ItemDecision<HandOverItem> = (command, item) => {
  if (item.status === 'unadopted' || item.cancelled) return [];
  const { data, facts } = command;
  const events = facts.held.map(({ bodies, property, since }): DecidedEvent<ItemEvent> => {
    const taken = handedOver(bodies, data);
    const told = { ...subjectOf(command, item), reason: data.reason };
    if (property === 'responsible') {
      return { type: 'ItemResponsibleChanged', effectiveOn: since, data: { ...told, responsible: taken } };
    }
    const concerned = taken.length > 0 && { concerned: { bodies: taken } };
    return { type: 'ItemConcernedChanged', effectiveOn: since, data: { ...told, ...concerned } };
  });
  return withinRoom(events, item);
};
