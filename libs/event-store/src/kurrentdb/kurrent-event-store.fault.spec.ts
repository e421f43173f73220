import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AppendTooLarge, RevisionMismatch, startOfLog, StoreUnavailable } from '#kernel';
import type { EventEnvelope, StoreFailure, StoredEvent } from '#kernel';
import { until } from '#kernel/testing';
import { startKurrentDbDouble } from '../../../../test/support/kurrentdb-double/kurrentdb-double.mjs';
import type { KurrentDbDouble } from '../../../../test/support/kurrentdb-double/kurrentdb-double.mjs';
import type { StoreProcess } from '../../../../test/support/started-server.js';
import { kurrentDbName, startKurrentDb } from '../../../../test/support/store-processes.js';
import { AheadOfLog } from '../ahead-of-log.js';
import { ConnectionChanged } from '../connection-changed.js';
import type { EventStore, ExpectedRevision } from '../event-store.port.js';
import { cursorOf } from '../log-cursor.js';
import { anEvent } from '../testing/index.js';
import { openKurrentEventStore } from './index.js';
import { meddleOverTheProtocol } from './testing/meddling.js';

/** What a subscription has given so far. */
class Seen {
  readonly events: StoredEvent[] = [];
  readonly #ended = new AbortController();
  readonly #reading: Promise<void>;

  constructor(store: EventStore, batchSize: number, pace: () => Promise<void> = async () => {}) {
    this.#reading = (async () => {
      for await (const batch of store.subscribe({ batchSize, signal: this.#ended.signal })) {
        this.events.push(...batch);
        await pace();
      }
    })();
  }

  get numbers(): unknown[] {
    return this.events.map(({ data }) => data['number']);
  }

  /** Resolves when the subscription has ended, and rejects with what it ended with. */
  get ended(): Promise<void> {
    return this.#reading;
  }

  async end(): Promise<void> {
    this.#ended.abort();
    await this.#reading;
  }
}

