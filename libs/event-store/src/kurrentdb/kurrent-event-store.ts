import { LogDamaged, startOfLog, StoreUnavailable, within } from '#kernel';
import type { EventEnvelope, StoreFailure, StoredEvent } from '#kernel';
import type {
  AppendOptions,
  AppendResult,
  EventStore,
  ExpectedRevision,
  ReadAllOptions,
  ReadStreamOptions,
  SubscribeOptions,
} from '../event-store.port.js';
import { AheadOfLog } from '../ahead-of-log.js';
import { requireSize } from '../append-size.js';
import { ConnectionChanged } from '../connection-changed.js';
import { standingOf } from '../log-cursor.js';
import type { FoundAt, NotedPlace, PlaceStanding } from '../log-cursor.js';
import { NewestOwn } from '../newest-own.js';
import { OwnEvents, requireOwn } from '../own-events.js';
import type { ForeignEvent, Stretch } from '../own-events.js';
import type { PartlyRead } from '../page-room.js';
import { wholeStream } from '../whole-stream.js';
import { append } from './appending.js';
import { Connection } from './connection.js';
import type { LookUp } from './connection.js';
import { addressIn } from './connection-string.js';
import type { ServerAddress } from './connection-string.js';
import { isStreamDeleted } from './failures.js';
import { streamsOf } from './filters.js';
import { follow } from './catch-up-subscription.js';
import { LiveFeed } from './live-feed.js';
import { LogReader, wholeLog } from './log-reader.js';
import { logRequest, newestRequest, streamRequest } from './read-request.js';
import type { ReadRequest } from './read-request.js';
import { placeOf, positionOf } from './recorded.js';

const defaultBatch = 1_000;
const eventsPerRead = 20_000;
const defaultDeadline = 5_000;
const defaultSilence = 10_000;

export interface KurrentOptions {
  /** How long the server may leave a call without an answer before it counts as unavailable, in milliseconds. */
  readonly deadline?: number;
  /** After so many milliseconds without an event a subscription reads whether it has missed one. */
  readonly silence?: number;
  /** Which addresses a name stands for; as the system says where it is left out. */
  readonly lookUp?: LookUp;
  /** Is told each time that a subscription has to try again. */
  readonly onTrouble?: (trouble: StoreFailure) => void;
  /** Is told of each event that others have written to the log, once. */
  readonly onForeign?: (event: ForeignEvent) => void;
}

/**
 * Opens the log on a KurrentDB or EventStoreDB server, 22.10 or later. Connects when it is first used, so that it opens
 * also while the server is down.
 * @param connectionString `kurrentdb://user:password@host:2113?tls=true`, with TLS, credentials and the nodes of a
 * cluster as the server's own documentation gives them
 * @throws WrongConnectionString, which never repeats the string
 */
export function openKurrentEventStore(connectionString: string, options: KurrentOptions = {}): EventStore {
  return new KurrentEventStore(addressIn(connectionString), options);
}

/**
 * The log on a server.
 *
 * An append whose answer was lost is in doubt: `StoreUnavailable` then says neither that it was recorded nor that it
 * was not. Send it again with the same event ids and the same expected revision, as often as it takes: where it was
 * recorded the first answer comes, and where it was not it is recorded now, or another came between and
 * `RevisionMismatch` says so.
 */
class KurrentEventStore implements EventStore {
  readonly #connection: Connection;
  readonly #reader: LogReader;
  readonly #deadline: number;
  readonly #silence: number;
  readonly #onTrouble: (trouble: StoreFailure) => void;
  readonly #own: OwnEvents;
  readonly #newest = new NewestOwn();
  readonly #closing = new AbortController();
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(address: ServerAddress, options: KurrentOptions) {
    this.#deadline = options.deadline ?? defaultDeadline;
    this.#connection = new Connection(address, this.#deadline, options.lookUp);
    this.#reader = new LogReader(this.#connection, this.#deadline);
    this.#silence = options.silence ?? defaultSilence;
    this.#own = new OwnEvents(options.onForeign);
    this.#onTrouble = options.onTrouble ?? (() => {});
  }

