import { Deadline, DomainError, pause, startOfLog, StoreUnavailable } from '#kernel';
import type { EventEnvelope, StoredEvent } from '#kernel';
import { answering, isBusy } from '#sqlite';
import { AheadOfLog } from '../ahead-of-log.js';
import { ConnectionChanged } from '../connection-changed.js';
import type {
  AppendOptions,
  AppendResult,
  EventStore,
  ExpectedRevision,
  ReadAllOptions,
  ReadStreamOptions,
  SubscribeOptions,
} from '../event-store.port.js';
import { cursorOf, standingOf } from '../log-cursor.js';
import type { FoundAt, NotedPlace, PlaceStanding } from '../log-cursor.js';
import { NewestOwn } from '../newest-own.js';
import { OwnEvents, requireOwn } from '../own-events.js';
import type { ForeignEvent, Stretch } from '../own-events.js';
import { PageRoom } from '../page-room.js';
import type { PartlyRead } from '../page-room.js';
import { wholeStream } from '../whole-stream.js';
import { execInBackground } from './background.js';
import { LogChanges } from './log-changes.js';
import { LogFile, versionOf } from './log-file.js';
import type { Reading, Writing } from './log-file.js';
import { eventOf, rowOf } from './row.js';
import type { Row } from './row.js';

/** At most so many appends share a commit, so that none waits for a crowd. */
const groupSize = 256;
/** Of so many that wait, half are left to the next commit where one takes less than that: deciding goes on meanwhile. */
const crowd = 32;
const swiftMilliseconds = 2;
const defaultBatch = 1_000;
/** The file is asked for so many events at once at most: they may be of a megabyte each. */
const eventsPerStep = 64;
/** How long another process may keep the file before an append is given up. */
const busyMilliseconds = 5_000;
const busyPauseMilliseconds = 5;

interface PendingAppend {
  readonly stream: string;
  readonly events: readonly EventEnvelope[];
  readonly expected: ExpectedRevision;
  readonly connection: number | undefined;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

export interface SqliteOptions {
  /** Is told of each event that somebody else has written into the file, once. */
  readonly onForeign?: (event: ForeignEvent) => void;
}

/** What became of a group: whether the log has grown, and how its appends are answered. */
interface Outcome {
  readonly grown: boolean;
  readonly tell: readonly (() => void)[];
}

/**
 * Opens the log in a file, which is made where it is missing. Several processes may have it open.
 * @throws StoreUnavailable where the file cannot be opened; NewerLayout
 */
export function openSqliteEventStore(file: string, options: SqliteOptions = {}): EventStore {
  return new SqliteEventStore(file, options);
}

/**
 * The log in one SQLite file. Appends that come together are committed together, and share one flush to the disk, which
 * is waited for in the background. Readers have a connection of their own, so that they see only what is committed.
 */
class SqliteEventStore implements EventStore {
  readonly #file: LogFile;
  readonly #changes: LogChanges;
  #pending: PendingAppend[] = [];
  #flushing: Promise<void> | undefined;
  #commitMilliseconds = 0;
  #versionPolled: string | undefined;
  readonly #newest = new NewestOwn();
  readonly #own: OwnEvents;
  #closed = false;

  constructor(file: string, { onForeign }: SqliteOptions) {
    this.#own = new OwnEvents(onForeign);
    this.#file = new LogFile(file);
    this.#changes = new LogChanges(() => this.#grownElsewhere());
  }

  get connection(): number {
    return this.#file.connection;
  }

  get passedOver(): number {
    return this.#own.foreign;
  }

