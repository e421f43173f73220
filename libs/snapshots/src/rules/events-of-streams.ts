import { bytesOfEvent, isLastPage } from '#event-store';
import type { EventStore } from '#event-store';
import { LogDamaged, TimeSlices } from '#kernel';
import type { StoredEvent } from '#kernel';

/** How many streams are asked for at a time. */
const atOnce = 16;
const [shortestPage, longestPage] = [8, 1_000];

/** What may wait for its turn, of all streams together; beyond that one event of each stream, or so many as the shortest page has. */
interface Held {
  readonly events: number;
  readonly bytes: number;
}
const mostHeld: Held = { events: 40_000, bytes: 64 * 1024 * 1024 };

/** A stream that is read page by page. */
interface Reading {
  readonly stream: string;
  /** Read, and not given yet; oldest first. */
  held: StoredEvent[];
  after: number;
  ended: boolean;
}

/**
 * The events of some streams up to a position, in the order of the log, in batches. The memory that it takes does not grow
 * with the streams' length.
 * @param streams each of which exists
 * @param end the last position that counts
 * @throws LogDamaged where a stream is not whole
 */
export async function* eventsOfStreams(
  log: Pick<EventStore, 'readStream'>,
  streams: readonly string[],
  end: string,
  { most = mostHeld, signal }: { readonly most?: Held; readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<readonly StoredEvent[], void, undefined> {
  const readings = new Readings(log, streams, end, most);
  for (;;) {
    await readings.fill(signal);
    const batch = readings.take();
    if (batch.length === 0) return;
    yield batch;
  }
}

class Readings {
  #open: readonly Reading[];
  #bytes = 0;
  /** A long plan takes a while, and a store may answer at once for each of its streams. */
  readonly #slices = new TimeSlices();

  constructor(
    private readonly log: Pick<EventStore, 'readStream'>,
    streams: readonly string[],
    private readonly end: string,
    private readonly most: Held,
  ) {
    this.#open = streams.map((stream) => ({ stream, held: [], after: -1, ended: false }));
  }

  /** Reads on where little is held. Afterwards every stream that has not ended holds something. */
  async fill(signal: AbortSignal | undefined): Promise<void> {
    const share = Math.floor(this.most.events / (2 * Math.max(1, this.#open.length)));
    const page = Math.min(longestPage, Math.max(shortestPage, share));
    const short = this.#open.filter(({ ended, held }) => !ended && held.length <= page / 2);
    const left = short.values();
    const read = async () => {
      for (const reading of left) {
        await this.#slices.next();
        signal?.throwIfAborted();
        const isFull = this.#bytes >= this.most.bytes;
        if (!isFull) await this.#read(reading, page);
        else if (reading.held.length === 0) await this.#read(reading, 1);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, read));
    this.#open = this.#open.filter(({ ended, held }) => !ended || held.length > 0);
  }

  /** What is held and comes before whatever has not been read yet, in the order of the log. */
  take(): StoredEvent[] {
    let upTo = this.end;
    for (const { ended, held } of this.#open) {
      const newest = held.at(-1)!.position;
      if (!ended && newest < upTo) upTo = newest;
    }
    const taken: StoredEvent[] = [];
    for (const reading of this.#open) {
      const beyond = reading.held.findIndex(({ position }) => position > upTo);
      const count = beyond < 0 ? reading.held.length : beyond;
      if (count > 0) taken.push(...reading.held.splice(0, count));
    }
    for (const event of taken) this.#bytes -= bytesOfEvent(event);
    return taken.sort((one, other) => (one.position < other.position ? -1 : 1));
  }

  async #read(reading: Reading, limit: number): Promise<void> {
    const { after, stream } = reading;
    const events = await this.log.readStream(stream, { after, limit });
    if (events.length === 0 && after < 0) throw new LogDamaged({ stream, awaited: 0, found: undefined });
    const within = events.filter(({ position }) => position <= this.end);
    for (const event of within) this.#bytes += bytesOfEvent(event);
    reading.held.push(...within);
    reading.after = events.at(-1)?.revision ?? after;
    reading.ended = isLastPage(events, limit) || within.length < events.length;
  }
}