  get connection(): number {
    return this.#connection.lost;
  }

  get passedOver(): number {
    return this.#own.foreign;
  }

  async append(
    stream: string,
    events: readonly EventEnvelope[],
    expected: ExpectedRevision,
    { connection, whole = false }: AppendOptions = {},
  ): Promise<AppendResult> {
    // The server would take an empty append for a success, of a stream that it does not know too.
    requireOwn(stream, events);
    requireSize(stream, events);
    this.#refuseClosed();
    const requireConnection = () => {
      if (connection !== undefined && connection !== this.connection) throw new ConnectionChanged();
    };
    if (whole && expected !== 'no-stream') {
      const beginning = await this.readStream(stream, { limit: 1 });
      requireConnection();
      if (beginning.length === 0) throw new LogDamaged({ stream, awaited: 0, found: undefined });
    }
    const appending = append(this.#connection, stream, events, expected, this.#deadline, requireConnection);
    this.#underWay.add(appending);
    try {
      const { nextExpectedRevision, position } = await appending;
      const revision = Number(nextExpectedRevision);
      const awaited = (expected === 'no-stream' ? -1 : expected) + events.length;
      // A server takes a stream for new of which nothing is left, and numbers what comes after what there was.
      if (revision !== awaited) throw new LogDamaged({ stream, awaited, found: revision });
      return { revision, position: positionOf(position!) };
    } finally {
      this.#underWay.delete(appending);
    }
  }

  async readStream(stream: string, { after = -1, limit }: ReadStreamOptions = {}): Promise<StoredEvent[]> {
    this.#refuseClosed();
    const read = limit === undefined ? this.#remains(stream, after, limit) : this.#partOf(stream, after, limit);
    return wholeStream(stream, after, await read);
  }

  async readAll({ after = startOfLog, limit, tenant }: ReadAllOptions): Promise<StoredEvent[]> {
    this.#refuseClosed();
    const { events } = await this.#own.page(after, limit, (from, most) => this.#after(from, most, tenant));
    return [...events];
  }

  subscribe(options: SubscribeOptions): AsyncIterable<StoredEvent[]> {
    const { after = startOfLog, batchSize = defaultBatch, signal, tenant } = options;
    const ending = AbortSignal.any([signal, this.#closing.signal]);
    return follow({
      after,
      ending,
      recorded: (from) => this.#recorded(from, batchSize, tenant),
      live: (from) => this.#live(from, batchSize, tenant, ending),
      own: (read) => this.#own.among(read),
      standingOf: (place) => this.standingOf(place),
      onTrouble: this.#onTrouble,
    });
  }

  standingOf(place: NotedPlace): Promise<PlaceStanding> {
    return standingOf(place, {
      eventAt: async (stream, revision) => {
        try {
          return (await this.#remains(stream, revision - 1, 1))[0];
        } catch (error) {
          if (error instanceof LogDamaged) return undefined;
          throw error;
        }
      },
      foundAt: (position) => this.#foundAt(position),
    });
  }

  async head(): Promise<string> {
    this.#refuseClosed();
    return this.#newest.position({
      connection: this.connection,
      end: () => this.#end(),
      newest: (most) => this.#reader.all(wholeLog, newestRequest(most, streamsOf(undefined))),
      after: (position, most) => this.#after(position, most),
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#underWay);
    // A server that does not answer must not hold back whoever leaves it.
    await within(this.#deadline, this.#connection.close()).catch(() => {});
  }

  /** What is recorded, up to where nothing more is, in reads that are long enough for their beginnings not to matter. */
  async *#recorded(
    start: string,
    batchSize: number,
    tenant: string | undefined,
  ): AsyncGenerator<Stretch, void, undefined> {
    let after = start;
    // The first read is short: most often there is no more, and a long one takes its time to begin.
    for (let more = true, isLong = false; more; isLong = true) {
      const limit = isLong ? Math.max(batchSize, eventsPerRead) : batchSize;
      // Whatever lies before here and is not given below is not asked for.
      const end = await this.#endPosition();
      const short = isLong ? undefined : await this.#after(after, limit, tenant);
      const batches = short
        ? [short.events]
        : this.#reader.batches({ from: placeOf(after), most: limit + 1, filter: streamsOf(tenant) }, batchSize);
      let count = 0;
      for await (const batch of batches) {
        if (batch[0]?.position === after) batch.shift();
        if (batch.length === 0) continue;
        count += batch.length;
        after = batch.at(-1)!.position;
        yield { events: batch, upTo: after };
      }
      more = short?.more ?? count >= limit;
      if (!more && end > after) yield { events: [], upTo: end };
    }
  }

  /** So many events after a position, also of others, or as many as fill a page. */
  async #after(position: string, most: number, tenant?: string): Promise<PartlyRead> {
    const { events, more } = await this.#reader.page(wholeLog, recordedAfter(position, most, tenant));
    if (events[0]?.position === position) events.shift();
    else if (events.length > most) events.pop();
    return { events, more: more || events.length >= most };
  }

  /** What is left of so many events of a stream, or of as many as fill a page. @throws LogDamaged where it was ended for good */
  async #partOf(stream: string, after: number, limit: number): Promise<StoredEvent[]> {
    return this.#unlessEnded(stream, after, async () => {
      return (await this.#reader.page(stream, streamRequest(stream, after, limit))).events;
    });
  }

  /** What is left of a stream, whoever wrote it. @throws LogDamaged where it was ended for good */
  async #remains(stream: string, after: number, limit: number | undefined): Promise<StoredEvent[]> {
    return this.#unlessEnded(stream, after, () => this.#reader.all(stream, streamRequest(stream, after, limit)));
  }

