import type { Document, DocumentStore } from '#document-store';
import { roughBytes } from '#kernel';
import { sourceOfPart } from '../folding/folding.js';
import { documentsInPages } from './documents-in-pages.js';
import { Slice } from './slice.js';

/** How much memory the documents of a slice may take, about, beside the same ones from the log. */
export const bytesOfSlice = 96 * 1024 * 1024;

/**
 * A collection in slices, of which each takes about so much memory, and how many documents it holds in all. Every document is read
 * for it: some are a thousand times as large as others.
 */
export async function slicesOf(
  store: Pick<DocumentStore, 'find' | 'getMany'>,
  collection: string,
  most: number,
): Promise<{ readonly slices: readonly Slice[]; readonly documents: number }> {
  const slices: Slice[] = [];
  let [bytes, documents, from] = [0, 0, ''];
  for await (const page of documentsInPages(store, collection, new Slice())) {
    for (const document of page) {
      const to = sourceOfPart(document._id);
      const size = roughBytes(document);
      // What belongs to one source is not divided.
      if (bytes > 0 && bytes + size > most && to > from && !(await hasShorter(store, collection, to))) {
        slices.push(new Slice(from, to));
        [bytes, from] = [0, to];
      }
      bytes += size;
      documents++;
    }
  }
  return { slices: [...slices, new Slice(from)], documents };
}

/** Whether a source has an id that another one begins with: the parts of the two lie between each other. */
async function hasShorter(store: Pick<DocumentStore, 'getMany'>, collection: string, source: string): Promise<boolean> {
  const beginnings = Array.from({ length: source.length - 1 }, (_, index) => source.slice(0, index + 1));
  return beginnings.length > 0 && (await store.getMany<Document>(collection, beginnings)).length > 0;
}
