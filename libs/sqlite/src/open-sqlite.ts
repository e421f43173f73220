import Database from 'libsql';
import { Deadline, StoreUnavailable } from '#kernel';
import { isBusy } from './busy.js';
import { NewerLayout } from './newer-layout.js';
import { whyNotOpened } from './why-not-opened.js';

/** For how long others may keep a file that is being opened: as many as start at once make it one after the other. */
const patienceMilliseconds = 15_000;
const longestPauseMilliseconds = 40;

/** What a store asks of its file. */
export interface SqliteFile {
  /** Who asks, as its errors say it: such as `event store`. */
  readonly store: string;
  /**
   * The SQL that takes a file from each layout to the next one; a new file has layout 0. One that has been released is
   * never changed: what comes after it is another layout.
   */
  readonly layouts: readonly string[];
  /** `FULL`: what is answered is on the disk. `NORMAL`: a power cut may take the newest of it, and never the order. */
  readonly synchronous: 'FULL' | 'NORMAL';
  /** For how long a statement waits for another process that keeps the file. */
  readonly busyMilliseconds: number;
}

/**
 * Opens a SQLite file, which is made where it is missing, with a journal that lets others read and write meanwhile, and
 * brings it to the newest layout. Any number of processes may do so at once: each waits for the others, also where SQLite
 * itself does not (it waits neither for a change of the journal nor for one that recovers it).
 * @throws StoreUnavailable where the file cannot be opened, with what is wrong with it; NewerLayout
 */
export function openSqlite(file: string, wanted: SqliteFile): Database.Database {
  for (const deadline = new Deadline(patienceMilliseconds); ; waitAMoment()) {
    try {
      return opened(file, wanted);
    } catch (error) {
      if (error instanceof NewerLayout) throw error;
      if (!isBusy(error) || deadline.hasPassed) throw unavailable(file, wanted, error);
    }
  }
}

function unavailable(file: string, { store }: SqliteFile, error: unknown): StoreUnavailable {
  const why = whyNotOpened(file, error);
  return why ? new StoreUnavailable(store, error, 'file-unusable', why) : new StoreUnavailable(store, error);
}

function opened(file: string, { busyMilliseconds, layouts, synchronous }: SqliteFile): Database.Database {
  const database = new Database(file);
  try {
    database.pragma(`busy_timeout = ${patienceMilliseconds}`);
    // Set only where it must be: to change the journal takes the whole file.
    if (textOf(database, 'journal_mode') !== 'wal') database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${synchronous}`);
    bringToNewest(database, file, layouts);
    database.pragma(`busy_timeout = ${busyMilliseconds}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function bringToNewest(database: Database.Database, file: string, layouts: readonly string[]): void {
  if (layoutOf(database, file, layouts) === layouts.length) return;
  database
    .transaction(() => {
      // Another process may have done so since.
      for (const layout of layouts.slice(layoutOf(database, file, layouts))) database.exec(layout);
      database.pragma(`user_version = ${layouts.length}`);
    })
    .immediate();
}

function layoutOf(database: Database.Database, file: string, layouts: readonly string[]): number {
  const found = Number(textOf(database, 'user_version'));
  if (found > layouts.length) throw new NewerLayout(file, found, layouts.length);
  return found;
}

function textOf(database: Database.Database, pragma: string): string {
  const [row] = database.pragma(pragma) as [Record<string, string | number>];
  return String(row[pragma]);
}

/** The process has nothing else to do before its stores are open. Not all wait equally long, so that one comes first. */
function waitAMoment(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1 + Math.random() * longestPauseMilliseconds);
}
