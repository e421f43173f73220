import type { StoredEvent } from '#kernel';
import type { Connection, Line } from './connection.js';
import { quietly, take } from './deadline.js';
import type { ReadRequest } from './read-request.js';
import { read } from './reading.js';
import { eventOf } from './recorded.js';
import type { Resolved } from './recorded.js';

/** Reads over the connection, as one answer or in batches. */
export class LogReader {
  /** @param deadline how long the server may be silent, in milliseconds */
  constructor(
    private readonly connection: Connection,
    private readonly deadline: number,
  ) {}

  /** All that a read gives; nothing of a stream that does not exist. @param on what is read, for people */
  async all(on: string, request: ReadRequest): Promise<StoredEvent[]> {
    return this.connection.ask({ right: 'read', on, deadline: this.deadline }, (line, deadline) =>
      take(read(line, request), Infinity, deadline, eventOf),
    );
  }

  /** The same in batches, of which one is read ahead while the reader works on the last one. */
  async *batches(on: string, request: ReadRequest, size: number): AsyncGenerator<StoredEvent[], void, undefined> {
    const line = await this.connection.line();
    const events = read(line, request);
    try {
      for (let batch = await this.#next(line, on, events, size); batch.length > 0;) {
        const ahead = quietly(this.#next(line, on, events, size));
        yield batch;
        batch = await ahead;
      }
    } finally {
      // Not waited for: it may itself wait for a server that never answers.
      void quietly(events.return());
    }
  }

  async #next(
    line: Line,
    on: string,
    events: AsyncGenerator<Resolved, void, undefined>,
    size: number,
  ): Promise<StoredEvent[]> {
    try {
      return await take(events, size, this.deadline, eventOf);
    } catch (error) {
      throw this.connection.failed(line, error, { right: 'read', on });
    }
  }
}
