import type Database from 'libsql';

/** The number of the layout that this code reads and writes. */
const layout = 1;

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
  const [{ user_version: found }] = database.pragma('user_version') as [{ user_version: number }];
  if (found > layout) {
    throw new Error(`${file} has layout ${found}, and this version of Spårbar reads up to ${layout}: update Spårbar`);
  }
  if (found === layout) return;
  // Times are milliseconds since 1970. `number` tells which of two jobs is newer.
  database.exec(`
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS jobs (
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
    CREATE INDEX IF NOT EXISTS jobs_due ON jobs (name, due_at) WHERE state = 'pending';
    CREATE INDEX IF NOT EXISTS jobs_leased ON jobs (lease_until) WHERE state = 'active';
    CREATE INDEX IF NOT EXISTS jobs_completed ON jobs (ended_at) WHERE state = 'completed';
    PRAGMA user_version = ${layout};
    COMMIT;
  `);
}
