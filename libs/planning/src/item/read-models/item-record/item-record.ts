import type { Document } from '#document-store';
import { factOf } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { onEvery } from '#projecting';
import type { Projection } from '#projecting';
import { itemEvents } from '../../item.events.js';
import type { ItemEvent } from '../../item.events.js';
import { evolve, unadopted } from '../../item.js';
import type { AdoptedItem } from '../../item.js';

/** All that an item's stream tells, in one: it grows with every event, so that it is kept nowhere. */
export interface ItemRecord extends Document, AdoptedItem {
  readonly tenant: string;
  readonly revision: number;
}

/**
 * An item folded from its own stream. No documents are made of it: it is replayed where one item is asked for as of a
 * moment, and is what the documents of `item-status` are measured by.
 */
export const itemRecord: Projection<ItemRecord, ItemEvent> = {
  name: 'item-record',
  version: 1,
  on: onEvery(itemEvents, { key: ({ data }) => data.itemId, evolve: recorded }),
};

/** @throws Error where the item was not adopted before */
function recorded(record: ItemRecord | undefined, event: RecordedEvent<ItemEvent>): ItemRecord {
  const item = evolve(record ?? unadopted, factOf<ItemEvent>(event));
  if (item.status === 'unadopted') throw new Error(`${event.data.itemId} was not adopted before ${event.type}`);
  return Object.assign({}, item as AdoptedItem & Document, {
    _id: event.data.itemId,
    tenant: event.metadata.tenant,
    revision: event.revision,
  });
}
