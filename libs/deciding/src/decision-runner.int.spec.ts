import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Type from 'typebox';
import { openSqliteEventStore } from '#event-store/sqlite';
import { anEvent, removeLogFile } from '#event-store/testing';
import type { EventStore } from '#event-store';
import {
  CorruptEvent,
  defineEvent,
  EventCatalog,
  Forbidden,
  IdempotencyKeyReused,
  newId,
  NotFound,
  RevisionMismatch,
  RuleViolation,
  StoreUnavailable,
  verbatim,
} from '#kernel';
import type { DomainCommand, Role } from '#kernel';
import { commandChangedNothing, DecisionCommand, DecisionRunner } from './index.js';
import type { Aggregate, CommandContext } from './index.js';

type SetNumber = DomainCommand<'SetNumber', { number: number }>;
type Event = { readonly type: 'NumberSet'; readonly data: { number: number } };
type State = { readonly number: number; readonly history: readonly number[] };

class SetNumberCommand extends DecisionCommand<SetNumber> {
  static readonly permitted: readonly Role[] = ['controller', 'reporter'];
  static readonly creates = true;
  readonly type = 'SetNumber';
}
class ChangeNumberCommand extends DecisionCommand<SetNumber> {
  static readonly permitted: readonly Role[] = ['controller'];
  readonly type = 'SetNumber';
}

/** Numbers only rise. */
const numbers: Aggregate<SetNumber, State, Event> = {
  category: 'number',
  decider: {
    initialState: { number: 0, history: [] },
    decide: ({ data: { number } }, state) => {
      if (number < state.number)
        throw new RuleViolation('numbers-rise', verbatim(`${number} is below ${state.number}`));
      return number === state.number ? [] : [{ type: 'NumberSet', data: { number } }];
    },
    evolve: ({ history }, { data: { number } }) => ({ number, history: [...history, number] }),
  },
};

const catalog = new EventCatalog([
  commandChangedNothing,
  defineEvent('NumberSet', Type.Object({ number: Type.Integer() }, { additionalProperties: false })),
]);

