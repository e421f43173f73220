import { isOwnEvent, startOfLog } from '#kernel';
import type { EventEnvelope, StoredEvent } from '#kernel';
import type { PartlyRead } from './page-room.js';

/** An event that others have written to the log. */
export type ForeignEvent = Pick<StoredEvent, 'stream' | 'type' | 'position'>;

/** A stretch of the log: the events in it, and up to where it was looked at, which may be further. */
export interface Stretch {
  readonly events: readonly StoredEvent[];
  readonly upTo: string;
}

/** @throws TypeError where an event would be taken for one of others, and passed over by everybody who reads the log */
export function requireOwn(stream: string, events: readonly EventEnvelope[]): void {
  if (events.length === 0) throw new TypeError('An append holds at least one event');
  if (events.every(({ data, metadata }) => isOwnEvent({ stream, data, metadata }))) return;
  throw new TypeError(`An event of ${stream} carries a whole envelope, with the tenant of the stream`);
}

/** A server is asked for at least so many at a time, since any number of them may be others'. */
const leastRead = 500;

/** Tells our events from others' that lie between them. */
export class OwnEvents {
  #newestForeign = startOfLog;
  #foreign = 0;

  /** @param onForeign is told of each event of others once, in the order in which they are met */
  constructor(private readonly onForeign: (event: ForeignEvent) => void = () => {}) {}

  /** How many events of others have been met. */
  get foreign(): number {
    return this.#foreign;
  }

  /** Those of a stretch of the log that are ours. */
  among(read: readonly StoredEvent[]): StoredEvent[] {
    return read.filter((event) => {
      if (isOwnEvent(event)) return true;
      // Whoever reads the log again meets them again.
      if (event.position > this.#newestForeign) {
        this.#newestForeign = event.position;
        this.#foreign++;
        this.onForeign({ stream: event.stream, type: event.type, position: event.position });
      }
      return false;
    });
  }

  /**
   * So many of our events, or fewer where they fill a page or there are no more, however many of others lie between them.
   * @param read so many events after a position, whosever they are
   */
  async page(
    after: string,
    limit: number,
    read: (after: string, limit: number) => Promise<PartlyRead>,
  ): Promise<Stretch> {
    const events: StoredEvent[] = [];
    let upTo = after;
    for (let most = limit; ; most = Math.max(limit - events.length, leastRead)) {
      const { events: stretch, more } = await read(upTo, most);
      events.push(...this.among(stretch));
      if (events.length >= limit) {
        events.length = limit;
        return { events, upTo: events.at(-1)?.position ?? upTo };
      }
      upTo = stretch.at(-1)?.position ?? upTo;
      const isCut = more && stretch.length < most;
      if (!more || (isCut && events.length > 0)) return { events, upTo };
    }
  }
}
