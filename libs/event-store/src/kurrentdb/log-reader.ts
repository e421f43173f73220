import type { Filter, ReadPosition } from '@kurrent/kurrentdb-client';
import { StoreUnavailable } from '#kernel';
import type { StoredEvent } from '#kernel';
import { PageRoom } from '../page-room.js';
import type { PartlyRead } from '../page-room.js';
import type { Connection, Line } from './connection.js';
import { isFiltered, logRequest, newestRequest } from './read-request.js';
import type { ReadRequest } from './read-request.js';
import { read } from './reading.js';
import { eventOf } from './recorded.js';
import type { Resolved } from './recorded.js';
import { quietly, take } from './taking.js';
import type { Patience } from './taking.js';

/** By which the server names the log as a whole. */
export const wholeLog = '$all';

/** What comes at a position or after it, oldest first. */
export interface LongRead {
  readonly from: Exclude<ReadPosition, 'end'>;
  readonly most: number;
  readonly filter: Filter;
}

/** Reads over the connection, as one answer or in batches. */
export class LogReader {
  /** Connections whose nodes the library does not reach. */
  readonly #withoutLibrary = new WeakSet<Line>();

  /** @param deadline how long the server may be silent, in milliseconds */
  constructor(
    private readonly connection: Connection,
    private readonly deadline: number,
  ) {}

  /** All that a read gives; nothing of a stream that does not exist. @param on what is read, for people */
  async all(on: string, request: ReadRequest): Promise<StoredEvent[]> {
    return this.connection.ask({ right: 'read', on, deadline: this.deadline }, (line, deadline) =>
      take(read(line, request), Infinity, patienceWith(line, deadline, isFiltered(request)), eventOf),
    );
  }

  /**
   * As much of what a read gives as fills a page. @param on what is read, for people
   * @returns `more` where a page was filled: how many were asked for, the caller knows
   */
  async page(on: string, request: ReadRequest): Promise<PartlyRead> {
    return this.connection.ask({ right: 'read', on, deadline: this.deadline }, async (line, deadline) => {
      const room = new PageRoom();
      const resolved = read(line, request);
      const patience = patienceWith(line, deadline, isFiltered(request));
      const events = await take(resolved, Infinity, patience, eventOf, (event) => room.take(event));
      // The server need not send the rest.
      if (room.isFull) void quietly(resolved.return());
      return { events, more: room.isFull };
    });
  }

  /**
   * A long read of the log in batches, of which one is read ahead while the reader works on the last one. It goes through
   * the client's native library, which is ahead there, to the same node and for the same user. The library tells nothing of
   * what it fails with: then the same is asked over the connection, which does, and which is used from then on where only
   * the library fails.
   */
  async *batches({ filter, from, most }: LongRead, size: number): AsyncGenerator<StoredEvent[], void, undefined> {
    const line = await this.connection.line();
    const isNative = !this.#withoutLibrary.has(line);
    const { caller, client } = line;
    const events: AsyncIterator<Resolved> = isNative
      ? client.readAll({ ...caller, fromPosition: from, maxCount: most, filter })[Symbol.asyncIterator]()
      : read(line, logRequest(from, most, filter));
    const next = async () => {
      const room = new PageRoom();
      try {
        return await take(events, size, patienceWith(line, this.deadline, true), eventOf, (event) => room.take(event));
      } catch (error) {
        if (!isNative) throw this.connection.failed(line, error, { right: 'read', on: wholeLog });
        await this.all(wholeLog, logRequest(from, 1, filter));
        this.#withoutLibrary.add(line);
        throw new StoreUnavailable('event store', error);
      }
    };
    try {
      for (let batch = await next(); batch.length > 0;) {
        const ahead = quietly(next());
        yield batch;
        batch = await ahead;
      }
    } finally {
      // Not waited for: it may itself wait for a server that never answers.
      if (events.return) void quietly(events.return());
    }
  }
}

/**
 * A server says nothing while it looks for what a filter lets pass, for seconds where it lies behind a million others. What
 * it is asked for without a filter it gives at once.
 */
function patienceWith(line: Line, milliseconds: number, filtered: boolean): Patience {
  if (!filtered) return { milliseconds };
  return { milliseconds, signOfLife: () => take(read(line, newestRequest(1)), Infinity, { milliseconds }, Boolean) };
}
