import { BSON, MongoBulkWriteError, MongoServerError } from 'mongodb';
import type { Collection, Db, MongoClient } from 'mongodb';
import { StoreUnavailable } from '#kernel';
import { checkedName } from '../collection-name.js';
import { DocumentRefused } from '../document-refused.js';
import type {
  Document,
  DocumentStore,
  Filter,
  FindOptions,
  GuardedWrite,
  IndexDefinition,
  Stored,
} from '../document-store.port.js';
import { checkPlainJson } from '../plain-json.js';
import type { Kept } from './kept.js';
import { clientFor } from './mongo-client.js';
import { asPortError, isIdTaken, isNoCollection } from './mongo-errors.js';
import { ensureIndex } from './mongo-indexes.js';
import { databaseOf } from './mongo-url.js';

export interface MongoDocumentStoreOptions {
  /** For how long a server that is gone or frozen may keep a caller waiting. At least 1500. */
  readonly patienceMilliseconds?: number;
}

const largestDocument = 16 * 1024 * 1024;

/**
 * Opens the documents of the database that the URL's path names, or of `sparbar`. The server is first asked at the
 * first call, and again at each call for as long as it has not answered.
 * @throws MongoParseError where the URL cannot be understood
 */
export function openMongoDocumentStore(url: string, options: MongoDocumentStoreOptions = {}): DocumentStore {
  const { patienceMilliseconds = 3_000 } = options;
  return new MongoDocumentStore(clientFor(url, patienceMilliseconds), databaseOf(url));
}

/**
 * A MongoDB collection for each collection, each document with the position of its last guarded write in `_position`.
 * Needs no replica set, and no transactions.
 */
class MongoDocumentStore implements DocumentStore {
  #closed = false;

  constructor(
    private readonly client: MongoClient,
    private readonly database: string,
  ) {}

  get<D extends Document>(collection: string, id: string): Promise<Stored<D> | undefined> {
    return this.#ask(collection, async (documents) => {
      return ((await documents.findOne({ _id: id })) as Stored<D> | null) ?? undefined;
    });
  }

  async getMany<D extends Document>(collection: string, ids: readonly string[]): Promise<Stored<D>[]> {
    return this.find(collection, { _id: { $in: ids } });
  }

  async find<D extends Document>(
    collection: string,
    filter: Filter,
    { limit, skip = 0, sort = {} }: FindOptions = {},
  ): Promise<Stored<D>[]> {
    // MongoDB takes a limit of nothing for no limit.
    if (limit === 0) return [];
    return this.#ask(collection, async (documents) => {
      const cursor = documents
        .find(filter as object)
        .sort('_id' in sort ? sort : { ...sort, _id: 1 })
        .skip(skip)
        .limit(limit ?? 0);
      return (await cursor.toArray()) as unknown as Stored<D>[];
    });
  }

  count(collection: string, filter: Filter): Promise<number> {
    return this.#ask(collection, (documents) => documents.countDocuments(filter as object));
  }

  async replaceMany(collection: string, writes: readonly GuardedWrite[]): Promise<number> {
    for (const { document } of writes) checkPlainJson(collection, document);
    return this.#write(
      collection,
      writes.map(({ document }) => document),
      async (documents) => {
        let written = 0;
        for (const round of roundsOf(writes)) written += await replaceAll(documents, round);
        return written;
      },
    );
  }

  async compareAndSet(
    collection: string,
    document: Document & { readonly version: number },
    expected: number | undefined,
  ): Promise<boolean> {
    checkPlainJson(collection, document);
    return this.#write(collection, [document], async (documents) => {
      const kept = { ...document, _position: '' };
      if (expected === undefined) return inserts(documents, kept);
      const { matchedCount } = await documents.replaceOne({ _id: kept._id, version: expected }, kept);
      return matchedCount === 1;
    });
  }

  async ensureIndexes(collection: string, indexes: readonly IndexDefinition[]): Promise<void> {
    await this.#ask(collection, async (documents) => {
      for (const index of indexes) await ensureIndex(documents, index);
    });
  }

  async drop(collection: string): Promise<void> {
    await this.#ask(collection, async (documents) => {
      try {
        await documents.drop();
      } catch (error) {
        if (!isNoCollection(error)) throw error;
      }
    });
  }

  async collections(): Promise<string[]> {
    return this.#answering(async (database) => {
      const found = await database.listCollections({}, { nameOnly: true }).toArray();
      return found
        .map(({ name }) => name)
        .filter((name) => !name.startsWith('system.'))
        .sort();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.client.close();
  }

  /** Something that is written: where that fails because a document is too large, it is said of which. */
  async #write<Answer>(
    collection: string,
    written: readonly Document[],
    work: (documents: Collection<Kept>) => Promise<Answer>,
  ): Promise<Answer> {
    try {
      return await this.#ask(collection, work);
    } catch (error) {
      const tooLarge = written.find((document) => BSON.calculateObjectSize(document) > largestDocument);
      throw tooLarge ? new DocumentRefused(collection, tooLarge._id, 'is larger than 16 MB') : error;
    }
  }

  async #ask<Answer>(collection: string, work: (documents: Collection<Kept>) => Promise<Answer>): Promise<Answer> {
    const name = checkedName(collection);
    return this.#answering((database) => work(database.collection<Kept>(name)));
  }

  async #answering<Answer>(work: (database: Db) => Promise<Answer>): Promise<Answer> {
    await this.#connect();
    try {
      return await work(this.client.db(this.database));
    } catch (error) {
      throw asPortError(error);
    }
  }

  /** Has something to do until it has succeeded once. The driver itself does not try again after a first failure. */
  async #connect(): Promise<void> {
    if (this.#closed) throw new StoreUnavailable('document store', new Error('It has been closed'));
    try {
      await this.client.connect();
    } catch (error) {
      throw new StoreUnavailable('document store', error);
    }
  }
}

