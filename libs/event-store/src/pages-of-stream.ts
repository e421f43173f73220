import { setImmediate } from 'node:timers/promises';
import type { StoredEvent } from '#kernel';
import type { EventStore, ReadStreamOptions } from './event-store.port.js';
import { isLastPage } from './page-room.js';

/**
 * The events of a stream, page by page, none of them empty. Others have their turn in between.
 * @throws LogDamaged
 */
export async function* pagesOfStream(
  store: Pick<EventStore, 'readStream'>,
  stream: string,
  { after = -1, limit }: Pick<ReadStreamOptions, 'after'> & { readonly limit: number },
): AsyncGenerator<StoredEvent[], void, undefined> {
  for (let from = after; ;) {
    const page = await store.readStream(stream, { after: from, limit });
    if (page.length === 0) return;
    yield page;
    if (isLastPage(page, limit)) return;
    from = page.at(-1)!.revision;
    await setImmediate();
  }
}
