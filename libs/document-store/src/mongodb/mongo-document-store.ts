import type { Collection, Db, MongoClient } from 'mongodb';
import { StoreUnavailable } from '#kernel';
import type { Attempt } from '#kernel';
import { checkedName } from '../collection-name.js';
import type {
  Document,
  DocumentStore,
  Filter,
  FindOptions,
  GuardedWrite,
  IndexDefinition,
  Stored,
} from '../document-store.port.js';
import { withRegex } from '../including.js';
import { checkPlainJson } from '../plain-json.js';
import type { Kept } from './kept.js';
import { clientFor } from './mongo-client.js';
import { HeardServers } from './heard-servers.js';
import { failureOf } from './mongo-failures.js';
import { inserts, replaceAll, replacesVersion } from './guarded-writes.js';
import { ensureIndex } from './mongo-indexes.js';
import { databaseOf } from './mongo-url.js';
import { retrying } from './retrying.js';
import { indexesMovedCodes, isNoCollection, repeatableCodes } from './server-codes.js';

export interface MongoDocumentStoreOptions {
  /** For how long a server that is gone or frozen may keep a caller waiting. At least 1500. */
  readonly patienceMilliseconds?: number;
}

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
  readonly #servers: HeardServers;
  readonly #user: string | undefined;
  #closed = false;

  constructor(
    private readonly client: MongoClient,
    private readonly database: string,
  ) {
    this.#servers = new HeardServers(client);
    this.#user = client.options.credentials?.username;
  }

  get<D extends Document>(collection: string, id: string): Promise<Stored<D> | undefined> {
    return this.#ask('read', collection, async (documents) => {
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
    return this.#ask('read', collection, async (documents) => {
      const cursor = documents
        .find(withRegex(filter))
        .sort('_id' in sort ? sort : { ...sort, _id: 1 })
        .skip(skip)
        .limit(limit ?? 0);
      return (await cursor.toArray()) as unknown as Stored<D>[];
    });
  }

  count(collection: string, filter: Filter): Promise<number> {
    return this.#ask('read', collection, (documents) => documents.countDocuments(withRegex(filter)));
  }

  async replaceMany(collection: string, writes: readonly GuardedWrite[]): Promise<number> {
    for (const { document } of writes) checkPlainJson(collection, document);
    return this.#ask('write', collection, (documents) => replaceAll(documents, writes));
  }

  async compareAndSet(
    collection: string,
    document: Document & { readonly version: number },
    expected: number | undefined,
  ): Promise<boolean> {
    checkPlainJson(collection, document);
    return this.#ask('write', collection, async (documents) => {
      const kept = { ...document, _position: '' };
      return expected === undefined ? inserts(documents, kept) : replacesVersion(documents, kept, expected);
    });
  }

  async ensureIndexes(collection: string, indexes: readonly IndexDefinition[]): Promise<void> {
    const makeAll = async (documents: Collection<Kept>) => {
      for (const index of indexes) await ensureIndex(documents, index);
    };
    await this.#ask('administer', collection, makeAll, indexesMovedCodes);
  }

  async drop(collection: string): Promise<void> {
    await this.#ask('administer', collection, async (documents) => {
      try {
        await documents.drop();
      } catch (error) {
        if (!isNoCollection(error)) throw error;
      }
    });
  }

  async collections(): Promise<string[]> {
    return this.#answering('read', this.database, async (database) => {
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

  async #ask<Answer>(
    right: Attempt['right'],
    collection: string,
    work: (documents: Collection<Kept>) => Promise<Answer>,
    passingCodes = repeatableCodes,
  ): Promise<Answer> {
    const name = checkedName(collection);
    return this.#answering(right, name, (database) =>
      retrying(passingCodes, () => work(database.collection<Kept>(name))),
    );
  }

  async #answering<Answer>(
    right: Attempt['right'],
    on: string,
    work: (database: Db) => Promise<Answer>,
  ): Promise<Answer> {
    if (this.#closed) throw new StoreUnavailable('document store', new Error('It has been closed'), 'closed');
    try {
      // Has something to do until it has succeeded once: the driver itself does not try again after a first failure.
      await this.client.connect();
      return await work(this.client.db(this.database));
    } catch (error) {
      throw failureOf(error, { right, on, user: this.#user }, this.#servers);
    }
  }
}
