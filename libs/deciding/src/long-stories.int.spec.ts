import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Type from 'typebox';
import type { DocumentStore } from '#document-store';
import { openSqliteDocumentStore } from '#document-store/sqlite';
import type { EventStore, ReadStreamOptions } from '#event-store';
import { openSqliteEventStore } from '#event-store/sqlite';
import { removeLogFile } from '#event-store/testing';
import { defineEvent, EventCatalog, foldOf, newId, StoreUnavailable, systemClock } from '#kernel';
import type { DomainCommand, EventEnvelope } from '#kernel';
import { commandChangedNothing, DecisionCommand, DecisionRunner, KeptStates } from './index.js';
import type { Aggregate, CommandContext } from './index.js';

type Add = DomainCommand<'Add', { number: number }>;
type Event = { readonly type: 'Added'; readonly data: { number: number } };
interface Sum {
  readonly sum: number;
  readonly last: number;
}

class AddCommand extends DecisionCommand<Add> {
  static readonly permitted = ['controller'] as const;
  static readonly creates = true;
  readonly type = 'Add';
}

const { evolve, folding } = foldOf<Sum, Event>(({ sum }, { data }) => ({ sum: sum + data.number, last: data.number }));
/** The same number twice in a row says nothing new. */
const sums: Aggregate<Add, Sum, Event> = {
  category: 'sum',
  foldVersion: 1,
  decider: {
    initialState: { sum: 0, last: 0 },
    decide: ({ data: { number } }, { last }) => (number === last ? [] : [{ type: 'Added', data: { number } }]),
    evolve,
    folding,
  },
};

const catalog = new EventCatalog([
  commandChangedNothing,
  defineEvent('Added', Type.Object({ number: Type.Integer() })),
]);
const length = 2_600;

