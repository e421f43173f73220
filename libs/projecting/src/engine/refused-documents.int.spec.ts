import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DocumentRefused } from '#document-store';
import type { DocumentStore } from '#document-store';
import type { Actor } from '#kernel';
import { until } from '#kernel/testing';
import type { Projection } from '../index.js';
import { Engines } from '../testing/engines.js';
import { tallyOf } from '../testing/tallies.js';
import type { Noted, Tally } from '../testing/tallies.js';

const by: Actor = { id: 'u-1', role: 'administrator' };
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** A tally whose document no store keeps, once it holds certain numbers. */
function tallyWith(name: string, refused: ReadonlyMap<number, unknown>): Projection<Tally, Noted> {
  const tally = tallyOf(name);
  const { evolve, key } = tally.on.Noted!;
  return {
    ...tally,
    on: {
      Noted: {
        key,
        evolve: (document, event) => {
          const after = evolve(document, event);
          const heavy = after.numbers.flatMap((number) => refused.get(number) ?? []);
          return heavy.length === 0 ? after : { ...after, heavy };
        },
      },
    },
  };
}

/** A double of a store that has a reason of its own to refuse a document, beside those of the port. */
function pickyStore(store: DocumentStore, refuses: (document: object) => boolean): DocumentStore {
  const replaceMany: DocumentStore['replaceMany'] = async (collection, writes) => {
    const refused = writes.find(({ document }) => refuses(document));
    const others = writes.filter((write) => write !== refused);
    const written = await store.replaceMany(collection, others);
    if (refused) throw new DocumentRefused(collection, refused.document._id, 'does not pass the rules of this server');
    return written;
  };
  return new Proxy(store, {
    get: (target, name) =>
      name === 'replaceMany'
        ? replaceMany
        : (Reflect.get(target, name) as (...given: unknown[]) => unknown).bind(target),
  });
}

