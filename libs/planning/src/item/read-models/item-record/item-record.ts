import type { Document } from '#document-store';
import { factOf } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { onEvery } from '#projecting';
import type { Projection } from '#projecting';
import { itemEvents } from '../../item.events.js';
import type { ItemEvent } from '../../item.events.js';
import { evolve, unadopted } from '../../item.js';
import type { AdoptedItem, Assessment } from '../../item.js';

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
  seenOn,
};

/** What corrects or withdraws an assessment is seen wherever that is seen, whichever day it was recorded with. */
function seenOn(
  record: ItemRecord | undefined,
  { data, metadata, type }: RecordedEvent<ItemEvent>,
): string | undefined {
  if (!('assessmentId' in data) || type === 'ItemAssessed') return metadata.effectiveOn;
  const isIt = (one: Assessment) => one.assessmentId === data.assessmentId;
  return (record?.assessments.find(isIt) ?? record?.withdrawn.find(isIt))?.effectiveOn;
}

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
