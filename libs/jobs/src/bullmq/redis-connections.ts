import { Redis } from 'ioredis';
import { DomainError, pause, StoreUnavailable, within } from '#kernel';

/** No caller waits longer. */
const answerMilliseconds = 900;
const reconnectMilliseconds = 200;

/** How long to wait before the next attempt to connect: soon, and then at a steady pace for as long as it takes. */
const retryStrategy = (times: number): number => Math.min(times * 50, reconnectMilliseconds);

/**
 * The connection of callers. It gives up soon: nothing is put aside for when Redis is back, and what was on its way when the
 * connection broke fails.
 */
export class CallerConnection {
  readonly client: Redis;
  #closed = false;

  constructor(url: string) {
    this.client = new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: answerMilliseconds,
      retryStrategy,
    });
    // What a caller needs to know of a lost connection it learns from its command.
    this.client.on('error', () => undefined);
  }

  /** @throws StoreUnavailable where the work has not come to an end within a second */
  async answer<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    if (this.#closed) throw unavailable(new Error('It was closed'));
    const late = new AbortController();
    try {
      return await within(answerMilliseconds, this.#ready(late.signal).then(work));
    } catch (error) {
      if (error instanceof DomainError || error instanceof TypeError) throw error;
      throw unavailable(error);
    } finally {
      late.abort();
    }
  }

  close(): void {
    this.#closed = true;
    this.client.disconnect();
  }

  /** A connection that is just being made is waited for. */
  async #ready(signal: AbortSignal): Promise<void> {
    while (this.client.status !== 'ready') {
      // Too late: the caller has been told already, and nothing may happen behind its back.
      signal.throwIfAborted();
      await pause(10, signal);
    }
  }
}

/** The connections of workers, which wait for Redis as long as it takes. BullMQ makes a copy for each worker, to block on. */
export class WorkerConnections {
  readonly client: Redis;
  readonly #all: Redis[] = [];

  constructor(url: string) {
    this.client = this.#recorded(new Redis(url, { maxRetriesPerRequest: null, retryStrategy }));
  }

  /** Also those that BullMQ could not close, because Redis was gone: they would try to connect for ever. */
  close(): void {
    for (const client of this.#all) client.disconnect();
  }

  #recorded(client: Redis): Redis {
    client.on('error', () => undefined);
    this.#all.push(client);
    const duplicate = client.duplicate.bind(client);
    client.duplicate = (override) => this.#recorded(duplicate(override));
    return client;
  }
}

const unavailable = (cause: unknown): StoreUnavailable => new StoreUnavailable('job queue', cause);
