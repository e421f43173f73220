import { rule } from '#kernel';
import type { DomainCommand } from '#kernel';
import type { SuccessionKind } from '../item.events.js';
import type { ItemProperties } from '../item.properties.js';
import { ofAdopted, subjectOf } from '../item.rules.js';

export type SucceedItem = DomainCommand<
  'SucceedItem',
  { successorId: string; kind: SuccessionKind; inferred?: boolean; comment?: string },
  { readonly successor: ItemProperties }
>;

/** So many are kept with the item. */
const mostSuccessors = 100;

/** Also after its end, and by the same one in the same way once. */
export const succeed = ofAdopted<SucceedItem>((command, item) => {
  const { comment, inferred = false, kind, successorId } = command.data;
  if (successorId === command.id) throw succeedsItself();
  if (item.successors.some((known) => known.itemId === successorId && known.kind === kind)) return [];
  if (item.successors.length >= mostSuccessors) {
    throw tooManySuccessors({ successors: mostSuccessors });
  }
  const successor = { successorId, successorPlanId: command.facts.successor.planId, kind, inferred };
  return [{ type: 'ItemSucceeded', data: { ...subjectOf(command, item), ...successor, ...(comment && { comment }) } }];
});

const succeedsItself = rule(
  'successor-is-another',
  'An item cannot succeed itself',
  'Ett uppdrag kan inte efterträda sig självt',
);
const tooManySuccessors = rule(
  'successors-of-item',
  'The item has {successors} successors, which is as many as it can have',
  'Uppdraget har {successors} efterföljare, och fler kan det inte ha',
);
