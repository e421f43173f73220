import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { StoreUnavailable } from '#kernel';
import { DeadlinePassed } from './failures.js';

/**
 * The client that reads. The official client reads through a native bridge, which gives up for good when it cannot
 * connect: a client that has met a server that was down fails at once ever after, while its appends recover by
 * themselves. So a client that could not reach the server is replaced, and appends have one of their own.
 */
export class ReadingClient {
  #client: KurrentDBClient;

  constructor(private readonly connectionString: string) {
    this.#client = KurrentDBClient.connectionString(connectionString);
  }

  /** Reads with the client of the moment. */
  async with<Answer>(read: (client: KurrentDBClient) => Promise<Answer>): Promise<Answer> {
    const client = this.#client;
    try {
      return await read(client);
    } catch (error) {
      const lost = error instanceof StoreUnavailable && !(error.cause instanceof DeadlinePassed);
      if (lost && client === this.#client) this.#client = KurrentDBClient.connectionString(this.connectionString);
      throw error;
    }
  }
}
