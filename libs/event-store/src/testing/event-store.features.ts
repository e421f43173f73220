import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AppendTooLarge, DomainError, newId, RevisionMismatch, startOfLog, StoreUnavailable } from '#kernel';
import type { EventEnvelope, StoredEvent } from '#kernel';
import { ConnectionChanged } from '../connection-changed.js';
import { appendSize, maxAppendBytes } from '../append-size.js';
import type { EventStore } from '../event-store.port.js';
import { bytesOfEvent, maxPageBytes } from '../page-room.js';
import { pagesOfStream } from '../pages-of-stream.js';
import { cursorOf } from '../log-cursor.js';

/** A log made for one test. */
export interface LogUnderTest {
  readonly store: EventStore;
  /** Where the test's own part of the log begins, where others write to the same log; its start when left out. */
  readonly beginning?: string;
  /** The tenant that the test means, where others write to the same log: names of its own for each test. */
  readonly tenantNamed?: (name: string) => string;
  /** Opens the same log once more, as another process would. The suite closes it. */
  readonly openAgain: () => Promise<EventStore>;
  /** Removes what the test has made. */
  readonly remove: () => Promise<void>;
}

/** An event of no feature, to fill a log with. */
export function anEvent(number = 0, tenant = 'uppsala'): EventEnvelope {
  const id = newId();
  return {
    id,
    type: 'Noted',
    data: { number, text: 'Å 5 787 (okt)' },
    metadata: {
      tenant,
      schema: 1,
      recordedAt: '2025-04-08T09:12:44.120Z',
      effectiveOn: '2025-03-31',
      actor: { id: 'someone', role: 'controller' },
      commandId: id,
      commandDigest: '0',
      correlationId: id,
      causationId: id,
    },
  };
}