describe('A document that the store refuses', () => {
  let engines: Engines;

  beforeEach(async () => {
    engines = await Engines.open();
  });
  afterEach(() => engines.close());

  function run(tally: Projection<Tally, Noted>, store?: DocumentStore, batchSize?: number) {
    const other = tallyOf('other');
    const running = engines.run([tally, other], store, batchSize);
    const status = async () => (await running.admin.status()).find(({ name }) => name === tally.name)!;
    return {
      ...running,
      other,
      status,
      parked: () => until(async () => (await status()).state === 'parked'),
      current: () => until(async () => (await status()).state === 'current'),
      numbers: async (stream = 't.a-1') => (await running.readModels.get(tally, stream))?.numbers,
    };
  }

  const troubles = () => engines.told.filter(({ message }) => message.startsWith('the projections stopped'));

  it.each<[string, unknown, RegExp]>([
    [
      'is too large',
      'x'.repeat(17_000_000),
      /^DocumentRefused: The document t\.a-1 of tally@1\.1 is larger than 16 MB$/,
    ],
    ['names a field in a way that is not kept', { $set: 1 }, /names a field "\$set"/],
    ['holds what JSON has not', Number.NaN, /holds NaN/],
  ])('because it %s parks the projection at its event, and others go on', async (_, content, words) => {
    await engines.note('t.a-1', numbers(1, 7));
    await engines.note('t.b-1', numbers(8, 20));
    const event = (await engines.eventStore.readStream('t.a-1'))[4]!;
    const refused = new Map<number, unknown>([[5, content]]);
    const { admin, current, numbers: held, other, parked, readModels, status } = run(tallyWith('tally', refused));
    await parked();
    const { id: eventId, position } = event;
    expect((await status()).parked).toMatchObject({ eventId, position, error: expect.stringMatching(words) });
    expect(await held()).toEqual([1, 2, 3, 4]);
    await readModels.waitFor(await engines.note('t.b-1', [21], 12));
    expect(await readModels.get(other, 't.b-1')).toMatchObject({ count: 14 });

    const skip = await admin.skip('tally', 'It holds a film', by);
    await current();
    expect(await held()).toEqual([1, 2, 3, 4, 6, 7]);
    expect(await held('t.b-1')).toEqual(numbers(8, 21));
    expect((await status()).skipped).toEqual([skip]);
    expect(await admin.verify('tally')).toMatchObject({ differing: 0 });

    refused.clear();
    await admin.rebuild('tally');
    await until(async () => (await status()).generations === 2 && !(await status()).rebuilding);
    await until(async () => (await held())?.length === 7);
    expect((await status()).skipped).toEqual([]);
    expect(await admin.verify('tally')).toMatchObject({ differing: 0 });
    expect(troubles()).toEqual([]);
  });

  it('is found among many events, written together in one go, in few writes', async () => {
    let writes = 0;
    const counting = pickyStore(engines.documentStore, (document) => {
      writes++;
      return (document as Tally).numbers.includes(300);
    });
    await engines.note('t.a-1', numbers(1, 600));
    const { numbers: held, parked, status } = run(tallyOf('tally'), counting, 600);
    await parked();
    expect((await status()).parked!.position).toBe((await engines.eventStore.readStream('t.a-1'))[299]!.position);
    expect(await held()).toEqual(numbers(1, 299));
    expect(writes).toBeLessThan(100);
    expect(troubles()).toEqual([]);
  });

  it('for a reason of its own parks the projection, and each such event can be skipped', async () => {
    const odd = pickyStore(engines.documentStore, (document) =>
      (document as Tally).numbers?.some((number) => number === 3 || number === 4 || number === 9),
    );
    await engines.note('t.a-1', numbers(1, 9));
    const { admin, current, numbers: held, parked, status } = run(tallyOf('tally'), odd);
    for (const expected of [
      [1, 2],
      [1, 2],
      [1, 2, 5, 6, 7, 8],
    ]) {
      await parked();
      await until(async () => (await held())?.length === expected.length);
      expect(await held()).toEqual(expected);
      const before = (await status()).parked!.position;
      await admin.skip('tally', 'The server has rules', by);
      await until(async () => (await status()).parked?.position !== before);
    }
    await current();
    expect(await held()).toEqual([1, 2, 5, 6, 7, 8]);
    const events = await engines.eventStore.readStream('t.a-1');
    const left = (await status()).skipped.map(({ position }) => position);
    expect(left).toEqual([3, 4, 9].map((number) => events[number - 1]!.position));
  });

  it('is left out in a rebuild that cannot keep it either, and parks one that has nobody to allow it', async () => {
    const refused = new Map<number, unknown>();
    const tally = tallyWith('tally', refused);
    await engines.note('t.a-1', numbers(1, 5));
    const { admin, current, numbers: held, status } = run(tally);
    await current();
    refused.set(4, Number.NaN);
    await admin.rebuild('tally');
    await until(async () => (await status()).buildParked !== undefined);
    expect(await status()).toMatchObject({ state: 'current', rebuilding: true });
    expect(await held()).toEqual(numbers(1, 5));
    await admin.skip('tally', 'Without the fourth', by);
    await until(async () => !(await status()).rebuilding);
    await until(async () => (await held())?.length === 4);
    expect(await held()).toEqual([1, 2, 3, 5]);
    expect((await status()).skipped).toHaveLength(1);
  });

  it('is one that a projection makes in place of another: nothing else is overwritten', async () => {
    const tally = tallyOf('tally');
    const { evolve, key } = tally.on.Noted!;
    const astray: Projection<Tally, Noted> = {
      ...tally,
      on: {
        Noted: {
          key,
          evolve: (document, event) => ({
            ...evolve(document, event),
            ...(event.data.number === 3 && { _id: 't.b-1' }),
          }),
        },
      },
    };
    await engines.note('t.b-1', [1, 2]);
    await engines.note('t.a-1', [3]);
    const { numbers: held, parked, status } = run(astray);
    await parked();
    expect((await status()).parked!.error).toBe('TypeError: The document t.a-1 came out as something else');
    expect(await held('t.b-1')).toEqual([1, 2]);
  });
});