/** Waits until something holds; bounded by the time of the test. */
const numbersTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('The event store on KurrentDB, when the server (a protocol double) fails,', () => {
  let double: KurrentDbDouble;
  let store: EventStore;
  let troubles: StoreFailure[];
  let next: number;

  beforeEach(async () => {
    double = await startKurrentDbDouble({ slowConsumerLimit: 50 });
    troubles = [];
    next = 0;
    store = openKurrentEventStore(double.url, { onTrouble: (trouble) => troubles.push(trouble) });
  });
  afterEach(async () => {
    await store.close();
    await double.stop();
  });

  const append = async (count: number) => {
    for (const end = next + count; next < end; next++) {
      await store.append('uppsala.a-1', [anEvent(next)], next === 0 ? 'no-stream' : next - 1);
    }
  };

  it('waits for events that lie behind many of others, as long as the server is alive', async () => {
    const patient = openKurrentEventStore(double.url, { deadline: 1_000 });
    await store.append('uppsala.a-1', [anEvent(1)], 'no-stream');
    for (let number = 0; number < 15; number++) {
      await store.append(`lund.a-${number}`, [anEvent(number, 'lund')], 'no-stream');
    }
    await store.append('uppsala.a-1', [anEvent(2)], 0);
    const [first] = await patient.readAll({ tenant: 'uppsala', limit: 1 });
    const { connection } = patient;
    double.scanSlowly(150);
    const [second] = await patient.readAll({ tenant: 'uppsala', after: first!.position, limit: 1 });
    expect(second!.data).toMatchObject({ number: 2 });
    const seen: StoredEvent[] = [];
    const ended = new AbortController();
    for await (const batch of patient.subscribe({ tenant: 'uppsala', batchSize: 1, signal: ended.signal })) {
      seen.push(...batch);
      if (seen.length === 2) ended.abort();
    }
    expect(seen.map(({ id }) => id)).toEqual([first!.id, second!.id]);
    expect(patient.connection).toBe(connection);
    await patient.close();
  });

  it('is waited for again where it has become slow, after it was given less and less time for its silence', async () => {
    const hurried = openKurrentEventStore(double.url, { deadline: 1_000 });
    await hurried.append('uppsala.a-1', [anEvent(1)], 'no-stream');
    double.answerSlowly(1_500);
    await expect(hurried.readStream('uppsala.a-1')).rejects.toMatchObject({ reason: 'timed-out' });
    double.answerSlowly(700);
    const outcomes: unknown[] = [];
    for (let attempt = 1; attempt <= 4; attempt++) {
      outcomes.push(
        await hurried.readStream('uppsala.a-1').then(
          ({ length }) => length,
          (error: StoreFailure) => (error as StoreUnavailable).reason,
        ),
      );
    }
    expect(outcomes.slice(0, 1)).toEqual(['timed-out']);
    expect(outcomes.slice(2)).toEqual([1, 1]);
    await hurried.close();
  });

  it('is told that its right to follow is gone though the server goes on with what is open, and events come', async () => {
    const followed = openKurrentEventStore(double.url, {
      silence: 200,
      onTrouble: (trouble) => troubles.push(trouble),
    });
    await append(1);
    const seen = new Seen(followed, 10);
    await until(() => seen.events.length === 1 && double.subscriptions() === 1);
    double.deny({ call: 'subscribe' });
    // Never silent for as long as it would bear with.
    while (troubles.length === 0) {
      await append(1);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(troubles[0]).toMatchObject({ code: 'store-refused' });
    double.allowAll();
    await until(() => seen.events.length === next);
    expect(seen.numbers).toEqual(numbersTo(next));
    await seen.end();
    await followed.close();
  });

  it('follows a long log also where the native library of the client is turned away', async () => {
    double.turnLibraryAway();
    await append(25);
    const { connection } = store;
    const ended = new AbortController();
    const seen: number[] = [];
    for await (const batch of store.subscribe({ batchSize: 10, signal: ended.signal })) {
      seen.push(...batch.map(({ revision }) => revision));
      if (seen.length >= 25) ended.abort();
    }
    expect(seen).toEqual(numbersTo(25));
    expect(troubles).toHaveLength(1);
    expect(store.connection).toBe(connection);
  });

  it('takes a subscription that was aborted as too slow for no lost connection', async () => {
    await append(1);
    const { connection } = store;
    const ended = new AbortController();
    const following = (async () => {
      for await (const batch of store.subscribe({ signal: ended.signal })) {
        if (batch.at(-1)!.revision === 1) ended.abort();
      }
    })();
    await until(() => double.subscriptions() === 1);
    double.abortSlowConsumers();
    await until(() => troubles.length === 1);
    await append(1);
    await following;
    expect(store.connection).toBe(connection);
  });

  it('goes on with a subscription that was dropped, and one that was aborted as too slow', async () => {
    await append(3);
    const seen = new Seen(store, 10);
    for (const fail of ['dropSubscriptions', 'abortSlowConsumers', 'dropSubscriptions'] as const) {
      await until(() => seen.events.length === next && double.subscriptions() === 1);
      await append(2);
      double[fail]();
      await append(2);
    }
    await until(() => seen.events.length === next);
    await seen.end();
    expect(seen.numbers).toEqual(numbersTo(next));
    expect(troubles).toHaveLength(3);
  });

  it('takes a place that was deleted and scavenged for trimmed, and goes on after it, also where it was the last', async () => {
    await append(2);
    const { position } = await store.append('uppsala.a-2', [anEvent(0)], 'no-stream');
    const last = cursorOf((await store.readStream('uppsala.a-2'))[0]!);
    const meddler = meddleOverTheProtocol(double.url);
    await meddler.removeStream('uppsala.a-2');
    expect(await store.standingOf(last)).toBe('trimmed');
    await double.scavenge();
    expect(await store.standingOf(last)).toBe('trimmed');
    expect(await store.standingOf({ position })).not.toBe('replaced');
    const seen: unknown[] = [];
    const ended = new AbortController();
    const following = (async () => {
      for await (const batch of store.subscribe({ after: position, signal: ended.signal })) {
        seen.push(...batch.map(({ data }) => data['number']));
      }
    })();
    await append(1);
    await until(() => seen.length === 1);
    double.dropSubscriptions();
    await append(1);
    await until(() => seen.length === 2);
    ended.abort();
    await following;
    await meddler.end();
    expect(seen).toEqual([2, 3]);
  });

  it('waits for a reader that is slow, without keeping for it what it has not taken', async () => {
    await append(1);
    let pass: () => void = () => {};
    const seen = new Seen(store, 5, () => new Promise((resolve) => (pass = resolve)));
    await until(() => seen.events.length === 1);
    pass();
    await until(() => double.subscriptions() === 1);
    await append(200);
    // It has let go of the server, which would else have sent everything: nothing flows until the reader goes on.
    await until(() => double.subscriptions() === 0);
    expect(seen.events.length).toBeLessThan(10);
    const passing = setInterval(() => pass(), 1);
    await until(() => seen.events.length === next);
    clearInterval(passing);
    const ended = seen.end();
    pass();
    await ended;
    expect(seen.numbers).toEqual(numbersTo(next));
  });

  it('finds by itself what a subscription that died unnoticed has missed', async () => {
    const hasty = openKurrentEventStore(double.url, { silence: 100 });
    await append(1);
    const seen = new Seen(hasty, 10);
    await until(() => seen.events.length === 1 && double.subscriptions() === 1);
    double.muteSubscriptions();
    await append(1);
    await until(() => seen.events.length === 2);
    await seen.end();
    await hasty.close();
    expect(seen.numbers).toEqual([0, 1]);
  });

  it("does not look again and again at others' events and the server's own, to tell its head or whether it has missed one", async () => {
    const hasty = openKurrentEventStore(double.url, { silence: 50 });
    await append(1);
    const { end, write } = meddleOverTheProtocol(double.url);
    const foreign = Array.from({ length: 100 }, () => ({ type: 'Sent', data: {} }));
    for (let round = 0; round < 10; round++) await write(round % 2 ? 'other' : '$other', foreign);
    const seen = new Seen(hasty, 10);
    await until(() => seen.events.length === 1 && double.subscribed() > 1);
    await hasty.head();
    const [first, since] = [double.lookedAt(), double.subscribed()];
    await until(() => double.subscribed() >= since + 5);
    await Promise.all([hasty.head(), hasty.head(), hasty.head()]);
    expect(double.lookedAt() - first).toBeLessThan(1_000);
    await append(1);
    await until(() => seen.events.length === 2);
    expect(await hasty.head()).toBe(seen.events[1]!.position);
    await seen.end();
    await end();
    await hasty.close();
    expect(seen.numbers).toEqual([0, 1]);
  });

  it('records an append once whose answer was lost, and gives its answer', async () => {
    await append(1);
    double.loseAnswers(1);
    const result = await store.append('uppsala.a-1', [anEvent(1)], 0);
    expect(result).toEqual({ revision: 1, position: await store.head() });
    expect(await store.readStream('uppsala.a-1')).toHaveLength(2);
  });

  it('says that an append is in doubt, which the same append settles', async () => {
    await append(1);
    const event = anEvent(1);
    double.loseAnswers(2);
    await expect(store.append('uppsala.a-1', [event], 0)).rejects.toThrow(StoreUnavailable);
    await expect(store.append('uppsala.a-1', [event], 0)).resolves.toMatchObject({ revision: 1 });
    await expect(store.append('uppsala.a-1', [anEvent(2)], 0)).rejects.toThrow(RevisionMismatch);
    expect(await store.readStream('uppsala.a-1')).toHaveLength(2);
  });

  it('names the limit and the size of an append that is too large, and takes the next one', async () => {
    const large = { ...anEvent(), data: { text: 'å'.repeat(600_000) } };
    const failure: unknown = await store.append('uppsala.a-1', [large], 'no-stream').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AppendTooLarge);
    const { limit, message, size } = failure as AppendTooLarge;
    expect(limit).toBe(1_048_576);
    expect(size).toBeGreaterThan(1_200_000);
    expect(message).toContain('1048576 bytes');
    await append(1);
    expect(next).toBe(1);
  });

  it("never gives the server's own events, nor those of a tenant whose name begins alike", async () => {
    await append(25);
    await store.append('uppsala-test.a-1', [anEvent(0, 'uppsala-test')], 'no-stream');
    const all = await store.readAll({ limit: 100 });
    expect(all).toHaveLength(26);
    expect(all.some(({ stream }) => stream.startsWith('$'))).toBe(false);
    const read = await store.readAll({ tenant: 'uppsala', limit: 100 });
    expect(new Set(read.map(({ stream }) => stream))).toEqual(new Set(['uppsala.a-1']));
    expect(await store.head()).toBe(all.at(-1)!.position);
  });

  it('refuses a connection string that would hide conflicts', () => {
    expect(() => openKurrentEventStore(`${double.url}&throwOnAppendFailure=false`)).toThrow(/hides conflicts/);
  });

  it('opens while the server is down, says so, ends its subscriptions when it closes, and works when it is back', async () => {
    const { port } = double;
    await double.stop();
    const early = openKurrentEventStore(double.url, { deadline: 2_000 });
    await expect(early.append('uppsala.a-1', [anEvent()], 'no-stream')).rejects.toThrow(StoreUnavailable);
    await expect(early.append('uppsala.a-1', [anEvent()], 'no-stream')).rejects.toThrow(StoreUnavailable);
    await expect(early.readAll({ limit: 1 })).rejects.toThrow(StoreUnavailable);
    const closing = openKurrentEventStore(double.url, { deadline: 2_000 });
    const seen = new Seen(closing, 10);
    await closing.close();
    await seen.end();
    double = await startKurrentDbDouble({ port });
    await appended(early, 'uppsala.a-1', [anEvent()], 'no-stream');
    expect(await answered(() => early.readAll({ limit: 10 }))).toHaveLength(1);
    await early.close();
  });
});

