import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError, LogDamaged, startOfLog } from '#kernel';
import type { StoredEvent } from '#kernel';
import type { EventStore } from '../event-store.port.js';
import { cursorOf } from '../log-cursor.js';
import type { ForeignEvent } from '../own-events.js';
import { anEvent } from './event-store.features.js';
import type { LogUnderTest } from './event-store.features.js';

/** What somebody else writes into the log: nothing but what is given here. */
export interface Meddling {
  readonly type: string;
  /** Any JSON, or bytes. */
  readonly data: unknown;
  readonly metadata?: unknown;
}

/** A log that others get at, past what Spårbar lets anybody do. */
export interface MeddledLog extends LogUnderTest {
  /** What the store has told of events that are not ours. */
  readonly foreign: readonly ForeignEvent[];
  /** Writes events behind what is in a stream. */
  readonly write: (stream: string, events: readonly Meddling[]) => Promise<void>;
  /** Takes a stream's events away before a revision. */
  readonly trim: (stream: string, before: number) => Promise<void>;
  /** Takes all of a stream away, so that it can be begun anew. */
  readonly removeStream: (stream: string) => Promise<void>;
  /** Ends a stream for good, where the store knows such an end. */
  readonly endStream?: (stream: string) => Promise<void>;
}

/**
 * What every event store keeps to where others have written to its log, or removed from it.
 * @param endsStreams whether the store knows an end of a stream for good
 */