  async append(
    stream: string,
    events: readonly EventEnvelope[],
    expected: ExpectedRevision,
    { connection }: AppendOptions = {},
  ): Promise<AppendResult> {
    requireOwn(stream, events);
    if (this.#closed) throw closedStore();
    return new Promise((resolve, reject) => {
      this.#pending.push({ stream, events, expected, connection, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  async readStream(stream: string, { after = -1, limit }: ReadStreamOptions = {}): Promise<StoredEvent[]> {
    if (limit === undefined) {
      return wholeStream(
        stream,
        after,
        this.#read((asked) => asked.stream.all(stream, after, -1)),
      );
    }
    const page = this.#partly(limit, (last, most) =>
      this.#read((asked) => asked.stream.all(stream, last?.revision ?? after, most)),
    );
    return wholeStream(stream, after, page.events);
  }

  async readAll({ after = startOfLog, limit, tenant }: ReadAllOptions): Promise<StoredEvent[]> {
    return [...(await this.#page(after, limit, tenant)).events];
  }

  async *subscribe(options: SubscribeOptions): AsyncIterable<StoredEvent[]> {
    const { batchSize: limit = defaultBatch, signal, tenant } = options;
    let after = options.after ?? startOfLog;
    let place: NotedPlace = { position: after };
    let { connection } = this;
    while (!signal.aborted && !this.#closed) {
      const seen = this.#changes.count;
      if (connection !== this.connection) {
        ({ connection } = this);
        if ((await this.standingOf(place)) === 'replaced') throw new AheadOfLog(place.position);
        after = place.position;
      }
      const { events, upTo } = await this.#page(after, limit, tenant);
      after = upTo;
      if (events.length === 0) {
        await this.#changes.beyond(seen, signal);
        continue;
      }
      yield [...events];
      place = cursorOf(events.at(-1)!);
    }
  }

  standingOf(place: NotedPlace): Promise<PlaceStanding> {
    return standingOf(place, {
      eventAt: async (stream, revision) => this.#read((asked) => asked.stream.all(stream, revision - 1, 1))[0],
      foundAt: async (position) => this.#foundAt(position),
    });
  }

  async head(): Promise<string> {
    const latest = (most: number) => this.#read(({ newest }) => newest.all(most));
    return this.#newest.position({
      connection: this.connection,
      end: async () => latest(1)[0],
      newest: async (most) => latest(most),
      after: async (position, most) => this.#after(position, most),
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#flushing;
    this.#changes.close();
    this.#file.close();
  }

  /** Our events after a position, and up to where the file was looked at. */
  #page(after: string, limit: number, tenant: string | undefined): Promise<Stretch> {
    return this.#own.page(after, limit, async (from, most) => this.#after(from, most, tenant));
  }

  #after(position: string, limit: number, tenant?: string): PartlyRead {
    return this.#partly(limit, (last, most) => {
      const from = rowOf(last?.position ?? position);
      return this.#read(({ all, tenant: ofTenant }) =>
        tenant === undefined ? all.all(from, most) : ofTenant.all(tenant, from, most),
      );
    });
  }

