import type { Document, DocumentStore, Stored } from '#document-store';
import { roughBytes } from '#kernel';
import type { Slice } from './slice.js';

/** About how many bytes of memory a page may take. */
const bytesOfPage = 8 * 1024 * 1024;
const [fewest, first, most] = [1, 100, 1_000];

/** The documents of a slice in the order of their ids, page by page: of large ones fewer are read at once. */
export async function* documentsInPages(
  store: Pick<DocumentStore, 'find'>,
  collection: string,
  slice: Slice,
): AsyncGenerator<readonly Stored<Document>[], void, undefined> {
  for (let [last, limit] = ['', first]; ;) {
    const page = await store.find(collection, { _id: slice.idsAfter(last) }, { sort: { _id: 1 }, limit });
    if (page.length > 0) yield page;
    if (page.length < limit) return;
    last = page.at(-1)!._id;
    limit = Math.max(fewest, Math.min(most, Math.floor((bytesOfPage * page.length) / roughBytes(page))));
  }
}
