import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import Type from 'typebox';
import { commandChangedNothing, DecisionCommand, DecisionRunner } from '#deciding';
import type { Aggregate, CommandContext, Receipt } from '#deciding';
import { openKurrentEventStore } from '#event-store/kurrentdb';
import { openSqliteEventStore } from '#event-store/sqlite';
import type { EventStore } from '#event-store';
import {
  defineEvent,
  digestOf,
  EventCatalog,
  IdempotencyKeyReused,
  idOf,
  newId,
  RevisionMismatch,
  StoreUnavailable,
} from '#kernel';
import type { DomainCommand, Role } from '#kernel';
import { startKurrentDbDouble } from './support/kurrentdb-double/kurrentdb-double.mjs';

type SetNumber = DomainCommand<'SetNumber', { number: number }>;
type FollowNumber = DomainCommand<'FollowNumber', Record<string, never>, { number: number }>;
type NumberSet = { readonly type: 'NumberSet'; readonly data: { number: number } };
type State = { readonly number: number };
type Log = Pick<EventStore, 'append' | 'connection' | 'readStream'>;

class SetNumberCommand extends DecisionCommand<SetNumber> {
  static readonly permitted: readonly Role[] = ['controller'];
  static readonly creates = true;
  readonly type = 'SetNumber';
}
/** Whether it changes anything is not for its own stream alone to say. */
class FollowNumberCommand extends DecisionCommand<FollowNumber> {
  static readonly permitted: readonly Role[] = ['controller'];
  readonly type = 'FollowNumber';
}

const numbers: Aggregate<SetNumber | FollowNumber, State, NumberSet> = {
  category: 'number',
  decider: {
    initialState: { number: 0 },
    decide: (command, state) => {
      const { number } = command.type === 'SetNumber' ? command.data : command.facts;
      return number === state.number ? [] : [{ type: 'NumberSet', data: { number } }];
    },
    evolve: (_, { data: { number } }) => ({ number }),
  },
};

const catalog = new EventCatalog([
  commandChangedNothing,
  defineEvent('NumberSet', Type.Object({ number: Type.Integer() }, { additionalProperties: false })),
]);
/** Mostly all at one instant: nothing is told apart by when it came. */
let now = new Date('2025-04-08T12:00:00Z');
const clock = { now: () => now };

const context = (more: Partial<CommandContext> = {}): CommandContext => {
  const commandId = newId();
  return { tenant: 'uppsala', actor: { id: 'a', role: 'controller' }, commandId, correlationId: commandId, ...more };
};
const aKey = () => ({ commandId: newId(), repeatable: true });

/** One number, as several processes work on it. */
class OneNumber {
  readonly id = newId();
  /** What followers follow. */
  followed = 0;

  constructor(private readonly log: Log) {}

  get #stream(): string {
    return `uppsala.number-${this.id}`;
  }

  /** A process of its own, with its own memory. */
  process(log: Log = this.log) {
    const runner = new DecisionRunner(log, catalog, clock);
    return {
      set: (number: number, more: Partial<CommandContext> = {}): Promise<Receipt> =>
        runner.run(new SetNumberCommand(this.id, { number }, context(more)), numbers as never),
      follow: (more: Partial<CommandContext> = {}): Promise<Receipt> =>
        runner.run(new FollowNumberCommand(this.id, {}, context(more)), numbers as never, {
          facts: async () => ({ number: this.followed }),
        }),
    };
  }

  /** Holds what this process appends back, from when it has decided until it is let go. */
  heldProcess() {
    let letGo = (): void => undefined;
    let hasDecided = (): void => undefined;
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const decided = new Promise<void>((resolve) => (hasDecided = resolve));
    const log: Log = {
      connection: this.log.connection,
      readStream: (...parameters) => this.log.readStream(...parameters),
      append: async (...parameters) => {
        hasDecided();
        await gate;
        return this.log.append(...parameters);
      },
    };
    return { ...this.process(log), decided, letGo: () => letGo() };
  }

  /** The events that tell of one command. */
  async recordedFor({ commandId }: { readonly commandId: string }) {
    const events = await this.log.readStream(this.#stream);
    return events.filter(({ metadata }) => metadata.commandId === commandId);
  }
}

