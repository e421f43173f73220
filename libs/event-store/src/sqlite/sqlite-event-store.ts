import Database from 'libsql';
import { DomainError, startOfLog, StoreUnavailable } from '#kernel';
import type { EventEnvelope, StoredEvent } from '#kernel';
import { isBusy, openSqlite } from '#sqlite';
import type {
  AppendResult,
  EventStore,
  ExpectedRevision,
  ReadAllOptions,
  ReadStreamOptions,
  SubscribeOptions,
} from '../event-store.port.js';
import { execInBackground } from './background.js';
import { EventWriter } from './event-writer.js';
import { layouts } from './layout.js';
import { LogChanges } from './log-changes.js';
import { columns, eventOf, positionOf, rowOf } from './row.js';
import type { Row } from './row.js';

/** At most so many appends share a commit, so that none waits for a crowd. */
const groupSize = 256;
/** Of so many that wait, half are left to the next commit where one takes less than that: deciding goes on meanwhile. */
const crowd = 32;
const swiftMilliseconds = 2;
const defaultBatch = 1_000;
/** How long another process may keep the file before an append is given up. */
const busyMilliseconds = 5_000;
const busyPauseMilliseconds = 5;
const cacheKilobytes = 16_384;

interface PendingAppend {
  readonly stream: string;
  readonly events: readonly EventEnvelope[];
  readonly expected: ExpectedRevision;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
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
export function openSqliteEventStore(file: string): EventStore {
  return new SqliteEventStore(file);
}

/**
 * The log in one SQLite file. Appends that come together are committed together, and share one flush to the disk, which
 * is waited for in the background. Readers have a connection of their own, so that they see only what is committed.
 */
class SqliteEventStore implements EventStore {
  readonly #writing: Database.Database;
  readonly #reading: Database.Database;
  readonly #writer: EventWriter;
  readonly #changes: LogChanges;
  readonly #statements: ReturnType<typeof statementsOf>;
  #pending: PendingAppend[] = [];
  #flushing: Promise<void> | undefined;
  #commitMilliseconds = 0;
  #versionWritten: number | undefined;
  #versionPolled: number | undefined;
  #closed = false;