/** What every event store keeps to. An adapter's own specification calls this with a way to open a new log. */
export function describeEventStore(name: string, open: () => Promise<LogUnderTest>): void {
  describe(`The event store on ${name}`, () => {
    let log: LogUnderTest;
    let store: EventStore;
    let beginning: string;
    let uppsala: string;
    let umea: string;
    const ending = new AbortController();

    beforeEach(async () => {
      log = await open();
      store = log.store;
      beginning = log.beginning ?? startOfLog;
      const named = log.tenantNamed ?? ((name) => name);
      uppsala = named('uppsala');
      umea = named('umea');
    });
    afterEach(async () => {
      await store.close();
      await log.remove();
    });

    describe('appends', () => {
      it('to a new stream, and gives back what was recorded, in order', async () => {
        const events = [anEvent(0, uppsala), anEvent(1, uppsala), anEvent(2, uppsala)];
        const { position, revision } = await store.append(`${uppsala}.a-1`, events, 'no-stream');
        expect(revision).toBe(2);
        const read = await store.readStream(`${uppsala}.a-1`);
        expect(read.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
        expect(read.map((event) => event.revision)).toEqual([0, 1, 2]);
        expect(read[0]).toMatchObject({ ...events[0], stream: `${uppsala}.a-1` });
        expect(read.at(-1)!.position).toBe(position);
        expect(await store.head()).toBe(position);
      });

      it('after the revision that the caller expects, and at no other', async () => {
        await store.append(`${uppsala}.a-1`, [anEvent(0, uppsala)], 'no-stream');
        const next = await store.append(`${uppsala}.a-1`, [anEvent(0, uppsala)], 0);
        expect(next.revision).toBe(1);
        await expect(store.append(`${uppsala}.a-1`, [anEvent(0, uppsala)], 0)).rejects.toThrow(RevisionMismatch);
        await expect(store.append(`${uppsala}.a-1`, [anEvent(0, uppsala)], 7)).rejects.toThrow(RevisionMismatch);
        await expect(store.append(`${uppsala}.a-1`, [anEvent(0, uppsala)], 'no-stream')).rejects.toThrow(
          RevisionMismatch,
        );
        await expect(store.append(`${uppsala}.a-2`, [anEvent(0, uppsala)], 0)).rejects.toThrow(RevisionMismatch);
        expect(await store.readStream(`${uppsala}.a-1`)).toHaveLength(2);
        expect(await store.readStream(`${uppsala}.a-2`)).toEqual([]);
      });

      it('lets one of many that race for a revision through', async () => {
        await store.append(`${uppsala}.a-1`, [anEvent(0, uppsala)], 'no-stream');
        const other = await log.openAgain();
        const racing = Array.from({ length: 20 }, (_, index) =>
          (index % 2 ? store : other).append(`${uppsala}.a-1`, [anEvent(index, uppsala)], 0),
        );
        const outcomes = await Promise.allSettled(racing);
        await other.close();
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        expect(outcomes.filter((outcome) => isMismatch(outcome))).toHaveLength(19);
        expect(await store.readStream(`${uppsala}.a-1`)).toHaveLength(2);
      });

      it('answers the same append as it did the first time, and records nothing', async () => {
        const events = [anEvent(0, uppsala), anEvent(1, uppsala)];
        const first = await store.append(`${uppsala}.a-1`, events, 'no-stream');
        await store.append(`${uppsala}.a-1`, [anEvent(2, uppsala)], 1);
        expect(await store.append(`${uppsala}.a-1`, events, 'no-stream')).toEqual(first);
        expect(await store.readStream(`${uppsala}.a-1`)).toHaveLength(3);
      });

      it('refuses events that it knows where others have come with them, and records nothing of them', async () => {
        const known = anEvent(0, uppsala);
        await store.append(`${uppsala}.a-1`, [known], 'no-stream');
        await expect(store.append(`${uppsala}.a-1`, [known, anEvent(1, uppsala)], 'no-stream')).rejects.toThrow(
          DomainError,
        );
        expect(await store.readStream(`${uppsala}.a-1`)).toHaveLength(1);
      });

      it('takes as much at once as the limit of every store says, and nothing of what is more', async () => {
        const text = (bytes: number) => 'å'.repeat(bytes >> 1) + 'a'.repeat(bytes & 1);
        const filled = (more: number) => {
          const events = [anEvent(0, uppsala), anEvent(1, uppsala)];
          const last = { ...events[1]!, data: { number: 1, text: '' } };
          const room = maxAppendBytes - appendSize([events[0]!, last]);
          return [events[0]!, { ...last, data: { number: 1, text: text(room + more) } }];
        };
        const failure: unknown = await store
          .append(`${uppsala}.a-1`, filled(1), 'no-stream')
          .catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(AppendTooLarge);
        expect(failure).toMatchObject({ size: maxAppendBytes + 1, limit: maxAppendBytes });
        expect(await store.readStream(`${uppsala}.a-1`)).toEqual([]);
        await store.append(`${uppsala}.a-1`, filled(0), 'no-stream');
        expect(await store.readStream(`${uppsala}.a-1`)).toHaveLength(2);
      });

      it('refuses one without making others suffer that come at the same time', async () => {
        await store.append(`${uppsala}.a-0`, [anEvent(0, uppsala)], 'no-stream');
        const outcomes = await Promise.allSettled([
          store.append(`${uppsala}.a-1`, [anEvent(0, uppsala)], 'no-stream'),
          store.append(`${uppsala}.a-0`, [anEvent(0, uppsala), anEvent(0, uppsala)], 'no-stream'),
          store.append(`${uppsala}.a-2`, [anEvent(0, uppsala), anEvent(0, uppsala)], 'no-stream'),
        ]);
        expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
        expect(await store.readAll({ after: beginning, limit: 10 })).toHaveLength(4);
      });
    });

    describe('reads', () => {
      it('a stream from a revision on, and so many', async () => {
        await store.append(
          `${uppsala}.a-1`,
          [0, 1, 2, 3].map((number) => anEvent(number, uppsala)),
          'no-stream',
        );
        const read = async (options: object) =>
          (await store.readStream(`${uppsala}.a-1`, options)).map(({ revision }) => revision);
        expect(await read({ after: 1 })).toEqual([2, 3]);
        expect(await read({ after: 0, limit: 2 })).toEqual([1, 2]);
        expect(await read({ after: 3 })).toEqual([]);
        expect(await store.readStream(`${uppsala}.unknown-1`)).toEqual([]);
      });

      it('the whole log in the order of positions, in pages', async () => {
        for (let number = 0; number < 7; number++) {
          await store.append(
            `${uppsala}.a-${number % 3}`,
            [anEvent(number, uppsala)],
            number < 3 ? 'no-stream' : Math.floor(number / 3) - 1,
          );
        }
        const seen: StoredEvent[] = [];
        for (let after = beginning; ; after = seen.at(-1)!.position) {
          const page = await store.readAll({ after, limit: 3 });
          if (page.length === 0) break;
          expect(page.length).toBeLessThanOrEqual(3);
          seen.push(...page);
        }
        expect(seen.map(({ data }) => data['number'])).toEqual([0, 1, 2, 3, 4, 5, 6]);
        const positions = seen.map(({ position }) => position);
        expect([...positions].sort()).toEqual(positions);
        expect(positions.every((position) => position.length === startOfLog.length && position > beginning)).toBe(true);
      });

      it('large events in pages of so many bytes, however many are asked for', async () => {
        const [count, atOnce, limit] = [180, 5, 2_500];
        const stream = `${uppsala}.a-1`;
        for (let first = 0; first < count; first += atOnce) {
          const events = Array.from({ length: atOnce }, (_, index) => {
            const event = anEvent(first + index, uppsala);
            return { ...event, data: { ...event.data, text: 'å'.repeat(100_000) } };
          });
          await store.append(stream, events, first === 0 ? 'no-stream' : first - 1);
        }

        async function expectPages(pages: AsyncIterable<readonly StoredEvent[]>): Promise<void> {
          const seen: unknown[] = [];
          let read = 0;
          for await (const page of pages) {
            const bytes = page.map(bytesOfEvent);
            expect(bytes.slice(0, -1).reduce((sum, one) => sum + one, 0)).toBeLessThan(maxPageBytes);
            seen.push(...page.map(({ data }) => data['number']));
            read++;
            if (seen.length === count) break;
          }
          expect(seen).toEqual(Array.from({ length: count }, (_, number) => number));
          expect(read).toBeGreaterThan(2);
        }

        async function* pagesOfLog() {
          for (let after = beginning; ;) {
            const page = await store.readAll({ after, limit });
            if (page.length === 0) return;
            yield page;
            after = page.at(-1)!.position;
          }
        }
        await expectPages(pagesOfLog());
        await expectPages(pagesOfStream(store, stream, { limit }));
        const enough = new AbortController();
        await expectPages(store.subscribe({ after: beginning, batchSize: limit, signal: enough.signal }));
        enough.abort();
      });

      it('one tenant and nothing of another', async () => {
        await store.append(`${uppsala}.a-1`, [anEvent(0, uppsala)], 'no-stream');
        await store.append(`${umea}.a-1`, [anEvent(1, umea)], 'no-stream');
        await store.append(`${uppsala}.a-2`, [anEvent(2, uppsala)], 'no-stream');
        const read = await store.readAll({ tenant: umea, limit: 10 });
        expect(read.map(({ stream }) => stream)).toEqual([`${umea}.a-1`]);
      });
    });

    describe('subscribes', () => {
      it('to what is recorded and then to what comes, each once and in order', async () => {
        const writer = (async () => {
          for (let number = 0; number < 60; number++) {
            await store.append(`${uppsala}.a-1`, [anEvent(number, uppsala)], number === 0 ? 'no-stream' : number - 1);
          }
        })();
        const seen = await take(store, 60, { after: beginning, batchSize: 7 });
        await writer;
        expect(seen.map(({ revision }) => revision)).toEqual(Array.from({ length: 60 }, (_, index) => index));
      });

      it('from a position on, to one tenant', async () => {
        const { position } = await store.append(
          `${uppsala}.a-1`,
          [anEvent(0, uppsala), anEvent(1, uppsala)],
          'no-stream',
        );
        await store.append(`${umea}.a-1`, [anEvent(2, umea)], 'no-stream');
        await store.append(`${uppsala}.a-2`, [anEvent(3, uppsala)], 'no-stream');
        const seen = await take(store, 1, { after: position, tenant: uppsala });
        expect(seen.map(({ data }) => data['number'])).toEqual([3]);
      });

      it('also to what another process appends', async () => {
        const other = await log.openAgain();
        const seen = take(store, 2, { after: beginning });
        await other.append(`${uppsala}.a-1`, [anEvent(0, uppsala)], 'no-stream');
        await other.append(`${uppsala}.a-1`, [anEvent(1, uppsala)], 0);
        expect((await seen).map(({ data }) => data['number'])).toEqual([0, 1]);
        await other.close();
      });

      it('until it is told to end, and until the store closes', async () => {
        const ended = new AbortController();
        const waiting = drain(store, beginning, ended.signal);
        ended.abort();
        await expect(waiting).resolves.toBe(0);
        const left = drain(store, beginning, ending.signal);
        await store.close();
        await expect(left).resolves.toBe(0);
      });
    });

    describe('tells whether it is the log in which a place was noted', () => {
      it('by the event that stands there, or by its position alone', async () => {
        await store.append(`${uppsala}.a-1`, [anEvent(0, uppsala), anEvent(1, uppsala)], 'no-stream');
        await store.append(`${umea}.a-1`, [anEvent(2, umea)], 'no-stream');
        for (const event of await store.readAll({ after: beginning, limit: 3 })) {
          expect(await store.standingOf(cursorOf(event))).toBe('same');
          expect(await store.standingOf({ position: event.position })).toBe('same');
        }
        expect(await store.standingOf({ position: startOfLog })).toBe('same');
      });

      it('where another event stands there, and where the log ends before it', async () => {
        await store.append(`${uppsala}.a-1`, [anEvent(0, uppsala), anEvent(1, uppsala)], 'no-stream');
        const [first, second] = (await store.readStream(`${uppsala}.a-1`)).map(cursorOf);
        expect(await store.standingOf({ ...first!, eventId: newId() })).toBe('replaced');
        expect(await store.standingOf({ ...first!, position: second!.position })).toBe('replaced');
        // Its stream is not there, and another event stands where it stood.
        expect(await store.standingOf({ ...first!, eventId: newId(), stream: `${uppsala}.a-2` })).toBe('replaced');
        const beyond = String(Number(second!.position) + 100_000).padStart(startOfLog.length, '0');
        expect(await store.standingOf({ position: beyond })).toBe('replaced');
        expect(await store.standingOf({ ...second!, stream: `${uppsala}.a-2`, position: beyond })).toBe('replaced');
      });
    });

    it('appends over the connection that is asked for, and over no other', async () => {
      const { connection } = store;
      await store.append(`${uppsala}.a-1`, [anEvent(0, uppsala)], 'no-stream', { connection });
      expect(store.connection).toBe(connection);
      const late = store.append(`${uppsala}.a-1`, [anEvent(1, uppsala)], 0, { connection: connection - 1 });
      await expect(late).rejects.toThrow(ConnectionChanged);
      expect(await store.readStream(`${uppsala}.a-1`)).toHaveLength(1);
    });

    it('keeps what it answered when it is opened again', async () => {
      const { position } = await store.append(`${uppsala}.a-1`, [anEvent(0, uppsala)], 'no-stream');
      await store.close();
      const again = await log.openAgain();
      expect(await again.head()).toBe(position);
      expect(await again.readStream(`${uppsala}.a-1`)).toHaveLength(1);
      await again.close();
    });

    it('finishes what is under way when it closes, and then says that it is closed', async () => {
      const appends = [1, 2, 3].map((number) =>
        store.append(`${uppsala}.a-${number}`, [anEvent(0, uppsala)], 'no-stream'),
      );
      await store.close();
      await expect(Promise.all(appends)).resolves.toHaveLength(3);
      await expect(store.append(`${uppsala}.a-4`, [anEvent(0, uppsala)], 'no-stream')).rejects.toThrow(
        StoreUnavailable,
      );
      await expect(store.readAll({ limit: 1 })).rejects.toThrow(StoreUnavailable);
    });
  });
}

const isMismatch = (outcome: PromiseSettledResult<unknown>): boolean =>
  outcome.status === 'rejected' && outcome.reason instanceof RevisionMismatch;

/** Reads a subscription until it has given so many events. Bounded by the test's own time. */
async function take(store: EventStore, count: number, options: object): Promise<StoredEvent[]> {
  const enough = new AbortController();
  const seen: StoredEvent[] = [];
  for await (const batch of store.subscribe({ ...options, signal: enough.signal })) {
    seen.push(...batch);
    if (seen.length >= count) enough.abort();
  }
  return seen;
}

async function drain(store: EventStore, after: string, signal: AbortSignal): Promise<number> {
  let count = 0;
  for await (const batch of store.subscribe({ after, signal })) count += batch.length;
  return count;
}