  /**
   * So many events, or as many as fill a page. They are asked for in steps, so that what is too much is never in memory.
   * @param read so many events after the last one that was read; fewer only where there are no more
   */
  #partly(limit: number, read: (last: StoredEvent | undefined, most: number) => StoredEvent[]): PartlyRead {
    const events: StoredEvent[] = [];
    const room = new PageRoom();
    while (events.length < limit) {
      const most = Math.min(eventsPerStep, limit - events.length);
      const step = read(events.at(-1), most);
      for (const event of step) {
        events.push(event);
        if (room.take(event)) return { events, more: true };
      }
      if (step.length < most) return { events, more: false };
    }
    return { events, more: true };
  }

  #read(rows: (statements: Reading['statements']) => unknown[]): StoredEvent[] {
    const events = (this.#ask(rows) as Row[]).map(eventOf);
    for (const met of [events[0], events.at(-1)]) if (met) this.#file.met(rowOf(met.position), met.id);
    return events;
  }

  #ask<Answer>(question: (statements: Reading['statements']) => Answer): Answer {
    if (this.#closed) throw closedStore();
    return answering('event store', () => question(this.#file.reading().statements));
  }

  #foundAt(position: string): FoundAt {
    const row = this.#ask(({ at }) => at.get(rowOf(position))) as [string] | undefined;
    if (row) return { eventId: row[0] };
    const [end] = this.#read(({ newest }) => newest.all(1));
    return position > (end?.position ?? startOfLog) ? 'no-such-place' : 'nothing';
  }

  #grownElsewhere(): boolean {
    const before = this.#versionPolled;
    try {
      const { identity, statements } = this.#file.reading();
      this.#versionPolled = `${identity} ${versionOf(statements.version)}`;
    } catch {
      // Whoever reads next is told.
      return true;
    }
    return before !== this.#versionPolled;
  }

  /**
   * Commits what waits, group after group, until nothing does. The next group is on its way to the disk before the last
   * one is answered: what follows from the answers is decided while the disk writes.
   */
  async #flush(): Promise<void> {
    for (;;) {
      // What has been asked for by now comes along: a commit costs the same for one append as for many.
      await new Promise((turned) => setImmediate(turned));
      const waiting = this.#pending.length;
      if (waiting === 0) break;
      const leavesHalf = waiting >= crowd && this.#commitMilliseconds < swiftMilliseconds;
      let committing: Promise<Outcome> | undefined = this.#commitNext(leavesHalf ? Math.ceil(waiting / 2) : groupSize);
      while (committing) {
        const { grown, tell } = await committing;
        committing = this.#pending.length > 0 ? this.#commitNext(groupSize) : undefined;
        if (grown) this.#changes.announce();
        for (const answer of tell) answer();
      }
    }
    this.#flushing = undefined;
  }

  async #commitNext(most: number): Promise<Outcome> {
    const group = this.#pending.splice(0, Math.min(most, groupSize));
    let writing: Writing | undefined;
    try {
      writing = answering('event store', () => this.#file.writing());
      return { grown: true, tell: await this.#commit(group, writing) };
    } catch (error) {
      if (writing) rollBack(writing);
      const unavailable = error instanceof StoreUnavailable ? error : new StoreUnavailable('event store', error);
      return {
        grown: false,
        tell: group.map(
          ({ reject }) =>
            () =>
              reject(unavailable),
        ),
      };
    }
  }

  /** Writes a group in one transaction. What is answered is answered when the transaction is on the disk. */
  async #commit(group: readonly PendingAppend[], writing: Writing): Promise<(() => void)[]> {
    const from = performance.now();
    await begin(writing);
    this.#file.begun(writing);
    const now = this.#file.connectionNow();
    const answers = group.map(({ connection, events, expected, reject, resolve, stream }) => {
      try {
        if (connection !== undefined && connection !== now) throw new ConnectionChanged();
        const result = writing.writer.write(stream, events, expected);
        return () => {
          this.#file.met(rowOf(result.position), events.at(-1)!.id);
          resolve(result);
        };
      } catch (error) {
        // A refusal concerns its own append alone; any other failure is one of the whole transaction.
        if (!(error instanceof DomainError)) throw error;
        return () => reject(error);
      }
    });
    await execInBackground(writing.database, 'COMMIT');
    // What was committed to a file that nobody will ever read was not recorded.
    if (!this.#file.isCurrent(writing)) throw new Error('Another file took the place of the log meanwhile');
    this.#commitMilliseconds = performance.now() - from;
    return answers;
  }
}

/** Waits for another process that writes, without keeping this one from what else it has to do. */
async function begin({ begin: statement }: Writing): Promise<void> {
  for (const deadline = new Deadline(busyMilliseconds); ; await pause(busyPauseMilliseconds)) {
    try {
      statement.run();
      return;
    } catch (error) {
      if (!isBusy(error) || deadline.hasPassed) throw error;
    }
  }
}

function rollBack({ database, writer }: Writing): void {
  writer.forget();
  try {
    if (database.inTransaction) database.exec('ROLLBACK');
  } catch {
    // SQLite has rolled back by itself where the disk failed.
  }
}

const closedStore = () => new StoreUnavailable('event store', new Error('The store is closed'));
