import { Query } from 'mingo';
import { withRegex } from '#document-store';
import type { Document, Filter, FindOptions } from '#document-store';
import type { DomainEvent, RecordedEvent } from '#kernel';
import { ReadModels } from '#projecting';
import type { Reaction } from '#projecting';
import type { ItemEvent } from '../item.events.js';
import { itemStatus } from '../read-models/item-status/item-status.projection.js';

/** A double of the store and its read models: the documents of `item-status` in memory, found as MongoDB finds them. */
export class DocumentsInMemory extends ReadModels {
  readonly ofAnotherLog = false;
  readonly #documents = new Map<string, Document>();
  /** How many documents were given, and how many bytes they have. */
  read = { documents: 0, bytes: 0 };

  /** Folds an event as the engine does. @returns the documents that it wrote */
  take(event: RecordedEvent<ItemEvent>): Document[] {
    const { derive, evolve, key } = itemStatus.on[event.type] as unknown as Reaction<Document, DomainEvent>;
    const id = key(event) as string;
    const before = this.#documents.get(id);
    const after = evolve(before, event);
    const parts = derive!({ before, after }, event as never).map((part) =>
      'document' in part ? part.document : part.evolve(this.#documents.get(part.id)),
    );
    const written = [...parts, after].map((document) => JSON.parse(JSON.stringify(document)) as Document);
    for (const document of written) this.#documents.set(document._id, document);
    return written;
  }

  async get<D extends Document>(_: unknown, id: string): Promise<D | undefined> {
    return this.#given([this.#documents.get(id)])[0] as D | undefined;
  }

  async getMany<D extends Document>(_: unknown, ids: readonly string[]): Promise<D[]> {
    return this.#given(ids.map((id) => this.#documents.get(id))) as D[];
  }

  async find<D extends Document>(
    _: unknown,
    filter: Filter,
    { limit, skip = 0, sort }: FindOptions = {},
  ): Promise<D[]> {
    const found = new Query(withRegex(filter))
      .find<D>([...this.#documents.values()])
      .sort({ ...sort, _id: 1 })
      .skip(skip);
    return this.#given(limit === undefined ? found.all() : found.limit(limit).all()) as D[];
  }

  async count(_: unknown, filter: Filter): Promise<number> {
    return new Query(withRegex(filter)).find([...this.#documents.values()]).all().length;
  }

  waitFor = async (): Promise<void> => undefined;

  #given(found: readonly (Document | undefined)[]): Document[] {
    const given = found.filter((document) => document !== undefined);
    this.read.documents += given.length;
    this.read.bytes += bytesOf(given);
    return given;
  }
}

export const bytesOf = (documents: readonly Document[]): number => Buffer.byteLength(JSON.stringify(documents));
