import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store';
import { anEvent } from '#event-store/testing';
import { idOf, streamName } from '#kernel';
import type { Actor, EventEnvelope, StoredEvent } from '#kernel';
import { eventually, until } from '#kernel/testing';
import { Engines } from '../testing/engines.js';
import { tallyCatalog, tallyOf } from '../testing/tallies.js';
import type { Poison } from '../testing/tallies.js';

const by: Actor = { id: 'u-1', role: 'administrator' };

/** Numbers that stand for an event that somebody else has recorded. */
const foreign = (number: number): boolean => number >= 100;

/** A double of a log to which others write as well: so far as it is told, an event with such a number is theirs. */
function sharedWith(store: EventStore, theirs: (event: StoredEvent) => object): EventStore {
  const seen = (events: StoredEvent[]) =>
    events.map((event) => (foreign(event.data['number'] as number) ? { ...event, ...theirs(event) } : event));
  return Object.assign(Object.create(store) as EventStore, {
    append: (...parameters: Parameters<EventStore['append']>) => store.append(...parameters),
    readStream: async (...parameters: Parameters<EventStore['readStream']>) =>
      seen(await store.readStream(...parameters)),
    readAll: async (...parameters: Parameters<EventStore['readAll']>) => seen(await store.readAll(...parameters)),
    subscribe: async function* (...parameters: Parameters<EventStore['subscribe']>) {
      for await (const batch of store.subscribe(...parameters)) yield seen(batch);
    },
    head: (...parameters: Parameters<EventStore['head']>) => store.head(...parameters),
    close: () => store.close(),
  });
}

const kinds: [string, (event: StoredEvent) => object][] = [
  ['without metadata', () => ({ metadata: undefined })],
  ['whose metadata are null', () => ({ metadata: null })],
  ['whose metadata are a text', () => ({ metadata: 'theirs' })],
  ['that says nothing of its schema', () => ({ metadata: {} })],
  ['of a schema that is still to come', ({ metadata }) => ({ metadata: { ...metadata, schema: 99 } })],
  ['recorded at no time', () => ({ metadata: { schema: 1, recordedAt: 'yesterday' }, data: {} })],
  ['with bytes for its content', () => ({ data: Buffer.from([0, 255]) })],
  ['with nothing for its content', () => ({ data: null })],
];

describe('Whatever event the log holds', () => {
  let engines: Engines;
  let poison: Poison;

  beforeEach(async () => {
    engines = await Engines.open();
    poison = { number: undefined };
  });
  afterEach(() => engines.close());

  function run() {
    const [tally, other] = [tallyOf('tally', poison), { ...tallyOf('other'), on: {} as never }];
    const running = engines.run([tally, other]);
    const status = async (name = 'tally') => (await running.admin.status()).find((each) => each.name === name)!;
    return {
      ...running,
      status,
      numbers: async () => (await running.readModels.get(tally, 't.a-1'))?.numbers,
      parkedAgain: (before: string) => until(async () => ((await status()).parked?.position ?? before) > before),
    };
  }

  const troubles = () => engines.told.filter(({ message }) => message.startsWith('the projections stopped'));

  it.each(kinds)('one of a type of ours %s parks what takes that type, and nothing else', async (_, theirs) => {
    engines.eventStore = sharedWith(engines.eventStore, theirs);
    await engines.note('t.a-1', [1, 2, 3, 100, 101, 4, 102]);
    const { admin, numbers, parkedAgain, status } = run();
    // Several in a row, and the last one of all.
    let before = '';
    for (const held of [
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3, 4],
    ]) {
      await parkedAgain(before);
      before = (await status()).parked!.position;
      expect(await numbers()).toEqual(held);
      await until(async () => (await status('other')).state === 'current');
      expect(await status()).toMatchObject({ state: 'parked', parked: { type: 'Noted' } });
      await admin.skip('tally', 'It is not ours', by);
    }
    await until(async () => (await status()).state === 'current');
    expect(await status()).toMatchObject({ position: await engines.eventStore.head(), lagSeconds: 0 });
    expect((await status()).skipped).toHaveLength(3);
    expect(await admin.verify('tally')).toMatchObject({ differing: 0 });
    expect(troubles()).toEqual([]);
  });

  it.each(kinds)('one of another type %s is passed over, also directly before one that fails', async (_, theirs) => {
    engines.eventStore = sharedWith(engines.eventStore, (event) => ({ ...theirs(event), type: 'constructor' }));
    poison.number = 3;
    const position = await engines.note('t.a-1', [100, 1, 101, 2, 102, 3, 103, 104]);
    const { admin, numbers, status } = run();
    await until(async () => (await status()).state === 'parked');
    expect((await status()).parked).toMatchObject({ type: 'Noted', error: 'Error: Cannot take this one' });
    expect(await numbers()).toEqual([1, 2]);
    poison.number = undefined;
    await admin.retry('tally');
    await until(async () => (await status()).state === 'current');
    expect(await status()).toMatchObject({ position, skipped: [] });
    expect(await numbers()).toEqual([1, 2, 3]);
    expect(troubles()).toEqual([]);
  });

  it('a thousand that were skipped are left out without a halt', async () => {
    engines.eventStore = sharedWith(engines.eventStore, () => ({ metadata: undefined }));
    const theirs = Array.from({ length: 1_000 }, (_, index) => 100 + index);
    await engines.note('t.a-1', [1, ...theirs, 2]);
    await recordSkips((await engines.eventStore.readStream('t.a-1')).slice(1, -1));
    const { admin, numbers, status } = run();
    // Whoever is kept from running for as long as a lease begins again from what was written.
    await eventually('The end of the log', status, ({ state }) => state === 'current', 60_000);
    expect(await numbers()).toEqual([1, 2]);
    expect((await status()).skipped).toHaveLength(1_000);
    expect(await admin.verify('tally')).toMatchObject({ differing: 0 });
    expect(troubles()).toEqual([]);
  }, 90_000);

  it('one among the skips that is no skip skips nothing, and stands in the way of no other', async () => {
    const stream = streamName('system', 'projection', idOf('projection', 'tally'));
    const types = ['Noted', 'Unheard', 'ProjectionEventSkipped'];
    const others = types.map((type) => ({ ...anEvent(0, 'system'), type }));
    await engines.eventStore.append(stream, others, 'no-stream');
    poison.number = 2;
    await engines.note('t.a-1', [1, 2, 3]);
    const { admin, numbers, status } = run();
    await until(async () => (await status()).state === 'parked');
    expect((await status()).parked!.error).toBe('Error: Cannot take this one');
    await admin.skip('tally', 'It is wrong', by);
    await until(async () => (await status()).state === 'current');
    expect(await numbers()).toEqual([1, 3]);
    expect((await status()).skipped).toHaveLength(1);
    expect(troubles()).toEqual([]);
  });

  /** Skips as an operator would record them one by one. */
  async function recordSkips(events: readonly StoredEvent[]): Promise<void> {
    const skips = events.map(({ id: eventId, position, type: eventType }): EventEnvelope => {
      const of = { projection: 'tally', version: 1, position, eventId, eventType, error: 'No', reason: 'Not ours' };
      const data = { type: 'ProjectionEventSkipped', data: of };
      return { ...anEvent(0, 'system'), type: data.type, ...tallyCatalog.encode(data) };
    });
    const stream = streamName('system', 'projection', idOf('projection', 'tally'));
    await engines.eventStore.append(stream, skips, 'no-stream');
  }
});
