import type { Document, DocumentStore } from '#document-store';
import { roughBytes } from '#kernel';
import { sourceOfPart } from '../folding/folding.js';

/** How much memory the documents of a slice may take, about, beside the same ones from the log. */
export const bytesOfSlice = 96 * 1024 * 1024;
const measured = 1_000;

/** Some of the documents of a collection: those whose sources have an id from one on and before another. */
export class Slice {
  constructor(
    private readonly from = '',
    private readonly to?: string,
  ) {}

  holds(source: string): boolean {
    return source >= this.from && (this.to === undefined || source < this.to);
  }

  /** What the ids of its documents lie between, the first one not included. @param last that was read of them */
  idsAfter(
    last: string,
  ): { readonly $gt: string; readonly $lt?: string } | { readonly $gte: string; readonly $lt?: string } {
    const before = this.to === undefined ? {} : { $lt: this.to };
    return last === '' && this.from !== '' ? { $gte: this.from, ...before } : { $gt: last, ...before };
  }
}

/** A collection in slices, of which each takes about so much memory, and how many documents it holds in all. */
export async function slicesOf(
  store: Pick<DocumentStore, 'count' | 'find' | 'getMany'>,
  collection: string,
  bytes: number,
): Promise<{ readonly slices: readonly Slice[]; readonly documents: number }> {
  const documents = await store.count(collection, {});
  const sample = await store.find(collection, {}, { sort: { _id: 1 }, limit: measured });
  const each = roughBytes(sample) / Math.max(1, sample.length);
  const size = Math.max(1, Math.floor(bytes / each));
  const slices: Slice[] = [];
  let from = '';
  for (let last = '', skip = size; ;) {
    const [next] = await store.find(collection, { _id: { $gt: last } }, { sort: { _id: 1 }, skip, limit: 1 });
    if (!next) return { slices: [...slices, new Slice(from)], documents };
    last = next._id;
    const to = sourceOfPart(last);
    const isBoundary = to > from && !(await hasShorter(store, collection, to));
    // What belongs to one source is not divided.
    skip = isBoundary ? size : 0;
    if (!isBoundary) continue;
    slices.push(new Slice(from, to));
    from = to;
  }
}

/** Whether a source has an id that another one begins with: the parts of the two lie between each other. */
async function hasShorter(store: Pick<DocumentStore, 'getMany'>, collection: string, source: string): Promise<boolean> {
  const beginnings = Array.from({ length: source.length - 1 }, (_, index) => source.slice(0, index + 1));
  return beginnings.length > 0 && (await store.getMany<Document>(collection, beginnings)).length > 0;
}
