import type { Document, DocumentStore, GuardedWrite, Stored } from '#document-store';
import type { EventStore } from '#event-store';
import { anEvent } from '#event-store/testing';
import type { StoredEvent } from '#kernel';

/** A double of a log that is there already. */
export function logOf(notes: readonly { readonly stream: string; readonly number: number }[]): EventStore {
  const revisions = new Map<string, number>();
  const events = notes.map(({ number, stream }, index): StoredEvent => {
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    return { ...anEvent(number, 't'), stream, revision, position: String(index + 1).padStart(20, '0') };
  });
  const log: Pick<EventStore, 'head' | 'readAll'> = {
    readAll: async ({ after = '', limit }) => events.filter(({ position }) => position > after).slice(0, limit),
    head: async () => events.at(-1)?.position ?? '',
  };
  return log as EventStore;
}

/** Collections of a store that several see. */
export type Collections = Map<string, Map<string, Stored<Document>>>;

/** What a projection runs on. */
type StoreOfRun = Pick<DocumentStore, 'get' | 'getMany' | 'replaceMany' | 'compareAndSet'>;

/** A double of a store without transactions: whatever may come between two writes of documents does. */
export class StoreDouble implements StoreOfRun {
  /** @param step is waited for before each read and before each document that is written; it may throw */
  constructor(
    private readonly step: () => Promise<void> = async () => {},
    private readonly collections: Collections = new Map(),
  ) {}

  /** As those see it who know nothing of the double. */
  get store(): DocumentStore {
    return this as StoreOfRun as DocumentStore;
  }

  of(collection: string): Map<string, Stored<Document>> {
    const known = this.collections.get(collection) ?? new Map<string, Stored<Document>>();
    this.collections.set(collection, known);
    return known;
  }

  async get<D extends Document>(collection: string, id: string): Promise<Stored<D> | undefined> {
    await this.step();
    return this.of(collection).get(id) as Stored<D> | undefined;
  }

  async getMany<D extends Document>(collection: string, ids: readonly string[]): Promise<Stored<D>[]> {
    await this.step();
    return ids.flatMap((id) => (this.of(collection).get(id) as Stored<D> | undefined) ?? []);
  }

  async replaceMany(collection: string, writes: readonly GuardedWrite[]): Promise<number> {
    let written = 0;
    for (const { document, position } of writes) {
      await this.step();
      if ((this.of(collection).get(document._id)?._position ?? '') >= position) continue;
      this.of(collection).set(document._id, { ...document, _position: position });
      written++;
    }
    return written;
  }

  async compareAndSet(
    collection: string,
    document: Document & { readonly version: number },
    expected: number | undefined,
  ): Promise<boolean> {
    await this.step();
    if (this.of(collection).get(document._id)?.['version'] !== expected) return false;
    this.of(collection).set(document._id, { ...document, _position: '' });
    return true;
  }
}