export function describeMeddledLog(
  name: string,
  open: () => Promise<MeddledLog>,
  { endsStreams }: { readonly endsStreams: boolean },
): void {
  describe(`The event store on ${name}, where others get at its log,`, () => {
    let log: MeddledLog;
    let store: EventStore;
    let beginning: string;
    let tenant: string;
    let stream: string;

    beforeEach(async () => {
      log = await open();
      store = log.store;
      beginning = log.beginning ?? startOfLog;
      tenant = (log.tenantNamed ?? ((named) => named))('uppsala');
      stream = `${tenant}.a-1`;
    });
    afterEach(async () => {
      await store.close();
      await log.remove();
    });

    const append = (to: string, ...numbers: number[]) =>
      store.append(
        to,
        numbers.map((number) => anEvent(number, tenant)),
        numbers[0] === 0 ? 'no-stream' : numbers[0]! - 1,
      );
    const numbersOf = (events: readonly StoredEvent[]) => events.map(({ data }) => data['number']);
    const damageOf = async (work: Promise<unknown>): Promise<LogDamaged> => {
      const failure: unknown = await work.then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(LogDamaged);
      return failure as LogDamaged;
    };

    const others: readonly Meddling[] = [
      { type: 'Sent', data: { to: 'somebody' } },
      { type: 'Sent', data: new Uint8Array([0, 159, 146, 150]) },
      { type: 'Noted', data: { number: 0, text: '' }, metadata: { tenant: 'uppsala' } },
      { type: 'Noted', data: 'a text', metadata: ['no', 'object'] },
      { type: '$>', data: '0@somewhere', metadata: { $causedBy: 'a projection' } },
    ];

    describe("with others' events,", () => {
      it('passes over what has no envelope, or that of another tenant, and tells of each once', async () => {
        await append(stream, 0);
        await log.write(`${tenant}-other-1`, others);
        const strayed = anEvent(7, `${tenant}-else`);
        await log.write(`${tenant}.b-1`, [strayed]);
        const { position } = await append(stream, 1);
        expect(numbersOf(await store.readAll({ after: beginning, limit: 2 }))).toEqual([0, 1]);
        expect(numbersOf(await store.readAll({ after: beginning, limit: 100 }))).toEqual([0, 1]);
        expect(numbersOf(await take(store, 2, beginning))).toEqual([0, 1]);
        expect(log.foreign.map(({ type }) => type)).toEqual([...others, strayed].map(({ type }) => type));
        expect(log.foreign.map((event) => event.stream)).toContain(`${tenant}-other-1`);
        expect(await store.head()).toBe(position);
      });

      it('has the newest of our events for its head, however many come after it', async () => {
        const { position } = await append(stream, 0);
        await log.write(
          `${tenant}-other-1`,
          Array.from({ length: 1_000 }, () => others[0]!),
        );
        expect(await store.head()).toBe(position);
        expect(await store.head()).toBe(position);
        expect(await store.readAll({ after: position, limit: 1 })).toEqual([]);
        const next = await append(stream, 1);
        expect(await store.head()).toBe(next.position);
        expect(numbersOf(await store.readAll({ after: position, limit: 1 }))).toEqual([1]);
      });

      it('calls one in a stream of ours damage, and keeps what is ours of it', async () => {
        await append(stream, 0, 1);
        await log.write(stream, [others[0]!]);
        const { damage, left } = await damageOf(store.readStream(stream));
        expect(damage).toEqual({ stream, awaited: 2, found: 2 });
        expect(numbersOf(left)).toEqual([0, 1]);
      });
    });

    describe('with events removed,', () => {
      it('says which revision is there and which should be, and keeps what is left', async () => {
        await append(stream, 0, 1, 2);
        await log.trim(stream, 2);
        const { damage, left, message } = await damageOf(store.readStream(stream));
        expect(damage).toEqual({ stream, awaited: 0, found: 2 });
        expect(numbersOf(left)).toEqual([2]);
        expect(message).toContain(stream);
        await damageOf(store.readStream(stream, { limit: 1 }));
        await damageOf(store.readStream(stream, { after: 0 }));
        expect(numbersOf(await store.readStream(stream, { after: 1 }))).toEqual([2]);
      });

      it('tells a place that was trimmed from another log', async () => {
        await append(stream, 0, 1, 2);
        const [first] = await store.readStream(stream, { limit: 1 });
        await log.trim(stream, 2);
        expect(await store.standingOf(cursorOf(first!))).toBe('trimmed');
      });

      const whereStreamsEnd = endsStreams ? it : it.skip;
      whereStreamsEnd('finds a stream damaged that was ended for good', async () => {
        const { position } = await append(`${tenant}.a-2`, 0);
        await append(stream, 0);
        const [only] = await store.readStream(stream);
        await log.endStream!(stream);
        expect((await damageOf(store.readStream(stream))).damage).toEqual({ stream, awaited: 0, found: undefined });
        await damageOf(store.append(stream, [anEvent(1, tenant)], 0));
        await damageOf(store.append(stream, [anEvent(1, tenant)], 'no-stream'));
        expect(await store.standingOf(cursorOf(only!))).toBe('trimmed');
        expect(numbersOf(await store.readAll({ after: beginning, limit: 10 }))).toEqual([0, 0]);
        expect((await store.head()) > position).toBe(true);
      });

      it('refuses an append that rests on a beginning that is gone, before anything is recorded', async () => {
        await append(stream, 0, 1, 2);
        await log.trim(stream, 2);
        const next = [anEvent(3, tenant)];
        const { damage } = await damageOf(store.append(stream, next, 2, { whole: true }));
        expect(damage).toEqual({ stream, awaited: 0, found: 2 });
        expect(await store.readStream(stream, { after: 2 })).toEqual([]);
        await log.removeStream(stream);
        await expect(store.append(stream, next, 2, { whole: true })).rejects.toThrow(DomainError);
        expect(await store.readStream(stream)).toEqual([]);
      });

      it('does not take what comes after a beginning that is gone for a new story', async () => {
        await append(stream, 0, 1, 2);
        await log.trim(stream, 2);
        const begun = store.append(stream, [anEvent(9, tenant)], 'no-stream');
        await expect(begun).rejects.toThrow(/damaged|expected/);
        await damageOf(store.readStream(stream));
      });

      it('tells of a second life where the store knows of the first one', async () => {
        await append(stream, 0, 1, 2);
        await log.removeStream(stream);
        expect(await store.readStream(stream)).toEqual([]);
        const begun = await store.append(stream, [anEvent(9, tenant)], 'no-stream').catch((error: unknown) => error);
        if (begun instanceof LogDamaged) {
          expect(begun.damage).toEqual({ stream, awaited: 0, found: 3 });
          await damageOf(store.readStream(stream));
        } else {
          // A file that was edited keeps nothing of what it held.
          expect(begun).toMatchObject({ revision: 0 });
        }
      });
    });
  });
}

/** Reads a subscription until it has given so many events. Bounded by the test's own time. */
async function take(store: EventStore, count: number, after: string): Promise<StoredEvent[]> {
  const enough = new AbortController();
  const seen: StoredEvent[] = [];
  for await (const batch of store.subscribe({ after, signal: enough.signal })) {
    expect(batch.length).toBeGreaterThan(0);
    seen.push(...batch);
    if (seen.length >= count) enough.abort();
  }
  return seen;
}
