import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document, DocumentStore } from '#document-store';
import { StoreUnavailable } from '#kernel';
import { until } from '#kernel/testing';
import { partitionCount } from '../partitions.js';
import { Engines } from '../testing/engines.js';
import { tallyOf } from '../testing/tallies.js';

interface Division extends Document {
  readonly leases: Readonly<Record<string, string>>;
}

/** A double of a store that can be held up, as everything is in a process that was stopped (SIGSTOP). */
function stoppable(store: DocumentStore) {
  let held: { promise: Promise<void>; go: () => void } | undefined;
  const proxy = new Proxy(store, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as (...parameters: unknown[]) => Promise<unknown>;
      return async (...parameters: unknown[]) => {
        await held?.promise;
        return method.apply(target, parameters);
      };
    },
  });
  return {
    store: proxy,
    stop: () => {
      let go!: () => void;
      const promise = new Promise<void>((resolve) => (go = resolve));
      held = { promise, go };
    },
    go: () => {
      held?.go();
      held = undefined;
    },
  };
}

describe('Several runners', () => {
  let engines: Engines;
  const names = ['one', 'two', 'three', 'four'];
  const tallies = names.map((name) => tallyOf(name));

  beforeEach(async () => {
    engines = await Engines.open();
  });
  afterEach(() => engines.close());

  /** How many partitions each runner leads, the largest number first. */
  const shares = async (): Promise<number[]> => {
    const division = await engines.documentStore.get<Division>('leases', 'partitions');
    const led = new Map<string, number>();
    for (const runner of Object.values(division?.leases ?? {})) led.set(runner, (led.get(runner) ?? 0) + 1);
    return [...led.values()].sort((left, right) => right - left);
  };
  const isLedBy = (runners: number) => async () => {
    const led = await shares();
    const all = led.reduce((sum, each) => sum + each, 0);
    // They are shared by weight, and a few events weigh a little.
    return (
      led.length === runners && all === partitionCount && led.every((each) => each >= partitionCount / runners - 3)
    );
  };
  const becomeLedBy = (runners: number) => until(isLedBy(runners));

  it('share the partitions, and take over what one leaves, with nothing counted twice', async () => {
    const first = engines.run(tallies);
    await first.readModels.waitFor(await engines.note('t.a-1', [1, 2]));
    expect(await shares()).toEqual([partitionCount]);
    const second = engines.run(tallies);
    await becomeLedBy(2);
    await first.readModels.waitFor(await engines.note('t.a-1', [3], 1));
    await first.engine.stop();
    await becomeLedBy(1);
    await second.readModels.waitFor(await engines.note('t.a-1', [4], 2));
    for (const tally of tallies) {
      expect(await second.readModels.get(tally, 't.a-1')).toMatchObject({ count: 4, numbers: [1, 2, 3, 4] });
      expect(await second.admin.verify(tally.name)).toMatchObject({ differing: 0 });
    }
  });

  it('are not misled by one that was stopped while another took over, and wakes', async () => {
    const stopped = stoppable(engines.documentStore);
    const first = engines.run(tallies, stopped.store);
    await first.readModels.waitFor(await engines.note('t.a-1', [1, 2]));
    stopped.stop();
    // It reads these, and is held up before it can write what it makes of them.
    const missed = await engines.note('t.a-1', [3, 4], 1);
    const second = engines.run(tallies);
    await second.readModels.waitFor(missed, { milliseconds: 10_000 });
    expect(await shares()).toEqual([partitionCount]);
    const further = await engines.note('t.a-1', [5, 6], 3);
    await second.readModels.waitFor(further);
    const before = await Promise.all(tallies.map((tally) => second.readModels.get(tally, 't.a-1')));
    stopped.go();
    // It finds that others lead now, and takes no more than its share of what they give up.
    await becomeLedBy(2);
    expect(await Promise.all(tallies.map((tally) => second.readModels.get(tally, 't.a-1')))).toEqual(before);
    await second.readModels.waitFor(await engines.note('t.a-1', [7], 5));
    for (const tally of tallies) {
      expect(await second.readModels.get(tally, 't.a-1')).toMatchObject({ count: 7, numbers: [1, 2, 3, 4, 5, 6, 7] });
      expect(await second.admin.verify(tally.name)).toMatchObject({ differing: 0 });
    }
    expect(engines.told.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('refuse what a stopped one has under way, as late as at the write itself', async () => {
    const stopped = stoppable(engines.documentStore);
    // This one believes to the last that it leads: only its writes are held up, not its clock.
    const tally = tallyOf('one');
    const first = engines.run([tally], stopped.store);
    await first.readModels.waitFor(await engines.note('t.a-1', [1]));
    const [collection] = (await engines.documentStore.collections()).filter((name) => name.startsWith('one@'));
    stopped.stop();
    const late = stopped.store.replaceMany(collection!, [
      { document: { _id: 't.a-1', count: 99, numbers: [] }, position: await engines.note('t.a-1', [2], 0) },
    ]);
    const lateCheckpoint = stopped.store.compareAndSet('checkpoints', { _id: collection!, version: 99 }, 1);
    const second = engines.run([tally]);
    await second.readModels.waitFor(await engines.note('t.a-1', [3], 1), { milliseconds: 10_000 });
    stopped.go();
    expect(await late).toBe(0);
    expect(await lateCheckpoint).toBe(false);
    expect(await second.readModels.get(tally, 't.a-1')).toMatchObject({ count: 3, numbers: [1, 2, 3] });
  });

  it.each([
    ['makes no indexes, ever', 'ensureIndexes'],
    ['writes no documents, ever', 'replaceMany'],
    ['says nothing of checkpoints, ever', 'getMany'],
  ])('stop in time and give up their share though the store %s, and lives otherwise', async (_, silent) => {
    const never = new Promise<never>(() => {});
    const halfDead = new Proxy(engines.documentStore, {
      get: (target, name) =>
        name === silent ? () => never : (Reflect.get(target, name) as (...given: unknown[]) => unknown).bind(target),
    });
    const position = await engines.note('t.a-1', [1, 2]);
    const { engine } = engines.run(tallies, halfDead);
    await becomeLedBy(1);
    const second = engines.run(tallies);
    await becomeLedBy(2);
    if (silent === 'ensureIndexes') {
      await until(() =>
        engines.told.some(({ level, message }) => level === 'warn' && /waits for its stores/.test(message)),
      );
    }
    const from = performance.now();
    await engine.stop();
    expect(performance.now() - from).toBeLessThan(8_000);
    // What the first has left is taken over at once.
    await second.readModels.waitFor(position, { milliseconds: 15_000 });
    await becomeLedBy(1);
  });

  it('tell an outage once for each cause, not at every try', async () => {
    let cause: Error | undefined;
    let refused = 0;
    const failing = new Proxy(engines.documentStore, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...parameters: unknown[]) => Promise<unknown>;
        return (...parameters: unknown[]) => {
          if (!cause) return method.apply(target, parameters);
          refused++;
          return Promise.reject(new StoreUnavailable('document store', cause));
        };
      },
    });
    const { readModels } = engines.run(tallies, failing);
    await readModels.waitFor(await engines.note('t.a-1', [1]));
    const said = () => engines.told.filter(({ level }) => level !== 'info').map(({ fields }) => fields);
    cause = new Error('connect ECONNREFUSED 127.0.0.1:27017');
    // Renewals, and the first tries at starting again.
    await until(() => refused >= 6);
    cause = new Error('Authentication failed for mongodb://sparbar:secret@host');
    await until(() => said().length > 1);
    cause = undefined;
    await readModels.waitFor(await engines.note('t.a-1', [2], 0), { milliseconds: 10_000 });
    const unavailable = 'StoreUnavailable: The document store does not answer, caused by Error: ';
    expect(said()).toEqual([
      { error: `${unavailable}connect ECONNREFUSED 127.0.0.1:27017` },
      { error: `${unavailable}Authentication failed for mongodb://…` },
    ]);
    expect(engines.told.map(({ message }) => message)).toContain('the projections run again');
  });
});
