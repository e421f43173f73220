import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LogDamaged } from '#kernel';
import type { StoredEvent } from '#kernel';
import { LogInMemory } from '../testing/log-in-memory.js';
import { eventsOfStreams } from './events-of-streams.js';

const positionOf = (place: number): string => LogInMemory.positionOf(place);

/** A log of the streams that such numbers name, in that order. @param size how much each event says */
const logOf = (streams: readonly number[], size = 1): LogInMemory =>
  new LogInMemory(streams.map((number) => ({ stream: `t.s-${number}`, data: { text: 'x'.repeat(size) } })));

describe('The events of some streams', () => {
  it('come in the order of the log up to a position, each once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9), { minLength: 1, maxLength: 400 }), fc.nat(400), async (streams, last) => {
        const log = logOf(streams);
        const named = log.streams.filter((_, index) => index % 3 !== 1);
        const seen: StoredEvent[] = [];
        const most = { events: 60, bytes: 20_000 };
        for await (const batch of eventsOfStreams(log, named, positionOf(last), { most })) seen.push(...batch);
        const expected = log.events.filter(
          ({ position, stream }) => named.includes(stream) && position <= positionOf(last),
        );
        expect(seen).toEqual(expected);
      }),
    );
  });

  /** The most that was held at once while a log of so many streams and events was read. */
  async function mostHeld(log: LogInMemory, most: { events: number; bytes: number }): Promise<number> {
    let [given, held] = [0, 0];
    for await (const batch of eventsOfStreams(log, log.streams, positionOf(log.events.length), { most })) {
      held = Math.max(held, log.read - given);
      given += batch.length;
    }
    expect(given).toBe(log.events.length);
    return held;
  }

  it('do not sit in memory together, however long the streams are', async () => {
    const inTurns = logOf(Array.from({ length: 8_000 }, (_, place) => place % 20));
    expect(await mostHeld(inTurns, { events: 400, bytes: 1_000_000 })).toBeLessThanOrEqual(400);
    const oneAfterTheOther = logOf(Array.from({ length: 8_000 }, (_, place) => Math.floor(place / 400)));
    expect(await mostHeld(oneAfterTheOther, { events: 400, bytes: 1_000_000 })).toBeLessThanOrEqual(400);
    const large = logOf(
      Array.from({ length: 400 }, (_, place) => place % 4),
      10_000,
    );
    // So much as the bytes allow, a page more that was asked for before they were there, and one of each stream.
    expect(await mostHeld(large, { events: 80, bytes: 100_000 })).toBeLessThanOrEqual(10 + 4 * 10 + 4);
  });

  it('are told to be damaged where there is nothing of a stream', async () => {
    const log = logOf([1, 2]);
    const reading = eventsOfStreams(log, ['t.s-1', 't.s-7'], positionOf(9));
    await expect(reading.next()).rejects.toThrow(LogDamaged);
  });
});
