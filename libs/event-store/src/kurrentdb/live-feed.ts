import type { AllStreamSubscription, Filter } from '@kurrent/kurrentdb-client';
import { Deadline, StoreUnavailable, WakeUp } from '#kernel';
import type { StoredEvent } from '#kernel';
import type { Stretch } from '../own-events.js';
import { PageRoom } from '../page-room.js';
import type { Line } from './connection.js';
import { eventOf, placeOf } from './recorded.js';

/** For so many times the silence that is borne with a feed is open at most. */
const longestLife = 3;

/**
 * What is appended from now on, as the server sends it. Holds at most so many events for its reader, and a page of them: where they become
 * more it lets go of the server and ends, and the reader goes on by reading pages.
 */
export class LiveFeed {
  readonly #subscription: AllStreamSubscription;
  #held: StoredEvent[] = [];
  #room = new PageRoom();
  #failure: Error | undefined;
  #ended = false;
  readonly #left = new AbortController();
  readonly #news = new WakeUp();

  /** @param after only what comes after this position */
  constructor(
    { caller, client, gone }: Line,
    after: string,
    filter: Filter,
    private readonly most: number,
  ) {
    this.#subscription = client.subscribeToAll({ ...caller, fromPosition: placeOf(after), filter });
    const givenUp = () =>
      this.#end(new StoreUnavailable('event store', undefined, 'connection-broken', 'it is asked anew'));
    gone.addEventListener('abort', givenUp, { once: true, signal: this.#left.signal });
    this.#subscription.on('data', (resolved) => {
      if (this.#ended) return;
      const event = eventOf(resolved);
      this.#held.push(event);
      if (this.#room.take(event) || this.#held.length >= this.most) this.close();
      this.#news.wake();
    });
    // A subscription that fails says so once, and never anything again.
    this.#subscription.on('error', (error) => {
      this.#end(error);
    });
  }

  /**
   * What has come since the reader last asked, again and again. Ends where nothing came for so many milliseconds, where
   * the feed has let go of the server, where the connection is given up, or where the signal aborts; and whatever comes,
   * after a while: a server goes on with what is open though the user has lost the right to it.
   * @throws what the server or the connection failed with, once everything that came before it was given
   */
  async *batches(silence: number, signal: AbortSignal): AsyncGenerator<Stretch, void, undefined> {
    const opened = new Deadline(longestLife * silence);
    try {
      while (!signal.aborted && opened.left > 0) {
        if (this.#held.length === 0 && !this.#ended) await this.#news.wait(silence, signal);
        if (this.#held.length > 0) yield this.#taken();
        else if (this.#failure) throw this.#failure;
        else return;
      }
    } finally {
      this.close();
    }
  }

  #taken(): Stretch {
    this.#room = new PageRoom();
    return stretchOf(this.#held.splice(0));
  }

  close(): void {
    this.#left.abort();
    this.#end();
    // Where the connection was never made there is nothing to take back.
    void this.#subscription.unsubscribe().catch(() => {});
  }

  #end(failure?: Error): void {
    this.#failure ??= failure;
    this.#ended = true;
    this.#news.wake();
  }
}

const stretchOf = (events: readonly StoredEvent[]): Stretch => ({ events, upTo: events.at(-1)!.position });