describe('A long story', () => {
  let folder: string;
  let log: EventStore;
  let documents: DocumentStore;
  let reads: ReadStreamOptions[];
  const id = newId();
  const stream = `uppsala.sum-${id}`;
  const commandIds = Array.from({ length }, () => newId());

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-long-'));
    log = openSqliteEventStore(join(folder, 'events.db'));
    documents = openSqliteDocumentStore(join(folder, 'documents.db'));
    reads = [];
    await record(log);
  });
  afterEach(async () => {
    await log.close();
    await documents.close();
    await rm(folder, { recursive: true });
  });

  /** A story that was recorded by others: each number by a command of its own. */
  async function record(store: EventStore, numbers = length): Promise<void> {
    for (let from = 0; from < numbers; from += 200) {
      const events = commandIds.slice(from, Math.min(from + 200, numbers)).map((commandId, index): EventEnvelope => ({
        id: newId(),
        type: 'Added',
        data: { number: from + index + 1 },
        metadata: {
          ...{ tenant: 'uppsala', schema: 1, recordedAt: '2025-01-01T12:00:00.000Z', effectiveOn: '2025-01-01' },
          ...{ actor: { id: 'a', role: 'controller' }, commandId, commandDigest: 'another' },
          ...{ correlationId: commandId, causationId: commandId },
        },
      }));
      await store.append(stream, events, from === 0 ? 'no-stream' : from - 1);
    }
  }

  const aRunner = (states: Pick<DocumentStore, 'compareAndSet' | 'get'> = documents) => {
    const noted: Pick<EventStore, 'append' | 'connection' | 'readStream'> = {
      get connection() {
        return log.connection;
      },
      append: (...parameters) => log.append(...parameters),
      readStream: (name, options = {}) => {
        if (name === stream) reads.push(options);
        return log.readStream(name, options);
      },
    };
    return new DecisionRunner(noted, catalog, systemClock, undefined, new KeptStates(states));
  };
  const add = (runner: DecisionRunner, number: number, more: Partial<CommandContext> = {}, aggregate = sums) => {
    const commandId = newId();
    const actor = { id: 'a', role: 'controller' } as const;
    const context: CommandContext = { tenant: 'uppsala', actor, commandId, correlationId: commandId, ...more };
    return runner.run(new AddCommand(id, { number }, context), aggregate);
  };
  const repeatable = () => ({ commandId: newId(), repeatable: true });
  /** What another process reads for its first command, once the state of one before it is kept. */
  const readByAnother = async (aggregate = sums) => {
    reads = [];
    const receipt = await add(aRunner(), length, repeatable(), aggregate);
    return { receipt, places: reads.map(({ after }) => after) };
  };
  const kept = () => documents.get<{ _id: string; revision: number; fold: number }>('decision-states', stream);
  const untilKept = async (revision: number) => {
    for (const until = Date.now() + 20_000; (await kept())?.revision !== revision;) {
      if (Date.now() > until) throw new Error(`Nothing was kept at ${revision}`);
      await new Promise((later) => setTimeout(later, 5));
    }
  };

  it('is read in pages, between which others have their turn', async () => {
    let turns = 0;
    const others = setInterval(() => turns++, 0);
    try {
      expect(await add(aRunner(), 1, repeatable())).toMatchObject({ revision: length });
    } finally {
      clearInterval(others);
    }
    expect(reads.every(({ limit }) => limit !== undefined && limit <= 100)).toBe(true);
    expect(reads.map(({ after }) => after)).toEqual(reads.map((_, page) => page * 100 - 1));
    expect(turns).toBeGreaterThanOrEqual(reads.length / 2);
  });

  it('is read once, however many ask for it at once', async () => {
    const runner = aRunner();
    const numbers = Array.from({ length: 5 }, (_, index) => add(runner, index + 1, repeatable()));
    expect(await Promise.all(numbers)).toHaveLength(5);
    expect(reads.filter(({ after }) => after === -1)).toHaveLength(1);
  });

  it('is not read again by the next process: its state is kept, and what was recorded since is folded onto it', async () => {
    await add(aRunner(), length, repeatable());
    await untilKept(length - 1);
    const { places, receipt } = await readByAnother();
    expect(receipt).toMatchObject({ recorded: [], revision: length - 1 });
    // One page tells that the story is long.
    expect(places).toEqual([-1, length - 2]);
  });

  it('is read anew where the log is another one than the state was kept of', async () => {
    await add(aRunner(), 1, repeatable());
    await untilKept(length - 1);
    await log.close();
    await removeLogFile(join(folder, 'events.db'));
    log = openSqliteEventStore(join(folder, 'events.db'));
    await record(log);
    const { receipt } = await readByAnother();
    expect(receipt).toMatchObject({ recorded: [], revision: length - 1 });
    expect(reads.map(({ after }) => after)).toContain(99);
    // What the new log says is kept in place of what the lost one said.
    reads = [];
    await untilKept(length - 1);
    expect((await kept())!.revision).toBe(length - 1);
  });

  it('is read anew where another fold has kept its state', async () => {
    await add(aRunner(), 1, repeatable());
    await untilKept(length - 1);
    const { places } = await readByAnother({ ...sums, foldVersion: 2 });
    expect(places).toContain(99);
    await expect(kept()).resolves.toMatchObject({ fold: 2 });
  });

  it('is decided on also where no state can be kept or found', async () => {
    const away = () => Promise.reject(new StoreUnavailable('document store', new Error('away')));
    const runner = aRunner({ get: away, compareAndSet: away });
    expect(await add(runner, 1, repeatable())).toMatchObject({ revision: length, recorded: ['Added'] });
  });

  it('answers a command of its beginning as the first time, though its answer is not held any more', async () => {
    const first = repeatable();
    const lone = newId();
    const runner = aRunner();
    const ask = (of: DecisionRunner) =>
      of.run(
        new AddCommand(
          lone,
          { number: 1 },
          { ...first, tenant: 'uppsala', actor: { id: 'a', role: 'controller' }, correlationId: first.commandId },
        ),
        sums,
      );
    const answer = await ask(runner);
    for (let number = 2; number < 1_200; number++) {
      const commandId = newId();
      const context = {
        tenant: 'uppsala',
        actor: { id: 'a', role: 'controller' as const },
        commandId,
        correlationId: commandId,
      };
      await runner.run(new AddCommand(lone, { number }, context), sums);
    }
    expect(await ask(runner)).toEqual(answer);
    expect(await ask(aRunner())).toEqual(answer);
  });

  it('refuses a key of its beginning that comes with other content', async () => {
    const used = { commandId: commandIds[3]!, repeatable: true };
    await expect(add(aRunner(), 99, used)).rejects.toMatchObject({ code: 'idempotency-key-reused' });
  });
});