describe('The way from a command to the log', () => {
  let folder: string;
  let store: EventStore;
  let now: Date;
  /** How often streams were read. */
  let reads: number;
  const id = newId();
  const stream = `uppsala.number-${id}`;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-deciding-'));
    store = openSqliteEventStore(join(folder, 'events.db'));
    now = new Date('2025-04-08T12:00:00Z');
    reads = 0;
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const aRunner = () =>
    new DecisionRunner(
      {
        get connection() {
          return store.connection;
        },
        append: (...parameters) => store.append(...parameters),
        readStream: (...parameters) => {
          reads++;
          return store.readStream(...parameters);
        },
      },
      catalog,
      { now: () => now },
    );
  const context = (more: Partial<CommandContext> = {}): CommandContext => {
    const commandId = newId();
    return { tenant: 'uppsala', actor: { id: 'a', role: 'controller' }, commandId, correlationId: commandId, ...more };
  };
  const set = (runner: DecisionRunner, number: number, more: Partial<CommandContext> = {}) =>
    runner.run(new SetNumberCommand(id, { number }, context(more)), numbers);
  const recorded = async () => {
    const events = await store.readStream(stream);
    return events.filter(({ type }) => type === 'NumberSet').map(({ data }) => data['number']);
  };

  it('reads nothing back that it has folded itself', async () => {
    const runner = aRunner();
    for (const number of [1, 2, 3]) expect(await set(runner, number)).toMatchObject({ revision: number - 1 });
    expect(reads).toBe(0);
    expect(await recorded()).toEqual([1, 2, 3]);
  });

  it('decides again where another process has moved the stream on', async () => {
    const [ours, theirs] = [aRunner(), aRunner()];
    await set(ours, 1);
    await set(theirs, 5);
    expect(await set(ours, 7)).toMatchObject({ revision: 2 });
    await set(theirs, 9);
    await expect(set(ours, 8)).rejects.toMatchObject({ rule: 'numbers-rise' });
    expect(await recorded()).toEqual([1, 5, 7, 9]);
  });

  it('draws no conclusion from an old state: neither a refusal nor that nothing changes', async () => {
    const [ours, theirs] = [aRunner(), aRunner()];
    await set(ours, 3);
    await set(theirs, 4);
    // To the old state 3 changes nothing; to the log it goes back.
    await expect(set(ours, 3)).rejects.toThrow(RuleViolation);
    expect(await set(ours, 4)).toMatchObject({ revision: 1, recorded: [] });
  });

  it('is told whether another thing exists of which it knows the id alone', async () => {
    const runner = aRunner();
    const other = newId();
    const resting = (tenant?: string) =>
      runner.run(new SetNumberCommand(other, { number: 1 }, context(tenant ? { tenant } : {})), numbers, {
        facts: (_, lookup) => lookup.needExisting('number', id),
      });
    await expect(resting()).rejects.toMatchObject({ code: 'not-found', kind: 'number' });
    await set(runner, 1);
    await expect(resting('umea')).rejects.toThrow(NotFound);
    expect(await resting()).toMatchObject({ recorded: ['NumberSet'] });
  });

  describe('on a stream that holds what cannot be read', () => {
    const tolerant: typeof numbers = { ...numbers, passesOverCorrupt: true };
    const decide = (number: number, aggregate: typeof numbers) =>
      aRunner().run(new SetNumberCommand(id, { number }, context()), aggregate);

    beforeEach(async () => {
      await decide(3, numbers);
      const theirs = { ...anEvent(0), data: { number: 'nine' } };
      await store.append(stream, [{ ...theirs, id: newId(), type: 'NumberSet' }], 0);
      await store.append(stream, [{ ...theirs, id: newId(), type: 'Unheard' }], 1);
    });

    it('refuses, rather than decide on half of what happened', async () => {
      await expect(decide(4, numbers)).rejects.toThrow(CorruptEvent);
    });

    it('passes over that where the aggregate says so, and builds on all the rest', async () => {
      await expect(decide(2, tolerant)).rejects.toMatchObject({ rule: 'numbers-rise' });
      expect(await decide(4, tolerant)).toMatchObject({ revision: 3, recorded: ['NumberSet'] });
      expect(await decide(4, tolerant)).toMatchObject({ revision: 3, recorded: [] });
    });
  });

  it('lets every one of many racing commands through, each once', async () => {
    const runners = [aRunner(), aRunner()];
    const all = Array.from({ length: 6 }, (_, index) => set(runners[index % 2]!, index + 1));
    const refused = (await Promise.allSettled(all)).filter(({ status }) => status === 'rejected').length;
    const history = await recorded();
    expect(history).toHaveLength(6 - refused);
    expect([...history].sort()).toEqual(history);
  });

  it('lets none of sixteen writers in two processes starve, in whatever order they come', async () => {
    const order: number[] = [];
    const free: typeof numbers = {
      ...numbers,
      decider: { ...numbers.decider, decide: ({ data }) => [{ type: 'NumberSet', data }] },
    };
    const runners = [aRunner(), aRunner()];
    const write = async (writer: number) => {
      for (let time = 0; time < 20; time++) {
        const data = { number: writer };
        await runners[writer % 2]!.run(new SetNumberCommand(id, data, context({ repeatable: time % 2 === 0 })), free);
        order.push(writer);
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, writer) => write(writer)));
    expect(await recorded()).toHaveLength(320);
    // When the first has written its last, nobody of its own process is behind by more than a turn.
    const first = order.find((writer, place) => order.lastIndexOf(writer) === place) ?? 0;
    const soFar = order.slice(0, order.lastIndexOf(first) + 1);
    for (let writer = first % 2; writer < 16; writer += 2) {
      expect(soFar.filter((other) => other === writer).length).toBeGreaterThanOrEqual(19);
    }
  });

  it('answers a repeated command as the first time, whichever process it comes to', async () => {
    const key = { commandId: newId(), repeatable: true };
    const first = await set(aRunner(), 1, key);
    await set(aRunner(), 2);
    expect(await set(aRunner(), 1, key)).toEqual(first);
    await expect(set(aRunner(), 4, key)).rejects.toThrow(IdempotencyKeyReused);
    expect(await recorded()).toEqual([1, 2]);
  });

  it('keeps the answer of a command that changed nothing, and leaves the revision alone', async () => {
    await set(aRunner(), 1);
    const key = { commandId: newId(), repeatable: true };
    const first = await set(aRunner(), 1, key);
    expect(first).toMatchObject({ revision: 0, recorded: [] });
    await set(aRunner(), 2);
    expect(await set(aRunner(), 1, key)).toEqual(first);
    const racing = { commandId: newId(), repeatable: true };
    const answers = await Promise.all([1, 2, 3].map(() => set(aRunner(), 2, racing)));
    expect(new Set(answers.map(({ position }) => position)).size).toBe(1);
    await expect(set(aRunner(), 3, racing)).rejects.toThrow(IdempotencyKeyReused);
    expect(await recorded()).toEqual([1, 2]);
  });

  it('takes one key for several things, and remembers what each was answered', async () => {
    const runner = aRunner();
    const others = [newId(), newId(), newId()];
    const key = { commandId: newId(), repeatable: true };
    // All at one instant: what tells their events apart is the stream.
    const put = (other: string, number: number) =>
      runner.run(new SetNumberCommand(other, { number }, context(key)), numbers);
    const first = await Promise.all(others.map((other) => put(other, 1)));
    expect(await Promise.all(others.map((other) => put(other, 1)))).toEqual(first);
    const again = { commandId: newId(), repeatable: true };
    const same = (other: string) => runner.run(new SetNumberCommand(other, { number: 1 }, context(again)), numbers);
    const nothing = await Promise.all(others.map(same));
    expect(nothing.map(({ recorded }) => recorded)).toEqual([[], [], []]);
    expect(await Promise.all(others.map(same))).toEqual(nothing);
    await expect(put(others[0]!, 2)).rejects.toThrow(IdempotencyKeyReused);
  });

  it('refuses what rests on a revision that is gone, also where it was folded last', async () => {
    const [ours, theirs] = [aRunner(), aRunner()];
    await set(ours, 1);
    await set(theirs, 2);
    await expect(set(ours, 3, { expectedRevision: 0 })).rejects.toThrow(RevisionMismatch);
    expect(await set(ours, 3, { expectedRevision: 1 })).toMatchObject({ revision: 2 });
  });

  it('lets nobody do what is not theirs, and changes only what exists', async () => {
    const run = (command: SetNumberCommand) => aRunner().run(command, numbers);
    const reader = context({ actor: { id: 'a', role: 'reader' } });
    await expect(run(new SetNumberCommand(id, { number: 1 }, reader))).rejects.toThrow(Forbidden);
    await expect(run(new ChangeNumberCommand(id, { number: 1 }, context()))).rejects.toThrow(NotFound);
    const foreign = context({ actor: { id: 'a', role: 'reporter', body: newId() } });
    await expect(
      aRunner().run(new SetNumberCommand(id, { number: 1 }, foreign), numbers, { actsFor: () => newId() }),
    ).rejects.toThrow(Forbidden);
    expect(await recorded()).toEqual([]);
  });

  it('never tells a story out of order where the clock is set back', async () => {
    const runner = aRunner();
    await set(runner, 1);
    now = new Date('2025-04-08T11:00:00Z');
    await set(runner, 2);
    const [first, second] = await store.readStream(stream);
    expect(second!.metadata.recordedAt).toBe(first!.metadata.recordedAt);
  });

  it('says that the store is gone, and does not try for ever', async () => {
    const runner = aRunner();
    await store.close();
    await expect(set(runner, 1)).rejects.toThrow(StoreUnavailable);
    store = openSqliteEventStore(join(folder, 'events.db'));
  });

  describe('when another log has taken the place of the one that it has kept states of', () => {
    const file = () => join(folder, 'events.db');
    const change = (runner: DecisionRunner, number: number, more: Partial<CommandContext> = {}) =>
      runner.run(new ChangeNumberCommand(id, { number }, context(more)), numbers);

    /** Empties the log, and lets another process record in it. */
    async function another(...held: readonly number[]): Promise<void> {
      await removeLogFile(file());
      const other = openSqliteEventStore(file());
      const runner = new DecisionRunner(other, catalog, { now: () => now });
      for (const number of held) await set(runner, number);
      await other.close();
    }

    it('finds nothing where there is nothing, also for a command that may come again', async () => {
      const runner = aRunner();
      await set(runner, 1);
      const first = { commandId: newId(), repeatable: true };
      await set(runner, 2, first);
      await another();
      await expect(change(runner, 3)).rejects.toThrow(NotFound);
      // What it was answered was recorded in the log that is gone.
      expect(await set(runner, 2, first)).toMatchObject({ revision: 0, recorded: ['NumberSet'] });
      expect(await recorded()).toEqual([2]);
    });

    it('decides on what that log holds, though its stream has come as far as the kept one or further', async () => {
      for (const held of [[9], [4, 9], [3, 4, 9]]) {
        const runner = aRunner();
        await set(runner, 1);
        await set(runner, 2);
        await another(...held);
        await expect(change(runner, 5)).rejects.toThrow(RuleViolation);
        expect(await recorded()).toEqual(held);
        expect(await change(runner, 10)).toMatchObject({ revision: held.length });
        await another();
      }
    });

    it('reads once, and then no more than before', async () => {
      const runner = aRunner();
      await set(runner, 1);
      await another(1);
      await change(runner, 2);
      const read = reads;
      for (const number of [3, 4, 5]) await change(runner, number);
      expect(reads).toBe(read);
      expect(await recorded()).toEqual([1, 2, 3, 4, 5]);
    });
  });
});
