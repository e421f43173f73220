import { describe, expect, it } from '@jest/globals';
import type { Document, GuardedWrite } from '#document-store';
import type { EventStore } from '#event-store';
import { partitionOf } from '../partitions.js';
import { partId } from '../projection.js';
import type { Projection } from '../projection.js';
import { logOf, StoreDouble } from '../testing/doubles.js';
import { catchUpTo, lanesOf } from '../testing/lanes.js';
import type { Noted } from '../testing/tallies.js';
import { memoryBounds } from './held-documents.js';
import type { MemoryBounds } from './held-documents.js';
import type { Lane } from './lane.js';

const collection = 'heavy@1.1';
const megabyte = 2 ** 20;
const filler = 'x'.repeat(100_000);
const streams = (count: number) => Array.from({ length: count }, (_, index) => `t.a-${index}`);
const once = (ids: readonly string[]) => ids.map((stream, number) => ({ stream, number }));

interface Heavy extends Document {
  readonly count: number;
  readonly filler: string;
}

const heavy = (evolving: () => void = () => {}): Projection<Heavy, Noted> => ({
  name: 'heavy',
  version: 1,
  on: {
    Noted: {
      key: ({ stream }) => stream,
      evolve: (known, { stream }) => {
        evolving();
        return { _id: stream, count: (known?.count ?? 0) + 1, filler };
      },
    },
  },
});

/** A lane that takes up where its checkpoint is, and follows the log in batches of so many events. */
async function caughtUp(
  projection: unknown,
  log: EventStore,
  { store }: StoreDouble,
  batchSize: number,
  bounds: MemoryBounds = memoryBounds,
): Promise<Lane> {
  const given = { projection: projection as Projection, collection, store, log, batchSize, bounds };
  const [lane] = await lanesOf([partitionOf('t')], given);
  await catchUpTo(log, [lane!], batchSize);
  return lane!;
}

describe('A runner that has much to do at once', () => {
  it('holds, reads and writes no more documents at a time than fit into its bounds', async () => {
    const ids = streams(300);
    const store = new StoreDouble();
    await caughtUp(heavy(), logOf(once(ids)), store, 1_000);
    expect(store.of(collection).size).toBe(300);

    // One more event for each document, all in one batch: thirty megabytes.
    const read: number[] = [];
    const written: number[] = [];
    let held = 0;
    let mostHeld = 0;
    const getMany = store.getMany.bind(store);
    const replaceMany = store.replaceMany.bind(store);
    store.getMany = async <D extends Document>(name: string, wanted: readonly string[]) => {
      const found = await getMany<D>(name, wanted);
      if (name === collection) read.push(bytesOf(found));
      held += name === collection ? bytesOf(found) : 0;
      mostHeld = Math.max(mostHeld, held);
      return found;
    };
    store.replaceMany = async (name: string, writes: readonly GuardedWrite[]) => {
      written.push(bytesOf(writes.map(({ document }) => document)));
      held -= written.at(-1)!;
      return replaceMany(name, writes);
    };
    const bounds = { touched: 8 * megabyte, kept: 8 * megabyte, atOnce: megabyte };
    const lane = await caughtUp(heavy(), logOf([...once(ids), ...once(ids)]), store, 1_000, bounds);
    expect([...store.of(collection).values()].every((document) => document['count'] === 2)).toBe(true);
    // A document more than fits is one too many to stop before.
    expect(Math.max(...read)).toBeLessThan(2 * megabyte);
    expect(Math.max(...written)).toBeLessThan(2 * megabyte);
    expect(mostHeld).toBeLessThan(12 * megabyte);
    expect(lane.checkpoints.version).toBeGreaterThanOrEqual(4);
  });

  it('makes room by writing what was made whole, and keeps what other events change', async () => {
    const store = new StoreDouble();
    const writes = new Map<string, number>();
    const replaceMany = store.replaceMany.bind(store);
    store.replaceMany = async (name: string, documents: readonly GuardedWrite[]) => {
      for (const { document } of documents) writes.set(document._id, (writes.get(document._id) ?? 0) + 1);
      return replaceMany(name, documents);
    };
    const parted: Projection<Document, Noted> = {
      name: 'parted',
      version: 1,
      on: {
        Noted: {
          key: ({ stream }) => stream,
          evolve: (head, { stream }) => ({ _id: stream, count: Number(head?.['count'] ?? 0) + 1 }),
          derive: ({ after }) => [{ document: { _id: partId(after, String(after['count'])), filler } }],
        },
      },
    };
    const bounds = { touched: megabyte, kept: megabyte, atOnce: megabyte };
    const log = logOf(Array.from({ length: 100 }, () => once(['t.a-1'])).flat());
    const lane = await caughtUp(parted, log, store, 1_000, bounds);
    // Ten megabytes were written, each part once, and the head with them once.
    expect(writes.size).toBe(101);
    expect(Math.max(...writes.values())).toBe(1);
    expect(lane.checkpoints.version).toBe(1);
  });

  it('lets timers have their turn, which renew its lease', async () => {
    // A double that answers at once, as the embedded store does.
    const store = new StoreDouble();
    const busy = () => {
      for (const end = performance.now() + 1; performance.now() < end;);
    };
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    await caughtUp(heavy(busy), logOf(once(streams(500))), store, 1_000);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(5);
  });

  it('is parked at an event that a part cannot take, and has taken nothing of it', async () => {
    let mended = false;
    const parted: Projection<Document, Noted> = {
      name: 'parted',
      version: 1,
      on: {
        Noted: {
          key: ({ stream }) => stream,
          evolve: (head, { stream }) => ({ _id: stream, count: Number(head?.['count'] ?? 0) + 1 }),
          derive: ({ after }, { data: { number } }) => [
            { document: { _id: partId(after, `entry-${number}`), number } },
            {
              id: partId(after, 'page'),
              evolve: (page) => {
                if (number === 3 && !mended) throw new Error('Cannot take this one');
                return { _id: partId(after, 'page'), numbers: [...((page?.['numbers'] as number[]) ?? []), number] };
              },
            },
          ],
        },
      },
    };
    const store = new StoreDouble();
    const log = logOf([1, 2, 3, 4].map((number) => ({ stream: 't.a-1', number })));
    const lane = await caughtUp(parted, log, store, 10);
    const run = lane.runs[0]!;
    expect(run.parked).toMatchObject({ type: 'Noted', error: expect.stringContaining('Cannot take this one') });
    const stored = () =>
      [...store.of(collection).values()]
        .map(({ _position: _, ...document }) => document)
        .sort((left, right) => (left._id < right._id ? -1 : 1));
    const entry = (number: number) => ({ _id: `t.a-1|entry-${number}`, number });
    const head = (count: number) => ({ _id: 't.a-1', count });
    const page = (numbers: readonly number[]) => ({ _id: 't.a-1|page', numbers });
    expect(stored()).toEqual([head(2), entry(1), entry(2), page([1, 2])]);
    mended = true;
    run.unpark();
    await catchUpTo(log, [lane], 10);
    expect(stored()).toEqual([head(4), ...[1, 2, 3, 4].map(entry), page([1, 2, 3, 4])]);
  });
});

const bytesOf = (documents: readonly object[]): number => Buffer.byteLength(JSON.stringify(documents));