  async #unlessEnded(stream: string, after: number, read: () => Promise<StoredEvent[]>): Promise<StoredEvent[]> {
    try {
      return await read();
    } catch (error) {
      if (isStreamDeleted(error)) throw new LogDamaged({ stream, awaited: after + 1, found: undefined });
      throw error;
    }
  }

  /** Among the events of everybody: what is not ours shows as well that the log goes on. */
  async #foundAt(position: string): Promise<FoundAt> {
    if ((await this.#endPosition()) < position) return 'no-such-place';
    const found = await this.#from(position);
    if (!found) return 'no-such-place';
    return found.position === position ? { eventId: found.id } : 'nothing';
  }

  /** The newest event of all, the server's own among them. */
  async #end(): Promise<StoredEvent | undefined> {
    return (await this.#reader.all(wholeLog, newestRequest(1)))[0];
  }

  async #endPosition(): Promise<string> {
    return (await this.#end())?.position ?? startOfLog;
  }

  /**
   * The first event at a position that the log has passed, or after it; undefined where an event lies across it. Should a
   * server say of such a position in words of its own that it does not answer, it is believed where it answers otherwise.
   */
  async #from(position: string): Promise<StoredEvent | undefined> {
    for (let attempt = 1; attempt <= 2; attempt++) {
      try {
        const [first] = await this.#reader.all(wholeLog, logRequest(placeOf(position), 1));
        return first;
      } catch (error) {
        if (error instanceof AheadOfLog) return undefined;
        if (!(error instanceof StoreUnavailable) || error.reason === 'timed-out') throw error;
        await this.#end();
      }
    }
    return undefined;
  }

  async *#live(
    after: string,
    batchSize: number,
    tenant: string | undefined,
    ending: AbortSignal,
  ): AsyncGenerator<Stretch, void, undefined> {
    const line = await this.#connection.line();
    try {
      yield* new LiveFeed(line, after, streamsOf(tenant), batchSize).batches(this.#silence, ending);
    } catch (error) {
      throw this.#connection.failed(line, error, { right: 'read', on: wholeLog });
    }
  }

  #refuseClosed(): void {
    if (this.#closing.signal.aborted) {
      throw new StoreUnavailable('event store', undefined, 'closed', 'it has been closed');
    }
  }
}

/** Events after a position: so many, and one more, since the server begins with the one at the position. */
const recordedAfter = (after: string, limit: number, tenant: string | undefined): ReadRequest =>
  logRequest(placeOf(after), after === startOfLog ? limit : limit + 1, streamsOf(tenant));