  constructor(file: string) {
    // An answer means that the events are on the disk, whatever happens to the machine.
    this.#writing = openSqlite(file, { store: 'event store', layouts, synchronous: 'FULL', busyMilliseconds });
    // Ids come in no order: without room for the pages of their index, each insert would read some anew.
    this.#writing.pragma(`cache_size = -${cacheKilobytes}`);
    this.#writer = new EventWriter(this.#writing);
    this.#reading = answering(() => new Database(file));
    this.#reading.pragma(`busy_timeout = ${busyMilliseconds}`);
    this.#statements = statementsOf(this.#writing, this.#reading);
    // From here on `#begin` does the waiting.
    this.#writing.pragma('busy_timeout = 0');
    this.#changes = new LogChanges(() => {
      const before = this.#versionPolled;
      this.#versionPolled = versionOf(this.#statements.versionRead);
      return before !== this.#versionPolled;
    });
  }

  append(stream: string, events: readonly EventEnvelope[], expected: ExpectedRevision): Promise<AppendResult> {
    if (events.length === 0) return Promise.reject(new TypeError('An append holds at least one event'));
    if (this.#closed) return Promise.reject(closedStore());
    return new Promise((resolve, reject) => {
      this.#pending.push({ stream, events, expected, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  async readStream(stream: string, { after = -1, limit = -1 }: ReadStreamOptions = {}): Promise<StoredEvent[]> {
    return this.#read(() => this.#statements.stream.all(stream, after, limit));
  }

  async readAll({ after = startOfLog, limit, tenant }: ReadAllOptions): Promise<StoredEvent[]> {
    return this.#read(() =>
      tenant === undefined
        ? this.#statements.all.all(rowOf(after), limit)
        : this.#statements.tenant.all(tenant, rowOf(after), limit),
    );
  }

  async *subscribe(options: SubscribeOptions): AsyncIterable<StoredEvent[]> {
    const { batchSize: limit = defaultBatch, signal, tenant } = options;
    let after = options.after ?? startOfLog;
    while (!signal.aborted && !this.#closed) {
      const seen = this.#changes.count;
      const events = await this.readAll({ after, limit, ...(tenant !== undefined && { tenant }) });
      if (events.length === 0) {
        await this.#changes.beyond(seen, signal);
        continue;
      }
      yield events;
      after = events.at(-1)!.position;
    }
  }

  async head(tenant?: string): Promise<string> {
    if (this.#closed) throw closedStore();
    const row = answering(() =>
      tenant === undefined ? this.#statements.head.get() : this.#statements.tenantHead.get(tenant),
    ) as [number] | undefined;
    return row ? positionOf(row[0]) : startOfLog;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#flushing;
    this.#changes.close();
    this.#writing.close();
    this.#reading.close();
  }

  #read(rows: () => unknown[]): StoredEvent[] {
    if (this.#closed) throw closedStore();
    return (answering(rows) as Row[]).map(eventOf);
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
    try {
      return { grown: true, tell: await this.#commit(group) };
    } catch (error) {
      this.#writer.forget();
      if (this.#writing.inTransaction) this.#rollBack();
      const unavailable = new StoreUnavailable('event store', error);
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
  async #commit(group: readonly PendingAppend[]): Promise<(() => void)[]> {
    const from = performance.now();
    await this.#begin();
    const version = versionOf(this.#statements.versionWritten);
    if (version !== this.#versionWritten) this.#writer.forget();
    this.#versionWritten = version;
    const answers = group.map(({ events, expected, reject, resolve, stream }) => {
      try {
        const result = this.#writer.write(stream, events, expected);
        return () => resolve(result);
      } catch (error) {
        // A refusal concerns its own append alone; any other failure is one of the whole transaction.
        if (!(error instanceof DomainError)) throw error;
        return () => reject(error);
      }
    });
    await execInBackground(this.#writing, 'COMMIT');
    this.#commitMilliseconds = performance.now() - from;
    return answers;
  }

  /** Waits for another process that writes, without keeping this one from what else it has to do. */
  async #begin(): Promise<void> {
    for (const until = performance.now() + busyMilliseconds; ;) {
      try {
        this.#statements.begin.run();
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() > until) throw error;
        await new Promise((later) => setTimeout(later, busyPauseMilliseconds));
      }
    }
  }

  #rollBack(): void {
    try {
      this.#writing.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself where the disk failed.
    }
  }
}

/** Changes whenever another connection has written. */
const versionOf = (statement: Database.Statement): number => (statement.get() as [number])[0];

function statementsOf(writing: Database.Database, reading: Database.Database) {
  const prepare = (sql: string) => reading.prepare(sql).raw();
  return {
    begin: writing.prepare('BEGIN IMMEDIATE'),
    versionWritten: writing.prepare('PRAGMA data_version').raw(),
    versionRead: prepare('PRAGMA data_version'),
    stream: prepare(`SELECT ${columns} FROM events WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?`),
    all: prepare(`SELECT ${columns} FROM events WHERE position > ? ORDER BY position LIMIT ?`),
    tenant: prepare(`SELECT ${columns} FROM events WHERE tenant = ? AND position > ? ORDER BY position LIMIT ?`),
    head: prepare('SELECT position FROM events ORDER BY position DESC LIMIT 1'),
    tenantHead: prepare('SELECT position FROM events WHERE tenant = ? ORDER BY position DESC LIMIT 1'),
  };
}

function answering<Answer>(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    throw new StoreUnavailable('event store', error);
  }
}

const closedStore = () => new StoreUnavailable('event store', new Error('The store is closed'));
