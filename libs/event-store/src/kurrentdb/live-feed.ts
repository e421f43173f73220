import type { AllStreamSubscription, Filter, KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { StoredEvent } from '#kernel';
import { eventOf, placeOf } from './recorded.js';

/**
 * What is appended from now on, as the server sends it. Holds at most so many events for its reader: where they become
 * more it lets go of the server and ends, and the reader goes on by reading pages.
 */
export class LiveFeed {
  readonly #subscription: AllStreamSubscription;
  #held: StoredEvent[] = [];
  #failure: Error | undefined;
  #ended = false;
  #wake: () => void = () => {};

  /** @param after only what comes after this position */
  constructor(
    client: KurrentDBClient,
    after: string,
    filter: Filter,
    private readonly most: number,
  ) {
    this.#subscription = client.subscribeToAll({ fromPosition: placeOf(after), filter });
    this.#subscription.on('data', (resolved) => {
      if (this.#ended) return;
      this.#held.push(eventOf(resolved));
      if (this.#held.length >= this.most) this.close();
      this.#wake();
    });
    // A subscription that fails says so once, and never anything again.
    this.#subscription.on('error', (error) => {
      this.#failure ??= error;
      this.#ended = true;
      this.#wake();
    });
  }

  /**
   * What has come since it was last asked, or comes first.
   * @returns undefined where nothing came for so many milliseconds, where the feed has ended, or the signal aborted
   * @throws what the server or the connection failed with, once everything that came before it was given
   */
  async next(silence: number, signal: AbortSignal): Promise<StoredEvent[] | undefined> {
    if (this.#held.length === 0 && !this.#ended) await this.#something(silence, signal);
    if (this.#held.length > 0) return this.#held.splice(0);
    if (this.#failure && !signal.aborted) throw this.#failure;
    return undefined;
  }

  close(): void {
    this.#ended = true;
    // Where the connection was never made there is nothing to take back.
    void this.#subscription.unsubscribe().catch(() => {});
  }

  #something(silence: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, silence);
      signal.addEventListener('abort', wake);
      this.#wake = wake;
    });
  }
}
