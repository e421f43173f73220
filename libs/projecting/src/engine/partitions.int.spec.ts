import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document, DocumentStore } from '#document-store';
import { until } from '#kernel/testing';
import { partitionOf } from '../partitions.js';
import type { Projection } from '../projection.js';
import { Engines } from '../testing/engines.js';
import { tallyOf } from '../testing/tallies.js';
import type { Noted, Poison, Tally } from '../testing/tallies.js';

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('Partitions by tenant', () => {
  let engines: Engines;

  beforeEach(async () => {
    engines = await Engines.open();
  });
  afterEach(() => engines.close());

  const statusOf = async ({ admin }: Pick<ReturnType<Engines['run']>, 'admin'>, name = 'tally') =>
    (await admin.status()).find((each) => each.name === name)!;

  it('leave the others current where an event of one tenant parks its own, and are waited for one by one', async () => {
    const poison: Poison = { number: 2 };
    const tally = tallyOf('tally', poison);
    const running = engines.run([tally]);
    const { admin, readModels } = running;
    await engines.note('uppsala.a-1', [1, 2, 3]);
    await until(async () => (await statusOf(running)).state === 'parked');
    const position = await engines.note('sala.a-1', [1, 3]);
    await readModels.waitFor(position, { tenant: 'sala' });
    expect(await readModels.get(tally, 'sala.a-1')).toMatchObject({ numbers: [1, 3] });
    expect(await readModels.get(tally, 'uppsala.a-1')).toMatchObject({ numbers: [1] });
    await admin.requireInStep(['tally'], position, 'sala');
    await expect(admin.requireInStep(['tally'], position, 'uppsala')).rejects.toThrow(/tally had not come/);
    const status = await statusOf(running);
    expect(status).toMatchObject({ state: 'parked', parkedPartitions: 1 });
    expect(status.parked).toMatchObject({ partition: partitionOf('uppsala'), type: 'Noted' });
    expect(await admin.verify('tally')).toMatchObject({ differing: 0, documents: 2 });
    poison.number = undefined;
    await admin.retry('tally');
    await until(async () => (await statusOf(running)).state === 'current');
    expect(await readModels.get(tally, 'uppsala.a-1')).toMatchObject({ numbers: [1, 2, 3] });
    expect(await admin.verify('tally')).toMatchObject({ differing: 0 });
  });

  it('are parked and tried again each in its own process', async () => {
    const poison: Poison = { number: 2 };
    const tally = tallyOf('tally', poison);
    const [first, second] = [engines.run([tally]), engines.run([tally])];
    await until(async () => {
      const division = await engines.documentStore.get<Document>('leases', 'partitions');
      return new Set(Object.values(division?.['leases'] ?? {})).size === 2;
    });
    const tenants = ['uppsala', 'sala', 'knivsta', 'upplands-vasby', 'region-uppsala', 'system-2', 'o', 't'];
    for (const tenant of tenants) await engines.note(`${tenant}.a-1`, [1, 2, 3]);
    const parked = new Set(tenants.map(partitionOf)).size;
    await until(async () => (await statusOf(first)).parkedPartitions === parked);
    poison.number = undefined;
    await second.admin.retry('tally');
    await until(async () => (await statusOf(second)).state === 'current');
    for (const tenant of tenants) {
      expect(await first.readModels.get(tally, `${tenant}.a-1`)).toMatchObject({ numbers: [1, 2, 3] });
    }
    expect(await statusOf(first)).toMatchObject({ parkedPartitions: 0 });
    expect(await statusOf(first)).not.toHaveProperty('requested');
  });

  it('fill documents that are made anew together, whoever leads which, and let them take over once', async () => {
    const tally = tallyOf('tally');
    const [first, second] = [engines.run([tally]), engines.run([tally])];
    const tenants = ['uppsala', 'sala', 'knivsta', 'upplands-vasby', 'region-uppsala', 'o', 't'];
    for (const tenant of tenants) await engines.note(`${tenant}.a-1`, numbers(1, 20));
    await first.readModels.waitFor(await engines.eventStore.head());
    await second.admin.rebuild('tally');
    await until(async () => {
      const { generations, rebuilding } = await statusOf(first);
      return generations === 2 && !rebuilding;
    });
    await first.readModels.waitFor(await engines.note('uppsala.a-1', [21], 19), { tenant: 'uppsala' });
    await until(async () => (await first.readModels.get(tally, 'uppsala.a-1'))?.count === 21);
    expect(await second.admin.verify('tally')).toMatchObject({ differing: 0, documents: tenants.length });
    const made = engines.told.filter(({ message }) => message === 'the projection was made anew');
    expect(made).toHaveLength(1);
    expect(engines.told.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('do not have the event of a small tenant wait for the many of a large one', async () => {
    let ofLarge = 0;
    let before: number | undefined;
    const tally = tallyOf('tally');
    const counting: Projection<Tally, Noted> = {
      ...tally,
      on: {
        Noted: {
          ...tally.on.Noted!,
          evolve: (document, event) => {
            if (event.stream.startsWith('uppsala.')) ofLarge++;
            // A large tenant’s documents are many: this one keeps no list of its numbers.
            return { _id: event.stream, count: (document?.count ?? 0) + 1, numbers: [] };
          },
        },
      },
    };
    const store = new Proxy(engines.documentStore, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...given: unknown[]) => unknown;
        if (name !== 'compareAndSet') return method.bind(target);
        return async (...given: Parameters<DocumentStore['compareAndSet']>) => {
          const written = await target.compareAndSet(...given);
          const isOfSmall = given[1]._id === `partition-${String(partitionOf('sala')).padStart(2, '0')}`;
          const [own] = (given[1]['collections'] ?? []) as { events: number }[];
          if (isOfSmall && own?.events === 1) before ??= ofLarge;
          return written;
        };
      },
    });
    const events = 10_000;
    for (let from = 0; from < events; from += 1_000) {
      await engines.note(`uppsala.a-${from}`, numbers(1, 1_000));
    }
    const position = await engines.note('sala.a-1', [1]);
    const { readModels } = engines.run([counting], store, 500);
    await readModels.waitFor(position, { tenant: 'sala', milliseconds: 30_000 });
    await readModels.waitFor(position, { milliseconds: 60_000 });
    expect(ofLarge).toBe(events);
    // The tail reads ten thousand events meanwhile, and the large tenant has its turns like everybody.
    expect(before).toBeLessThan(events / 2);
  }, 120_000);

  it('take no more of a turn together than one alone does, however many have much to do', async () => {
    const done: number[] = [];
    let turn = 0;
    const slow = (name: string): Projection<Tally, Noted> => {
      const tally = tallyOf(name);
      const evolve: NonNullable<typeof tally.on.Noted>['evolve'] = (document, event) => {
        for (const end = performance.now() + 1; performance.now() < end;);
        done[turn] = (done[turn] ?? 0) + 1;
        return tally.on.Noted!.evolve(document, event);
      };
      return { ...tally, on: { Noted: { ...tally.on.Noted!, evolve } } };
    };
    const tenants = ['uppsala', 'sala', 'knivsta', 'upplands-vasby', 'region-uppsala', 'o', 't'];
    for (const tenant of tenants) await engines.note(`${tenant}.a-1`, numbers(1, 20));
    const { readModels } = engines.run([slow('one'), slow('two')], engines.documentStore, 500);
    const all = engines.eventStore
      .head()
      .then((head) => readModels.waitFor(head))
      .then(() => true);
    while (!(await Promise.race([all, setImmediate(false)]))) turn++;
    expect(done.reduce((sum, count) => sum + count, 0)).toBe(2 * 20 * tenants.length);
    // A slice is three milliseconds, and what is counted as one turn may be parts of two.
    expect(Math.max(...done.filter((count) => count > 0))).toBeLessThanOrEqual(2 * 4);
  });

  it('write one checkpoint for an event, whatever the number of projections, and those of the others once a while later', async () => {
    const tallies = ['one', 'two', 'three', 'four'].map((name) => tallyOf(name));
    const moved: string[] = [];
    const store = new Proxy(engines.documentStore, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...given: unknown[]) => unknown;
        return (...given: unknown[]) => {
          if (name === 'compareAndSet' && given[0] === 'checkpoints') moved.push((given[1] as Document)._id);
          return method.apply(target, given);
        };
      },
    });
    const { readModels } = engines.run(tallies, store);
    await readModels.waitFor(await engines.note('sala.a-1', [1]));
    await until(async () => moved.length > 0);
    moved.length = 0;
    const position = await engines.note('sala.a-1', [2], 0);
    await readModels.waitFor(position, { tenant: 'sala' });
    const own = `partition-${String(partitionOf('sala')).padStart(2, '0')}`;
    expect(moved.filter((id) => id === own)).toHaveLength(1);
    await readModels.waitFor(position);
    expect(moved).toHaveLength(16);
    expect(new Set(moved).size).toBe(16);
  });
});
