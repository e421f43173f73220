import { pagesOfStream } from '#event-store';
import type { EventStore } from '#event-store';
import { factOf, streamName } from '#kernel';
import type { EventCatalog, RecordedFact } from '#kernel';
import { itemEvents } from './item.events.js';
import type { ItemEvent } from './item.events.js';

const pageSize = 500;
const types: ReadonlySet<string> = new Set(itemEvents.map(({ type }) => type));

/** All that was recorded of an item, in the order of its stream. @throws CorruptEvent, StoreFailure */
export async function itemStory(
  eventStore: Pick<EventStore, 'readStream'>,
  catalog: EventCatalog,
  { itemId, tenant }: { readonly tenant: string; readonly itemId: string },
): Promise<RecordedFact<ItemEvent>[]> {
  const story: RecordedFact<ItemEvent>[] = [];
  for await (const page of pagesOfStream(eventStore, streamName(tenant, 'item', itemId), { limit: pageSize })) {
    for (const event of page) {
      if (types.has(event.type)) story.push(factOf<ItemEvent>(catalog.decode(event)));
    }
  }
  return story;
}
