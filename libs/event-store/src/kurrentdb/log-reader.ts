import { KurrentDBClient, StreamNotFoundError } from '@kurrent/kurrentdb-client';
import { StoreUnavailable } from '#kernel';
import type { StoredEvent } from '#kernel';
import { quietly, take } from './deadline.js';
import { DeadlinePassed, failureOf } from './failures.js';
import { eventOf } from './recorded.js';
import type { Resolved } from './recorded.js';

/** Begins a read. */
export type Open = (client: KurrentDBClient) => AsyncIterable<Resolved>;

/**
 * Reads with a client of its own. The official client reads through a native bridge, which gives up for good when it
 * cannot connect: a client that has met a server that was down fails at once ever after, while its appends recover by
 * themselves. So a client that could not reach the server is replaced.
 */
export class LogReader {
  #client: KurrentDBClient;

  /** @param deadline how long the server may be silent, in milliseconds */
  constructor(
    private readonly connectionString: string,
    private readonly deadline: number,
  ) {
    this.#client = KurrentDBClient.connectionString(connectionString);
  }

  /** All that a read gives; nothing of a stream that does not exist. */
  async all(open: Open): Promise<StoredEvent[]> {
    const client = this.#client;
    return this.#next(client, open(client)[Symbol.asyncIterator](), Infinity);
  }

  /** The same in batches, of which one is read ahead while the reader works on the last one. */
  async *batches(open: Open, size: number): AsyncGenerator<StoredEvent[], void, undefined> {
    const client = this.#client;
    const events = open(client)[Symbol.asyncIterator]();
    try {
      for (let batch = await this.#next(client, events, size); batch.length > 0;) {
        const ahead = quietly(this.#next(client, events, size));
        yield batch;
        batch = await ahead;
      }
    } finally {
      // Not waited for: it may itself wait for a server that never answers.
      if (events.return) void quietly(events.return());
    }
  }

  async #next(client: KurrentDBClient, events: AsyncIterator<Resolved>, size: number): Promise<StoredEvent[]> {
    try {
      return await take(events, size, this.deadline, eventOf);
    } catch (error) {
      if (error instanceof StreamNotFoundError) return [];
      const failure = failureOf(error);
      if (failure instanceof StoreUnavailable) this.#lost(client, failure);
      throw failure;
    }
  }

  #lost(client: KurrentDBClient, { cause }: StoreUnavailable): void {
    // A bridge whose server is only slow to answer finds it again by itself.
    if (cause instanceof DeadlinePassed || client !== this.#client) return;
    this.#client = KurrentDBClient.connectionString(this.connectionString);
  }
}
