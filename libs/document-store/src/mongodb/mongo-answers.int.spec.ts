import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MongoServerError } from 'mongodb';
import { StoreRefused, StoreUnavailable } from '#kernel';
import { aServersHello, MongoDouble } from '../../../../test/support/mongo-double.js';
import type { Command } from '../../../../test/support/mongo-double.js';
import { DocumentRefused } from '../index.js';
import type { DocumentStore } from '../index.js';
import { checkMongo, openMongoDocumentStore } from './index.js';

const document = { _id: 'a', version: 1 };
const write = { document, position: '1' };

/** How servers tell that a unique index refuses a document. */
const wordings: readonly (readonly [string, object])[] = [
  ['DocumentDB', { errmsg: "Duplicate key violation on the requested collection: Index '_id_'" }],
  ['a server of few words', { errmsg: 'duplicate' }],
  [
    'mongod from 4.2 on',
    {
      errmsg: 'E11000 duplicate key error collection: sparbar.things index: _id_ dup key: { _id: "a" }',
      keyPattern: { _id: 1 },
      keyValue: { _id: 'a' },
    },
  ],
];

describe('The documents on a MongoDB (a double that answers as it is told)', () => {
  let double: MongoDouble;
  let store: DocumentStore;
  let asked: string[];

  beforeEach(async () => {
    double = await MongoDouble.start();
    asked = [];
    store = openMongoDocumentStore(double.url);
  });
  afterEach(async () => {
    await store.close();
    await double.stop();
  });

  /** Answers commands by name, each with the next of its answers and the last of them ever after. */
  function answering(answers: Readonly<Record<string, readonly ((command: Command) => object)[]>>): void {
    const left = Object.fromEntries(Object.entries(answers).map(([name, each]) => [name, [...each]]));
    double.answers = (name, command) => {
      asked.push(name);
      const next = left[name] && (left[name].length > 1 ? left[name].shift() : left[name][0]);
      return next?.(command);
    };
  }

  const duplicate = (words: object) => () => ({
    n: 0,
    nModified: 0,
    writeErrors: [{ index: 0, code: 11_000, ...words }],
  });
  const none = () => ({ n: 0, nModified: 0 });
  const one = () => ({ n: 1, nModified: 1 });
  const failed = (code: number) => () => ({ ok: 0, code, errmsg: 'of user:secret@host' });
  const found =
    (...documents: readonly object[]) =>
    () => ({ cursor: { id: 0n, ns: 'sparbar.things', firstBatch: documents } });
  const failureOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  describe.each(wordings)('know a document that is there already, as %s says it,', (_, words) => {
    it('by comparing and setting', async () => {
      answering({ insert: [duplicate(words)], find: [found({ _id: 'a' })] });
      expect(await store.compareAndSet('things', document, undefined)).toBe(false);
    });

    it('by a guarded write that is older, newer, and one that somebody was before', async () => {
      answering({ update: [duplicate(words), none], find: [found({ _id: 'a' })] });
      expect(await store.replaceMany('things', [write])).toBe(0);
      answering({ update: [duplicate(words), one] });
      expect(await store.replaceMany('things', [write])).toBe(1);
    });

    it('and write it where it has been removed since', async () => {
      const upserted = () => ({ n: 1, nModified: 0, upserted: [{ index: 0, _id: 'a' }] });
      answering({ update: [duplicate(words), none, upserted], find: [found()] });
      expect(await store.replaceMany('things', [write])).toBe(1);
    });
  });

  it('refuse by its name a document that another unique index than that of ids refuses', async () => {
    const words = { errmsg: 'duplicate', keyPattern: { plan: 1 }, keyValue: { plan: 'p' } };
    answering({ insert: [duplicate(words)], update: [duplicate(words)], find: [found()] });
    for (const refused of [
      await failureOf(store.compareAndSet('things', document, undefined)),
      await failureOf(store.compareAndSet('things', document, 1)),
      await failureOf(store.replaceMany('things', [write])),
    ]) {
      expect(refused).toBeInstanceOf(DocumentRefused);
      expect((refused as Error).message).toMatch(/document a of things is refused by a unique index/);
    }
  });

  describe('refuse by its name a document that the server never keeps', () => {
    const other = { document: { _id: 'b', version: 1 }, position: '1' };

    it.each([15, 52, 56, 57, 121, 171, 10_334, 17_280])('(code %i)', async (code) => {
      const second = () => ({ n: 1, nModified: 1, writeErrors: [{ index: 1, code, errmsg: 'of user:secret@host' }] });
      answering({ update: [second] });
      const refused = await failureOf(store.replaceMany('things', [write, other]));
      expect(refused).toMatchObject({ name: 'DocumentRefused', collection: 'things', documentId: 'b' });
      expect((refused as Error).message).toBe(`The document b of things is never kept by the server (code ${code})`);
      const alone = () => ({ n: 0, nModified: 0, writeErrors: [{ index: 0, code, errmsg: 'no' }] });
      answering({ update: [alone], insert: [alone] });
      for (const expected of [undefined, 1]) {
        const failure = await failureOf(store.compareAndSet('things', document, expected));
        expect(failure).toMatchObject({ name: 'DocumentRefused', documentId: 'a' });
      }
    });

    it('also behind one that was there already', async () => {
      const errors = [
        { index: 0, code: 11_000, errmsg: 'duplicate', keyPattern: { _id: 1 }, keyValue: { _id: 'a' } },
        { index: 1, code: 121, errmsg: 'no' },
      ];
      answering({ update: [() => ({ n: 0, nModified: 0, writeErrors: errors })] });
      expect(await failureOf(store.replaceMany('things', [write, other]))).toMatchObject({ documentId: 'b' });
    });
  });

  describe('ask again where others are in the way', () => {
    it.each([26, 27, 48, 85, 86, 112, 117, 276, 12_586, 12_587])('who make indexes too (code %i)', async (code) => {
      answering({ createIndexes: [failed(code), failed(code), () => ({})] });
      await store.ensureIndexes('things', [{ fields: ['plan'] }]);
      expect(asked.filter((name) => name === 'createIndexes')).toHaveLength(3);
    });

    it.each([48, 112, 117])('who write too (code %i)', async (code) => {
      answering({ update: [failed(code), one], insert: [failed(code), one] });
      expect(await store.replaceMany('things', [write])).toBe(1);
      expect(await store.compareAndSet('things', document, undefined)).toBe(true);
      answering({ update: [() => ({ n: 0, nModified: 0, writeErrors: [{ index: 0, code, errmsg: 'no' }] }), one] });
      expect(await store.replaceMany('things', [write])).toBe(1);
    });

    it('and are busy where that does not end', async () => {
      answering({ createIndexes: [failed(112)] });
      const failure = await failureOf(store.ensureIndexes('things', [{ fields: ['plan'] }]));
      expect(failure).toBeInstanceOf(StoreUnavailable);
      expect(failure).toMatchObject({ reason: 'busy' });
    });

    it('and tell an index that cannot be made as what it is', async () => {
      answering({ createIndexes: [failed(85)] });
      const failure = await failureOf(store.ensureIndexes('things', [{ fields: ['plan'] }]));
      expect(failure).toBeInstanceOf(MongoServerError);
      expect(failure).toMatchObject({ code: 85 });
    });
  });

  describe('say why no server is asked:', () => {
    const ofSet = (more: object) => {
      double.answers = (name) => (/^(hello|ismaster)$/i.test(name) ? { ...aServersHello, ...more } : undefined);
    };

    async function whyNot(options: string, url = double.url): Promise<StoreUnavailable> {
      const other = openMongoDocumentStore(`${url}/${options}`, { patienceMilliseconds: 2_400 });
      const failure = await failureOf(other.collections());
      await other.close();
      expect(failure).toBeInstanceOf(StoreUnavailable);
      expect((failure as Error).message).not.toContain('secret');
      return failure as StoreUnavailable;
    }

    it('it is of another set', async () => {
      ofSet({ setName: 'rs0', hosts: [double.address], me: double.address });
      const { message, reason } = await whyNot('?replicaSet=rs1');
      expect(reason).toBe('other-replica-set');
      expect(message).toContain(
        `${double.address} belongs to the replica set "rs0", and the URL asks for the replica set "rs1"`,
      );
    });

    it('it is of no set', async () => {
      const { message, reason } = await whyNot('?replicaSet=rs1');
      expect(reason).toBe('other-replica-set');
      expect(message).toContain(`${double.address} belongs to no replica set`);
    });

    it('it stands before a cluster', async () => {
      ofSet({ msg: 'isdbgrid' });
      expect((await whyNot('?replicaSet=rs1')).message).toContain(
        'is a mongos or a gateway, which names no replica set',
      );
    });

    it('its set has not been initiated', async () => {
      ofSet({ isreplicaset: true, ismaster: false, isWritablePrimary: false });
      expect((await whyNot('?replicaSet=rs1')).message).toContain('waits for its replica set to be initiated');
    });

    it('its set has no primary', async () => {
      ofSet({
        setName: 'rs0',
        hosts: [double.address],
        me: double.address,
        ismaster: false,
        isWritablePrimary: false,
        secondary: true,
      });
      const { message, reason } = await whyNot('?replicaSet=rs0');
      expect(reason).toBe('no-leader');
      expect(message).toContain(`members are known to each other as ${double.address}, and is not its primary`);
    });

    it('its set knows its members by names that nobody else knows', async () => {
      ofSet({ setName: 'rs0', hosts: ['mongo.invalid:27017'], me: 'mongo.invalid:27017' });
      const { message } = await whyNot('?replicaSet=rs0');
      expect(message).toContain('mongo.invalid:27017');
      expect(message).toContain('cannot be resolved');
    });

    it('nothing listens', async () => {
      const gone = await MongoDouble.start();
      await gone.stop();
      const { message, reason } = await whyNot('', gone.url);
      expect([reason, message]).toEqual([
        'connection-refused',
        expect.stringContaining(`nothing listens at ${gone.address}`),
      ]);
    });

    it('it took too long', async () => {
      double.answers = () => 'silence';
      expect(await whyNot('')).toMatchObject({ reason: 'timed-out' });
    });

    it('its name cannot be resolved', async () => {
      expect(await whyNot('', 'mongodb://user:secret@mongo.invalid')).toMatchObject({ reason: 'name-not-found' });
    });

    it('it does not speak TLS', async () => {
      expect((await whyNot('?tls=true')).message).toContain(double.address);
    });
  });

  describe('tell who is refused:', () => {
    const url = () => `mongodb://clerk:secret@${double.address}/sparbar`;

    async function refusalOf(work: (store: DocumentStore) => Promise<unknown>, at = url()): Promise<StoreRefused> {
      const other = openMongoDocumentStore(at);
      const failure = await failureOf(work(other));
      await other.close();
      expect(failure).toBeInstanceOf(StoreRefused);
      expect((failure as Error).message).not.toContain('secret');
      return failure as StoreRefused;
    }

    it('a user whose password is wrong, each time', async () => {
      answering({ saslStart: [failed(18)] });
      const other = openMongoDocumentStore(url());
      for (let time = 0; time < 3; time++) {
        const failure = await failureOf(other.get('things', 'a'));
        expect(failure).toBeInstanceOf(StoreRefused);
        expect(failure).toMatchObject({ refusal: { right: 'sign-in', user: 'clerk' } });
      }
      await other.close();
    });

    it('a user who may not read, write or make indexes, on what', async () => {
      const signedIn = { done: true, conversationId: 1, payload: Buffer.from('') };
      answering({
        saslStart: [() => signedIn],
        find: [failed(13)],
        update: [failed(13)],
        listIndexes: [failed(13)],
        listCollections: [failed(13)],
      });
      const asClerk = `${url()}?authMechanism=PLAIN`;
      const on = { user: 'clerk', on: 'things' };
      const asked = async (work: (store: DocumentStore) => Promise<unknown>) =>
        (await refusalOf(work, asClerk)).refusal;
      expect(await asked((store) => store.get('things', 'a'))).toEqual({ ...on, right: 'read' });
      expect(await asked((store) => store.replaceMany('things', [write]))).toEqual({ ...on, right: 'write' });
      const indexes = [{ fields: ['plan'] }];
      expect(await asked((store) => store.ensureIndexes('things', indexes))).toEqual({ ...on, right: 'administer' });
      expect(await asked((store) => store.collections())).toEqual({ user: 'clerk', on: 'sparbar', right: 'read' });
    });

    it('somebody who has not signed in', async () => {
      answering({ find: [failed(13)] });
      const { message, refusal } = await refusalOf((store) => store.get('things', 'a'), double.url);
      expect(refusal).toEqual({ right: 'sign-in', user: undefined });
      expect(message).toContain('asks for a user and a password');
    });
  });

  describe('tell at start what was found:', () => {
    const saying = (more: object) => {
      double.answers = (name) => {
        if (name === 'hello') return { ok: 0, code: 59, errmsg: 'no such command' };
        if (name === 'buildInfo') return { version: '8.0.4' };
        return /^ismaster$/i.test(name) ? { ...aServersHello, ...more } : undefined;
      };
    };

    it('a member of a set that the URL names', async () => {
      saying({ setName: 'rs0', hosts: [double.address], me: double.address, logicalSessionTimeoutMinutes: 30 });
      expect(await checkMongo(`${double.url}/?replicaSet=rs0`)).toEqual({
        server: 'belongs to the replica set "rs0"',
        version: '8.0.4',
        set: 'rs0',
        writeConcern: 'majority, journaled',
        transactions: true,
        faults: [],
      });
    });

    it.each<[string, object, string, RegExp]>([
      ['a server of no set', {}, '', /belongs to no replica set: what it acknowledges is on one machine/],
      ['a set that the URL does not name', { setName: 'rs0' }, '', /with replicaSet=rs0/],
      ['one member alone', { setName: 'rs0' }, '?directConnection=true', /directConnection=true/],
    ])('%s, with what should be mended', async (_, more, options, fault) => {
      saying('setName' in more ? { ...more, hosts: [double.address], me: double.address } : more);
      const { faults } = await checkMongo(`${double.url}/${options}`);
      expect(faults).toEqual([expect.stringMatching(fault)]);
    });

    it('a gateway', async () => {
      saying({ msg: 'isdbgrid' });
      expect(await checkMongo(double.url)).toMatchObject({ server: expect.stringContaining('gateway'), faults: [] });
    });

    it('nothing, and why', async () => {
      await expect(checkMongo(`${double.url}/?replicaSet=rs1`)).rejects.toThrow(/asks for the replica set "rs1"/);
    });
  });
});
