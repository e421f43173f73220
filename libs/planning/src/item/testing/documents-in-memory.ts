import { Query } from 'mingo';
import { withRegex } from '#document-store';
import type { Document, Filter, FindOptions } from '#document-store';
import type { RecordedEvent } from '#kernel';
import { ReadModels, ReadModelsBehind } from '#projecting';
import type { Projection, Reaction } from '#projecting';
import type { ItemEvent } from '../item.events.js';
import { itemContributions } from '../read-models/item-contributions/item-contributions.projection.js';
import { itemLinks } from '../read-models/item-links/item-links.projection.js';
import { itemSheets } from '../read-models/item-sheets/item-sheets.projection.js';
import { itemStatus } from '../read-models/item-status/item-status.projection.js';

/** A double of the store and its read models: the documents of items in memory, found as MongoDB finds them. */
export class DocumentsInMemory extends ReadModels {
  readonly ofAnotherLog = false;
  readonly #documents = new Map<string, Map<string, Document>>();
  /** Whether the documents answer of which the code knows how they were made. */
  made = true;
  /** How many documents were given, and how many bytes they have. */
  read = { documents: 0, bytes: 0 };

  /** Folds an event as the engine does. @returns the documents that it wrote */
  take(event: RecordedEvent<ItemEvent>): Document[] {
    return projections.flatMap((projection) => {
      const reaction = projection.on[event.type] as Reaction<Document, ItemEvent> | undefined;
      if (!reaction) return [];
      const { derive, evolve, key } = reaction;
      const known = this.#of(projection);
      return sourcesOf(key, event).flatMap((id) => {
        const before = known.get(id);
        const after = evolve(before, event);
        const parts = (derive?.({ before, after }, event) ?? []).map((part) =>
          'document' in part ? part.document : part.evolve(known.get(part.id)),
        );
        const written = [...parts, after].map((document) => JSON.parse(JSON.stringify(document)) as Document);
        for (const document of written) known.set(document._id, document);
        return written;
      });
    });
  }

  #of({ name }: Pick<Projection, 'name'>): Map<string, Document> {
    return this.#documents.get(name) ?? this.#documents.set(name, new Map()).get(name)!;
  }

  async get<D extends Document>(projection: Pick<Projection, 'name'>, id: string): Promise<D | undefined> {
    return this.#given([this.#of(projection).get(id)])[0] as D | undefined;
  }

  async getMany<D extends Document>(projection: Pick<Projection, 'name'>, ids: readonly string[]): Promise<D[]> {
    return this.#given(ids.map((id) => this.#of(projection).get(id))) as D[];
  }

  async find<D extends Document>(
    projection: Pick<Projection, 'name'>,
    filter: Filter,
    { limit, skip = 0, sort }: FindOptions = {},
  ): Promise<D[]> {
    const found = new Query(withRegex(filter))
      .find<D>([...this.#of(projection).values()])
      .sort({ ...sort, _id: 1 })
      .skip(skip);
    return this.#given(limit === undefined ? found.all() : found.limit(limit).all()) as D[];
  }

  async count(projection: Pick<Projection, 'name'>, filter: Filter): Promise<number> {
    return new Query(withRegex(filter)).find([...this.#of(projection).values()]).all().length;
  }

  areMade = async (): Promise<boolean> => this.made;

  waitForDocuments = async ({ name }: Pick<Projection, 'name'>): Promise<void> => {
    if (!this.made) throw new ReadModelsBehind('', [name]);
  };

  waitFor = async (): Promise<void> => undefined;

  #given(found: readonly (Document | undefined)[]): Document[] {
    const given = found.filter((document) => document !== undefined);
    this.read.documents += given.length;
    this.read.bytes += bytesOf(given);
    return given;
  }
}

const projections = [itemStatus, itemContributions, itemSheets, itemLinks] as unknown as readonly Projection[];

function sourcesOf(key: Reaction<Document, ItemEvent>['key'], event: RecordedEvent<ItemEvent>): readonly string[] {
  const keys = key(event);
  return typeof keys === 'string' ? [keys] : keys;
}

export const bytesOf = (documents: readonly Document[]): number => Buffer.byteLength(JSON.stringify(documents));