/** The answer, asked for until the store is there; bounded by the time of the test. */
async function answered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** Appends until it is answered, always the same events: what is in doubt is settled by the same append. */
const appended = (store: EventStore, stream: string, events: EventEnvelope[], expected: ExpectedRevision) =>
  answered(() => store.append(stream, events, expected));

describe(`The event store on KurrentDB, with the server (${kurrentDbName}) in a process of its own,`, () => {
  let folder: string;
  let server: StoreProcess;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-kurrent-'));
    server = await startKurrentDb(join(folder, 'log'));
  });
  afterEach(async () => {
    await server.kill();
    await rm(folder, { recursive: true });
  });

  it('has every acknowledged event once, though the server is killed under eight writers', async () => {
    const store = openKurrentEventStore(server.url, { deadline: 2_000 });
    const seen = new Seen(store, 100);
    const acknowledged: EventEnvelope[] = [];
    let writing = true;
    const writers = numbersTo(8).map(async (writer) => {
      for (let revision = 0; writing; revision++) {
        const event = anEvent(revision);
        const expected = revision === 0 ? 'no-stream' : revision - 1;
        const result = await answered(() => store.append(`uppsala.a-${writer}`, [event], expected));
        expect(result.revision).toBe(revision);
        acknowledged.push(event);
      }
    });
    for (let kill = 0; kill < 3; kill++) {
      const before = acknowledged.length;
      await until(() => acknowledged.length > before + 100);
      await server.kill();
      server = await startKurrentDb(join(folder, 'log'), server.port);
    }
    writing = false;
    await Promise.all(writers);
    const head = await answered(() => store.head());
    await until(() => seen.events.at(-1)?.position === head);
    await seen.end();
    await store.close();
    const ids = seen.events.map(({ id }) => id);
    expect([...ids].sort()).toEqual(acknowledged.map(({ id }) => id).sort());
    const positions = seen.events.map(({ position }) => position);
    expect([...positions].sort()).toEqual(positions);
  });

  it('says of a subscription that it is ahead where the server comes back with an older log', async () => {
    const store = openKurrentEventStore(server.url, { deadline: 2_000 });
    await appended(store, 'uppsala.a-1', [anEvent(0)], 'no-stream');
    const position = await store.head();
    await server.kill();
    await cp(join(folder, 'log'), join(folder, 'copy'), { recursive: true });
    server = await startKurrentDb(join(folder, 'log'), server.port);
    await appended(store, 'uppsala.a-1', [anEvent(1)], 0);
    const seen = new Seen(store, 100);
    const waiting = (async () => {
      const { signal } = new AbortController();
      for await (const _ of store.subscribe({ after: await answered(() => store.head()), signal }));
    })();
    const [nothingSeen, allSeen] = [waiting, seen.ended].map((each) => expect(each).rejects.toThrow(AheadOfLog));
    await until(() => seen.events.length === 2);
    await server.kill();
    server = await startKurrentDb(join(folder, 'copy'), server.port);
    await nothingSeen;
    // Another event in the place of the one that was seen is not that one.
    await appended(store, 'uppsala.a-1', [anEvent(2)], 0);
    await allSeen;
    const after = new AbortController();
    for await (const batch of store.subscribe({ after: position, signal: after.signal })) {
      expect(batch.map(({ data }) => data['number'])).toEqual([2]);
      after.abort();
    }
    await store.close();
  });

  it('counts the connections that were lost, and sends nothing over another that was asked for over one of them', async () => {
    const store = openKurrentEventStore(server.url, { deadline: 2_000 });
    await appended(store, 'uppsala.a-1', [anEvent(0)], 'no-stream');
    await server.kill();
    await cp(join(folder, 'log'), join(folder, 'copy'), { recursive: true });
    server = await startKurrentDb(join(folder, 'log'), server.port);
    await appended(store, 'uppsala.a-1', [anEvent(1), anEvent(2)], 0);
    const lost = cursorOf((await answered(() => store.readStream('uppsala.a-1')))[2]!);
    const { connection } = store;
    expect(await store.standingOf(lost)).toBe('same');

    // Nothing is asked while it is gone, so that no failure tells of it.
    await server.kill();
    server = await startKurrentDb(join(folder, 'copy'), server.port);
    const fourth = anEvent(3);
    const kept = () => store.append('uppsala.a-1', [fourth], 0, { connection });
    await expect(answered(kept)).rejects.toThrow(ConnectionChanged);
    expect(await answered(() => store.readStream('uppsala.a-1'))).toHaveLength(1);
    expect(await answered(() => store.standingOf(lost))).toBe('replaced');

    // Regrown past the place it has another event there, or one that lies across it.
    for (let revision = 0; revision < 3; revision++) {
      const long = { ...anEvent(revision), data: { number: revision, text: 'x'.repeat(400) } };
      await answered(() => store.append('uppsala.b-1', [long], revision === 0 ? 'no-stream' : revision - 1));
    }
    expect((await answered(() => store.head())) > lost.position).toBe(true);
    expect(await answered(() => store.standingOf(lost))).toBe('replaced');
    expect(await answered(() => store.standingOf({ position: lost.position }))).toBe('replaced');
    // To ask for a place that is none breaks no connection, and is told for what it is.
    const { connection: now } = store;
    await expect(store.readAll({ after: lost.position, limit: 1 })).rejects.toThrow(AheadOfLog);
    const following = store.subscribe({ after: lost.position, signal: new AbortController().signal });
    await expect(following[Symbol.asyncIterator]().next()).rejects.toThrow(AheadOfLog);
    expect(store.connection).toBe(now);
    await store.close();
  });

  it('does not wait for a server that is frozen, and goes on when it thaws', async () => {
    const store = openKurrentEventStore(server.url, { deadline: 300 });
    await appended(store, 'uppsala.a-1', [anEvent(0)], 'no-stream');
    await answered(() => store.readAll({ limit: 1 }));
    const seen = new Seen(store, 10);
    await until(() => seen.events.length === 1);
    await server.freeze();
    const asked = Date.now();
    const second = anEvent(1);
    await expect(store.append('uppsala.a-1', [second], 0)).rejects.toThrow(StoreUnavailable);
    await expect(store.readStream('uppsala.a-1')).rejects.toThrow(StoreUnavailable);
    await expect(store.head()).rejects.toThrow(StoreUnavailable);
    expect(Date.now() - asked).toBeLessThan(3_000);
    server.thaw();
    await answered(() => store.append('uppsala.a-1', [second], 0));
    await appended(store, 'uppsala.a-1', [anEvent(2)], 1);
    await until(() => seen.events.length === 3);
    await seen.end();
    expect(seen.numbers).toEqual([0, 1, 2]);
    expect(await answered(() => store.head())).not.toBe(startOfLog);
    await store.close();
  });

  it('closes in bounded time though the server is frozen', async () => {
    const store = openKurrentEventStore(server.url, { deadline: 300 });
    await appended(store, 'uppsala.a-1', [anEvent(0)], 'no-stream');
    const seen = new Seen(store, 10);
    await until(() => seen.events.length === 1);
    await server.freeze();
    const asked = Date.now();
    const inDoubt = store.append('uppsala.a-1', [anEvent(1)], 0).catch((error: unknown) => error);
    await store.close();
    await seen.end();
    expect(await inDoubt).toBeInstanceOf(StoreUnavailable);
    expect(Date.now() - asked).toBeLessThan(3_000);
    server.thaw();
  });
});
