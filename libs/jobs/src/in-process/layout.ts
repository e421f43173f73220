import type Database from 'libsql';

/** The number of the layout that this code reads and writes. */
const layout = 2;

/** A caller waits no longer than a second for a file that another process keeps. */
const busyMilliseconds = 900;

/**
 * Makes the tables of a new file.
 * @throws Error where the file was written by a newer version of the code
 */
export function prepareLayout(database: Database.Database, file: string): void {
  database.pragma(`busy_timeout = ${busyMilliseconds}`);
  database.pragma('journal_mode = WAL');
  // An answer means that the job is on the disk, whatever happens to the machine.
  database.pragma('synchronous = FULL');
  const found = layoutOf(database);
  if (found > layout) {
    throw new Error(`${file} has layout ${found}, and this version of Spårbar reads up to ${layout}: update Spårbar`);
  }
  if (found === layout) return;
  database
    .transaction(() => {
      // Another process may have been first.
      for (let next = layoutOf(database); next < layout; next++) database.exec(steps[next]!);
      database.pragma(`user_version = ${layout}`);
    })
    .immediate();
}

function layoutOf(database: Database.Database): number {
  const [{ user_version: found }] = database.pragma('user_version') as [{ user_version: number }];
  return found;
}

/** What makes each layout of the one before it. Times are milliseconds since 1970. `number` tells which of two jobs is newer. */
const steps: readonly string[] = [
  `
    CREATE TABLE jobs (
      number      INTEGER PRIMARY KEY AUTOINCREMENT,
      id          TEXT NOT NULL UNIQUE,
      name        TEXT NOT NULL,
      key         TEXT NOT NULL,
      tenant      TEXT,
      data        TEXT NOT NULL,
      state       TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'active', 'completed', 'failed')),
      due_at      INTEGER NOT NULL,
      run_at      INTEGER,
      enqueued_at INTEGER NOT NULL,
      started_at  INTEGER,
      ended_at    INTEGER,
      begun       INTEGER NOT NULL DEFAULT 0,
      failures    INTEGER NOT NULL DEFAULT 0,
      progress    TEXT,
      result      TEXT,
      error       TEXT,
      lease       TEXT,
      lease_until INTEGER,
      lease_host  TEXT,
      lease_pid   INTEGER
    );
    CREATE INDEX jobs_due ON jobs (name, due_at) WHERE state = 'pending';
    CREATE INDEX jobs_leased ON jobs (lease_until) WHERE state = 'active';
    CREATE INDEX jobs_completed ON jobs (ended_at) WHERE state = 'completed';
  `,
  `
    ALTER TABLE jobs ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE jobs ADD COLUMN waiting_for TEXT;
    ALTER TABLE jobs ADD COLUMN waiting_since INTEGER;
  `,
];
