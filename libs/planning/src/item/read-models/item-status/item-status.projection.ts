import type { Document } from '#document-store';
import { factOf, swedishSortKey } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { onEvery } from '#projecting';
import type { Projection } from '#projecting';
import { itemEvents } from '../../item.events.js';
import type { ItemEvent } from '../../item.events.js';
import { evolve, isOwners, unadopted } from '../../item.js';
import type { AdoptedItem } from '../../item.js';

/** An item as its stream tells it, and what it is found and sorted by. */
export interface ItemDocument extends Document, AdoptedItem {
  readonly tenant: string;
  /** The level of the owner's newest assessment; null while there is none. */
  readonly level: string | null;
  /** Orders items as a Swedish reader expects: by number, 7 before 10, and then by title. */
  readonly sortKey: string;
  readonly revision: number;
  readonly position: string;
}

/** Answers: how does an item stand, who says so and why, and since when? */
export const itemStatus: Projection<ItemDocument, ItemEvent> = {
  name: 'item-status',
  version: 4,
  indexes: [{ fields: ['tenant', 'planId', 'sortKey'] }],
  on: onEvery(itemEvents, { key: ({ data }) => data.itemId, evolve: documented }),
};

/** @throws Error where the item was not adopted before */
function documented(document: ItemDocument | undefined, event: RecordedEvent<ItemEvent>): ItemDocument {
  const item = evolve(document ?? unadopted, factOf<ItemEvent>(event));
  if (item.status === 'unadopted') throw new Error(`${event.data.itemId} was not adopted before ${event.type}`);
  return Object.assign({}, item as AdoptedItem & Document, {
    _id: event.data.itemId,
    tenant: event.metadata.tenant,
    level: levelOf(item, document),
    sortKey: sortKeyOf(item, document),
    revision: event.revision,
    position: event.position,
  });
}

function levelOf({ assessments }: AdoptedItem, before: ItemDocument | undefined): string | null {
  if (before && before.assessments === assessments) return before.level;
  return assessments.findLast(isOwners)?.level ?? null;
}

/** An item without a number comes after those that have one. */
function sortKeyOf({ number, title }: AdoptedItem, before: ItemDocument | undefined): string {
  if (before && before.number === number && before.title === title) return before.sortKey;
  return `${number.value === null ? '~' : swedishSortKey(number.value)} ${swedishSortKey(title.value)}`;
}
