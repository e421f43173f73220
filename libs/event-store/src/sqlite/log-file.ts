import { statSync } from 'node:fs';
import type Database from 'libsql';
import { StoreUnavailable } from '#kernel';
import { openSqlite } from '#sqlite';
import { EventWriter } from './event-writer.js';
import { layouts } from './layout.js';
import { columns } from './row.js';

/** How long another process may keep the file before a read is given up. */
const busyMilliseconds = 5_000;
const cacheKilobytes = 16_384;

/** An event that the file held when it was last looked at. */
interface Newest {
  readonly position: number;
  readonly id: string;
}

const nothingMet: Newest = { position: 0, id: '' };

/** What the file is opened as, for as long as it is the same file. */
interface Opened {
  readonly database: Database.Database;
  /** Which file it is. */
  readonly identity: string;
}

export interface Writing extends Opened {
  readonly writer: EventWriter;
  readonly begin: Database.Statement;
  readonly version: Database.Statement;
}

export interface Reading extends Opened {
  readonly statements: ReturnType<typeof statementsOf>;
}

/**
 * The file of a log, open once for writing and once for reading. Where another file has taken its place, or what was
 * met in it is gone, both are opened anew: whoever kept the old one would go on writing where nobody ever reads.
 */
export class LogFile {
  #writing: Writing;
  #reading: Reading;
  #versionWritten: number | undefined;
  #identity: string;
  #connection = 0;
  #newest = nothingMet;
  #looked = false;

  /** @throws StoreUnavailable where it cannot be opened; NewerLayout */
  constructor(private readonly file: string) {
    const database = this.#open();
    this.#identity = this.#look();
    this.#writing = this.#toWrite(database);
    this.#reading = this.#openReading();
  }

  /**
   * Rises whenever the log may have become another. The file is looked at once for all who ask in one turn of the event
   * loop: before and after a transaction it is looked at again.
   */
  get connection(): number {
    if (this.#looked) return this.#connection;
    this.#looked = true;
    setImmediate(() => (this.#looked = false));
    return this.connectionNow();
  }

  /** The same, by another look at the file. */
  connectionNow(): number {
    this.#notice();
    return this.#connection;
  }

  /** @throws StoreUnavailable where there is no file any more */
  reading(): Reading {
    this.#refuseGone(this.#notice());
    if (this.#reading.identity !== this.#identity) {
      this.#reading.database.close();
      this.#reading = this.#openReading();
    }
    return this.#reading;
  }

  /** @throws StoreUnavailable where there is no file any more */
  writing(): Writing {
    this.#refuseGone(this.#notice());
    if (this.#writing.identity !== this.#identity) {
      this.#writing.database.close();
      this.#writing = this.#toWrite(this.#open());
      this.#versionWritten = undefined;
    }
    return this.#writing;
  }

  /** Whether a commit has come to the file that is there now. */
  isCurrent({ identity }: Opened): boolean {
    return this.#notice() && identity === this.#identity;
  }

  /**
   * Looks, in a transaction that has just begun, whether another process has written since the last one. Then what was
   * met here must be there still: a file whose content was restored in its place stays the same file to the system.
   */
  begun({ database, version, writer }: Writing): void {
    const found = versionOf(version);
    if (found === this.#versionWritten) return;
    this.#versionWritten = found;
    writer.forget();
    const { id, position } = this.#newest;
    const [there] = (database.prepare('SELECT id FROM events WHERE position = ?').raw().get(position) ??
      []) as string[];
    if (position === 0 || there === id) return;
    this.#newest = nothingMet;
    this.#connection++;
  }

  /** Notes an event that the file holds. */
  met(position: number, id: string): void {
    if (position > this.#newest.position) this.#newest = { position, id };
  }

  close(): void {
    this.#writing.database.close();
    this.#reading.database.close();
  }

  /** @returns whether there is a file */
  #notice(): boolean {
    const identity = this.#look();
    if (identity === this.#identity || identity === '') return identity !== '';
    this.#identity = identity;
    this.#newest = nothingMet;
    this.#connection++;
    return true;
  }

  #refuseGone(isThere: boolean): void {
    if (!isThere) throw new StoreUnavailable('event store', new Error(`There is no file ${this.file} any more`));
  }

  /** What tells one file from another of the same name, for as long as one of them is open. */
  #look(): string {
    const found = statSync(this.file, { bigint: true, throwIfNoEntry: false });
    return found ? `${found.dev}:${found.ino}` : '';
  }

  #toWrite(database: Database.Database): Writing {
    // Ids come in no order: without room for the pages of their index, each insert would read some anew.
    database.pragma(`cache_size = -${cacheKilobytes}`);
    const writer = new EventWriter(database);
    // Whoever begins a transaction waits for others without keeping this process from what else it has to do.
    database.pragma('busy_timeout = 0');
    const begin = database.prepare('BEGIN IMMEDIATE');
    const version = database.prepare('PRAGMA data_version').raw();
    return { database, begin, version, writer, identity: this.#identity };
  }

  #openReading(): Reading {
    const database = this.#open();
    return { database, statements: statementsOf(database), identity: this.#identity };
  }

  /** An answer means that the events are on the disk, whatever happens to the machine. */
  #open(): Database.Database {
    return openSqlite(this.file, { store: 'event store', layouts, synchronous: 'FULL', busyMilliseconds });
  }
}

/** Changes whenever another connection has written. */
export const versionOf = (statement: Database.Statement): number => (statement.get() as [number])[0];

function statementsOf(database: Database.Database) {
  const prepare = (sql: string) => database.prepare(sql).raw();
  return {
    version: prepare('PRAGMA data_version'),
    stream: prepare(`SELECT ${columns} FROM events WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?`),
    all: prepare(`SELECT ${columns} FROM events WHERE position > ? ORDER BY position LIMIT ?`),
    tenant: prepare(`SELECT ${columns} FROM events WHERE tenant = ? AND position > ? ORDER BY position LIMIT ?`),
    at: prepare('SELECT id FROM events WHERE position = ?'),
    newest: prepare(`SELECT ${columns} FROM events ORDER BY position DESC LIMIT ?`),
  };
}
