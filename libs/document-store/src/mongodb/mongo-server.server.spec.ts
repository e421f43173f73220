import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Collection, MongoBulkWriteError } from 'mongodb';
import { DocumentRefused } from '../index.js';
import type { Document, DocumentStore } from '../index.js';
import { openMongoDocumentStore } from './index.js';
import { MongoUnderTest, serverName, withClient } from './testing/mongo-under-test.js';

const at = (number: number): string => String(number).padStart(20, '0');

describe(`What the document store keeps on ${serverName}`, () => {
  let server: MongoUnderTest;
  let url: string;
  let store: DocumentStore;

  beforeAll(async () => {
    server = await MongoUnderTest.start();
  }, 120_000);
  afterAll(() => server.stop());
  beforeEach(() => {
    url = server.newDatabase();
    store = openMongoDocumentStore(url);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await store.close();
    await server.dropDatabase(url);
  });

  const indexesOf = (collection: string) =>
    withClient(url, async (client) => {
      const found = await client.db().collection(collection).listIndexes().toArray();
      return found
        .filter(({ name }) => name !== '_id_')
        .map(({ key, name, unique }) => ({ name: name as string, key: key as object, unique: unique === true }))
        .sort((left, right) => (left.name < right.name ? -1 : 1));
    });

  it('is a collection of that name in the database of the URL', async () => {
    await store.replaceMany('things@1.2', [{ document: { _id: 'a', n: 2 ** 40 }, position: at(1) }]);
    await withClient(url, async (client) => {
      const raw = client.db().collection<Document>('things@1.2');
      expect(await raw.find().toArray()).toEqual([{ _id: 'a', n: 2 ** 40, _position: at(1) }]);
      // Beyond 32 bits numbers are doubles there, as they are in JSON.
      expect(await raw.countDocuments({ n: { $type: 'double' } })).toBe(1);
    });
  });

  it('has the indexes that were asked for', async () => {
    await store.ensureIndexes('things', [{ fields: ['plan', 'sortKey'] }, { fields: ['at.day'] }]);
    expect(await indexesOf('things')).toEqual([
      { name: 'at.day_1', key: { 'at.day': 1 }, unique: false },
      { name: 'plan_1_sortKey_1', key: { plan: 1, sortKey: 1 }, unique: false },
    ]);
  });

  it('replaces an index of that name that is another, also where several come at once', async () => {
    await withClient(url, (client) => client.db().collection('things').createIndex({ plan: -1 }, { name: 'plan_1' }));
    const others = [openMongoDocumentStore(url), openMongoDocumentStore(url)];
    await Promise.all([store, ...others].map((each) => each.ensureIndexes('things', [{ fields: ['plan'] }])));
    for (const other of others) await other.close();
    expect(await indexesOf('things')).toEqual([{ name: 'plan_1', key: { plan: 1 }, unique: false }]);
  });

  it('replaces an index on the same fields that would refuse documents', async () => {
    await withClient(url, (client) =>
      client.db().collection('things').createIndex({ plan: 1 }, { name: 'one-of-each', unique: true }),
    );
    await store.ensureIndexes('things', [{ fields: ['plan'] }]);
    expect(await indexesOf('things')).toEqual([{ name: 'plan_1', key: { plan: 1 }, unique: false }]);
    const both = ['a', 'b'].map((_id) => ({ document: { _id, plan: 'p' }, position: at(1) }));
    expect(await store.replaceMany('things', both)).toBe(2);
  });

  it('leaves an index be that does the same under another name', async () => {
    await withClient(url, (client) => client.db().collection('things').createIndex({ plan: 1 }, { name: 'theirs' }));
    await store.ensureIndexes('things', [{ fields: ['plan'] }]);
    expect(await indexesOf('things')).toEqual([{ name: 'theirs', key: { plan: 1 }, unique: false }]);
  });

  it('does not take a refusal by another index for one by the guard', async () => {
    await withClient(url, (client) => client.db().collection('things').createIndex({ plan: 1 }, { unique: true }));
    await store.replaceMany('things', [{ document: { _id: 'a', plan: 'p' }, position: at(1) }]);
    const same = { _id: 'b', plan: 'p', version: 1 };
    await expect(store.replaceMany('things', [{ document: same, position: at(1) }])).rejects.toThrow();
    await expect(store.compareAndSet('things', same, undefined)).rejects.toThrow();
  });

  it('refuses a document that is too large by its name, and says so at once', async () => {
    const large = { _id: 'large', version: 1, text: 'x'.repeat(17 * 1024 * 1024) };
    const writes = [{ _id: 'a' }, large].map((document) => ({ document, position: at(1) }));
    const from = performance.now();
    await expect(store.replaceMany('things', writes)).rejects.toThrow(DocumentRefused);
    await expect(store.compareAndSet('things', large, undefined)).rejects.toThrow(
      /large of things is larger than 16 MB/,
    );
    await expect(store.compareAndSet('things', large, 1)).rejects.toThrow(DocumentRefused);
    expect(performance.now() - from).toBeLessThan(3_000);
    expect(await store.count('things', {})).toBe(0);
  });

  it('keeps a document that is just not too large', async () => {
    const text = 'x'.repeat(15 * 1024 * 1024);
    expect(await store.replaceMany('things', [{ document: { _id: 'a', text }, position: at(1) }])).toBe(1);
    expect((await store.get<Document & { text: string }>('things', 'a'))!.text).toHaveLength(text.length);
  });

  it('writes a newer document over one that somebody made just before', async () => {
    // The server may look, find nothing, and be overtaken before it inserts; a double of the driver has it happen.
    // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called on the collection that the double is given
    const { bulkWrite } = Collection.prototype;
    jest.spyOn(Collection.prototype, 'bulkWrite').mockImplementationOnce(async function (this: Collection, ...given) {
      await this.insertOne({ _id: 'a' as never, n: 1, _position: at(1) });
      await this.insertOne({ _id: 'b' as never, n: 9, _position: at(9) });
      const taken = await bulkWrite
        .call(
          this,
          ['a', 'b'].map((_id) => ({ insertOne: { document: { _id: _id as never } } })),
          { ordered: false },
        )
        .catch((error: unknown) => error);
      expect(taken).toBeInstanceOf(MongoBulkWriteError);
      expect(given[0]).toHaveLength(2);
      throw taken;
    });
    const writes = ['a', 'b'].map((_id) => ({ document: { _id, n: 5 }, position: at(5) }));
    expect(await store.replaceMany('things', writes)).toBe(1);
    expect(await store.find('things', {})).toMatchObject([{ n: 5 }, { n: 9 }]);
  });
});