const server = process.env['KURRENTDB_URL'];
const stores: [name: string, open: () => Promise<{ log: EventStore; close: () => Promise<void> }>][] = [
  [
    'SQLite',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'sparbar-one-answer-'));
      const log = openSqliteEventStore(join(folder, 'events.db'));
      return { log, close: () => log.close().then(() => rm(folder, { recursive: true })) };
    },
  ],
  [
    server ? 'KurrentDB (the server of KURRENTDB_URL)' : 'KurrentDB (a protocol double)',
    async () => {
      const double = server ? undefined : await startKurrentDbDouble();
      const log = openKurrentEventStore(server ?? double!.url);
      return { log, close: () => log.close().then(() => double?.stop()) };
    },
  ],
];

describe.each(stores)('Requests with one key, on %s', (_, open) => {
  let log: EventStore;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ log, close } = await open());
  });
  afterAll(() => close());

  it('get one answer where the first found nothing to change, and another something while it waited', async () => {
    const number = new OneNumber(log);
    await number.process().set(1);
    const [key, slow] = [aKey(), number.heldProcess()];
    const first = slow.set(1, key);
    await slow.decided;
    await number.process().set(2);
    const second = await number.process().set(1, key);
    slow.letGo();
    expect(second.recorded).toEqual(['NumberSet']);
    expect(await first).toEqual(second);
    expect(await number.recordedFor(key)).toHaveLength(1);
  });

  it('get one answer where both wait: one with nothing to change, one with a change', async () => {
    const number = new OneNumber(log);
    await number.process().set(1);
    const [key, nothing, change] = [aKey(), number.heldProcess(), number.heldProcess()];
    const first = nothing.set(1, key);
    await nothing.decided;
    await number.process().set(2);
    const second = change.set(1, key);
    await change.decided;
    nothing.letGo();
    const answer = await first;
    change.letGo();
    expect(await second).toEqual(answer);
    expect(await number.recordedFor(key)).toHaveLength(1);
    expect(await number.process().set(1, key)).toEqual(answer);
  });

  it('get one answer where a change waits, and others have made it needless', async () => {
    const number = new OneNumber(log);
    await number.process().set(1);
    const [key, slow] = [aKey(), number.heldProcess()];
    const first = slow.set(2, key);
    await slow.decided;
    await number.process().set(2);
    const second = await number.process().set(2, key);
    slow.letGo();
    expect(second).toMatchObject({ revision: 1, recorded: [] });
    expect(await first).toEqual(second);
  });

  it.each(['nothing', 'change'] as const)(
    'get one answer where they decide otherwise on the same state, %s first',
    async (quicker) => {
      const number = new OneNumber(log);
      await number.process().set(1);
      const [key, nothing, change] = [aKey(), number.heldProcess(), number.heldProcess()];
      number.followed = 1;
      const found = { nothing: nothing.follow(key), change: nothing.decided.then(() => (number.followed = 2)) };
      await found.change;
      const changed = change.follow(key);
      await change.decided;
      const [first, last] = quicker === 'nothing' ? [nothing, change] : [change, nothing];
      first.letGo();
      const answer = await (quicker === 'nothing' ? found.nothing : changed);
      last.letGo();
      expect(await (quicker === 'nothing' ? changed : found.nothing)).toEqual(answer);
      expect(answer.recorded).toEqual(quicker === 'nothing' ? [] : ['NumberSet']);
      expect(await number.recordedFor(key)).toHaveLength(1);
    },
  );

  it('get one answer where both say which revision they have seen', async () => {
    const number = new OneNumber(log);
    const { revision: expectedRevision } = await number.process().set(1);
    const [key, slow] = [{ ...aKey(), expectedRevision }, number.heldProcess()];
    const first = slow.set(2, key);
    await slow.decided;
    now = new Date(now.getTime() + 1);
    const second = await number.process().set(2, key);
    slow.letGo();
    expect(await first).toEqual(second);
    await expect(number.process().set(3, { ...aKey(), expectedRevision })).rejects.toThrow(RevisionMismatch);
  });

  it('are told apart by what they say, also where they come at one instant', async () => {
    const number = new OneNumber(log);
    await number.process().set(1);
    const [key, slow] = [aKey(), number.heldProcess()];
    const first = slow.set(2, key);
    await slow.decided;
    await number.process().set(3, key);
    slow.letGo();
    await expect(first).rejects.toThrow(IdempotencyKeyReused);
    expect((await number.recordedFor(key)).map(({ data }) => data)).toEqual([{ number: 3 }]);
  });

  it('move no ETag where nothing changes, and stand in nobody’s way', async () => {
    const number = new OneNumber(log);
    const { revision: expectedRevision } = await number.process().set(1);
    const slow = number.heldProcess();
    const held = slow.set(2, { expectedRevision });
    await slow.decided;
    const processes = [number.process(), number.process()];
    const same = Array.from({ length: 40 }, (_, each) => processes[each % 2]!.set(1, aKey()));
    const answers = await Promise.all(same);
    expect(new Set(answers.map(({ revision }) => revision))).toEqual(new Set([expectedRevision]));
    expect(new Set(answers.map(({ position }) => position)).size).toBe(40);
    // The log has moved on by forty answers, and what was seen is still the newest.
    slow.letGo();
    const { revision } = await held;
    expect(await number.process().set(2, aKey())).toMatchObject({ revision, recorded: [] });
    await expect(number.process().set(3, { expectedRevision })).rejects.toThrow(RevisionMismatch);
    expect(await number.process().set(3, { expectedRevision: revision })).toMatchObject({ recorded: ['NumberSet'] });
  });

  it('get the answer that was kept in a stream of its own, as answers were at first', async () => {
    const number = new OneNumber(log);
    const { revision } = await number.process().set(1);
    const [key, { id }] = [aKey(), number];
    const asked = { type: 'SetNumber', id, data: { number: 1 }, effectiveOn: null, decision: null };
    const { tenant, actor, commandId, correlationId } = context(key);
    const recordedAt = clock.now().toISOString();
    const kept = {
      id: idOf(commandId, id, 'answer'),
      type: 'CommandChangedNothing',
      data: { aggregateId: id, revision },
      metadata: {
        ...{ tenant, actor, commandId, correlationId, causationId: commandId, schema: 1 },
        ...{ recordedAt, effectiveOn: '2025-04-08', commandDigest: digestOf(asked) },
      },
    };
    const { position } = await log.append(`uppsala.command-${idOf(commandId, id)}`, [kept], 'no-stream');
    await number.process().set(2);
    expect(await number.process().set(1, key)).toEqual({ id, revision, position, recorded: [] });
    await expect(number.process().set(3, key)).rejects.toThrow(IdempotencyKeyReused);
    expect(await number.recordedFor(key)).toEqual([]);
  });

  it('get one answer in whichever order reads and appends come, and wherever processes end', async () => {
    const request = fc.record({
      kind: fc.constantFrom('keyed' as const, 'keyed' as const, 'other' as const, 'followed' as const),
      number: fc.integer({ min: 1, max: 2 }),
      /** The append that its process ends at, and whether it is recorded; none where it lives. */
      ends: fc.option(fc.record({ at: fc.integer({ min: 1, max: 2 }), recorded: fc.boolean() })),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(request, { minLength: 3, maxLength: 7 }),
        async (scheduler, requests) => {
          const number = new OneNumber(log);
          await number.process().set(1);
          number.followed = 1;
          const key = aKey();
          const answers: Receipt[] = [];
          const sent = requests.map(async ({ ends, kind, number: to }) => {
            await scheduler.schedule(Promise.resolve());
            if (kind === 'followed') return void (number.followed = to);
            const process = number.process(scheduled(log, scheduler, ends ?? undefined));
            try {
              if (kind === 'keyed') answers.push(await process.follow(key));
              else await process.set(to);
            } catch (error) {
              if (!(error instanceof StoreUnavailable)) throw error;
            }
          });
          await scheduler.waitFor(Promise.all(sent));
          answers.push(await number.process().follow(key), await number.process().follow(key));
          for (const answer of answers) expect(answer).toEqual(answers[0]);
          expect(await number.recordedFor(key)).toHaveLength(1);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});

/** The same log, asked in the order that the scheduler chooses, by a process that may end. */
function scheduled(
  log: Log,
  scheduler: fc.Scheduler,
  ends: { readonly at: number; readonly recorded: boolean } | undefined,
): Log {
  let appends = 0;
  return {
    connection: log.connection,
    readStream: async (...parameters) => {
      await scheduler.schedule(Promise.resolve(), 'read');
      return log.readStream(...parameters);
    },
    append: async (...parameters) => {
      await scheduler.schedule(Promise.resolve(), 'append');
      const isLast = ++appends === ends?.at;
      if (isLast && !ends.recorded) throw new StoreUnavailable('double', new Error('ended before'));
      const result = await log.append(...parameters);
      if (isLast) throw new StoreUnavailable('double', new Error('ended after'));
      return result;
    },
  };
}