/** Parts of the writes that hold no document twice, so that the server may take each part in any order. */
function roundsOf(writes: readonly GuardedWrite[]): GuardedWrite[][] {
  const rounds: GuardedWrite[][] = [];
  const seen = new Map<string, number>();
  for (const write of writes) {
    const round = seen.get(write.document._id) ?? 0;
    seen.set(write.document._id, round + 1);
    (rounds[round] ??= []).push(write);
  }
  return rounds;
}

async function replaceAll(documents: Collection<Kept>, writes: readonly GuardedWrite[]): Promise<number> {
  const { taken, written } = await replaceOrInsert(documents, writes);
  if (taken.length === 0) return written;
  // The document was there: the guard refused, or somebody made it while we did. The guard alone now says which.
  const { matchedCount } = await documents.bulkWrite(replacements(taken, false), { ordered: false });
  return written + matchedCount;
}

/** @returns how many came through, and those that found another document of their `_id` */
async function replaceOrInsert(
  documents: Collection<Kept>,
  writes: readonly GuardedWrite[],
): Promise<{ written: number; taken: GuardedWrite[] }> {
  try {
    const { matchedCount, upsertedCount } = await documents.bulkWrite(replacements(writes, true), { ordered: false });
    return { written: matchedCount + upsertedCount, taken: [] };
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError) || error.result.getWriteConcernError()) throw error;
    const failed = [error.writeErrors].flat();
    if (failed.length === 0 || !failed.every(({ code, errmsg }) => isIdTaken(code, errmsg))) throw error;
    const { matchedCount, upsertedCount } = error.result;
    return { written: matchedCount + upsertedCount, taken: failed.map(({ index }) => writes[index]!) };
  }
}

function replacements(writes: readonly GuardedWrite[], upsert: boolean) {
  return writes.map(({ document, position }) => ({
    replaceOne: {
      filter: { _id: document._id, _position: { $lt: position } },
      replacement: { ...document, _position: position },
      upsert,
    },
  }));
}

async function inserts(documents: Collection<Kept>, document: Kept): Promise<boolean> {
  try {
    await documents.insertOne(document);
    return true;
  } catch (error) {
    if (error instanceof MongoServerError && isIdTaken(error.code, error.message)) return false;
    throw error;
  }
}
