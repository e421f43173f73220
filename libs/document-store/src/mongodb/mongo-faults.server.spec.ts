import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '#kernel';
import type { StoreProcess } from '../../../../test/support/started-server.js';
import { mongoDbName, startMongoDb } from '../../../../test/support/store-processes.js';
import type { Document, DocumentStore } from '../index.js';
import { openMongoDocumentStore } from './index.js';

const at = (number: number): string => String(number).padStart(20, '0');

/** What a call may take longer than the patience of the store, on a machine with other things to do. */
const slack = 1_000;

/** These end and freeze the server, so that they run on one of their own also where `MONGODB_URL` names another. */
describe(`The documents on ${mongoDbName}`, () => {
  let folder: string;
  let server: StoreProcess;
  let store: DocumentStore;

  const start = (port = 0) => startMongoDb(join(folder, 'documents'), port);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-mongo-'));
    server = await start();
    store = openMongoDocumentStore(server.url);
  }, 120_000);
  afterEach(async () => {
    await store.close();
    await server.kill();
    await rm(folder, { recursive: true });
  });

  /** How long a call took to say that the store is unavailable. */
  async function unavailableAfter(call: () => Promise<unknown>): Promise<number> {
    const from = performance.now();
    await expect(call()).rejects.toThrow(StoreUnavailable);
    return performance.now() - from;
  }

  /** Repeats a call until it is answered. */
  async function answered<Answer>(call: () => Promise<Answer>, milliseconds = 15_000): Promise<Answer> {
    for (const deadline = performance.now() + milliseconds; ;) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || performance.now() > deadline) throw error;
      }
    }
  }

  /** Resolves when a hundred writes more have been acknowledged. */
  async function hundredMore(acknowledged: ReadonlyMap<string, number>): Promise<void> {
    const newest = () => Math.max(0, ...acknowledged.values());
    const enough = newest() + 100;
    for (const deadline = performance.now() + 15_000; newest() < enough;) {
      if (performance.now() > deadline) throw new Error('The server took too few writes');
      await store.get('things', 'none').catch(() => undefined);
    }
  }

  it('keep all that was acknowledged where the server is killed under load, and go on when it is back', async () => {
    const acknowledged = new Map<string, number>();
    const refusals: number[] = [];
    let next = 1;
    let ending = false;
    const writer = async (name: string) => {
      while (!ending) {
        const position = next++;
        const id = `${name}${position % 20}`;
        const from = performance.now();
        try {
          await store.replaceMany('things', [{ document: { _id: id, n: position }, position: at(position) }]);
          acknowledged.set(id, position);
        } catch (error) {
          if (!(error instanceof StoreUnavailable)) throw error;
          refusals.push(performance.now() - from);
        }
      }
    };
    let version = 0;
    const checkpoints = async () => {
      while (!ending) {
        try {
          const seen = await store.get<Document & { version: number }>('checkpoints', 'a');
          if ((seen?.version ?? 0) < version) throw new Error(`Version ${version} was lost`);
          const moved = { _id: 'a', version: (seen?.version ?? 0) + 1 };
          if (await store.compareAndSet('checkpoints', moved, seen?.version)) version = moved.version;
        } catch (error) {
          if (!(error instanceof StoreUnavailable)) throw error;
        }
      }
    };
    const load = Promise.all([writer('a'), writer('b'), writer('c'), checkpoints()]);
    try {
      for (let kills = 0; kills < 3; kills++) {
        await hundredMore(acknowledged);
        await server.kill();
        expect(await unavailableAfter(() => store.get('things', 'a1'))).toBeLessThan(3_000 + slack);
        server = await start(server.port);
        expect(await answered(() => store.count('checkpoints', {}))).toBe(1);
      }
    } finally {
      ending = true;
      await load;
    }
    expect(refusals.length).toBeGreaterThan(0);
    expect(Math.max(...refusals)).toBeLessThan(3_000 + slack);
    for (const [id, position] of acknowledged) {
      expect((await store.get<Document & { n: number }>('things', id))!.n).toBeGreaterThanOrEqual(position);
    }
    expect((await store.get<Document & { version: number }>('checkpoints', 'a'))!.version).toBeGreaterThanOrEqual(
      version,
    );
  }, 90_000);

  it('are unavailable in bounded time while the server is frozen, whatever was under way', async () => {
    await store.replaceMany('things', [{ document: { _id: 'a', n: 1 }, position: at(1) }]);
    await server.freeze();
    const calls = [
      () => store.get('things', 'a'),
      () => store.find('things', {}),
      () => store.replaceMany('things', [{ document: { _id: 'a', n: 2 }, position: at(2) }]),
      () => store.compareAndSet('points', { _id: 'a', version: 1 }, undefined),
    ];
    const took = await Promise.all(calls.map(unavailableAfter));
    expect(Math.max(...took)).toBeLessThan(3_000 + slack);
    expect(await unavailableAfter(calls[0]!)).toBeLessThan(3_000 + slack);
    server.thaw();
    expect(await answered(() => store.get('things', 'a'))).toMatchObject({ _id: 'a' });
  }, 30_000);

  it('give up sooner where they are told to', async () => {
    await store.close();
    store = openMongoDocumentStore(server.url, { patienceMilliseconds: 1_500 });
    await store.collections();
    await server.freeze();
    expect(await unavailableAfter(() => store.collections())).toBeLessThan(1_500 + slack);
  });

  it('open where there is no server yet, and are there when it comes', async () => {
    await server.kill();
    await store.close();
    const early = (store = openMongoDocumentStore(server.url));
    expect(await unavailableAfter(() => early.get('things', 'a'))).toBeLessThan(3_000 + slack);
    expect(await unavailableAfter(() => early.ensureIndexes('things', [{ fields: ['plan'] }]))).toBeLessThan(
      3_000 + slack,
    );
    server = await start(server.port);
    expect(await answered(() => early.get('things', 'a'))).toBeUndefined();
  }, 60_000);

  it('end what is under way where they are closed', async () => {
    await store.collections();
    await server.freeze();
    const waiting = unavailableAfter(() => store.get('things', 'a'));
    await store.close();
    expect(await waiting).toBeLessThan(3_000 + slack);
  });
});
