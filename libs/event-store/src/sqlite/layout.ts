import type Database from 'libsql';

/** The number of the layout that this code reads and writes. */
const layout = 1;

/**
 * Makes the tables of a new file.
 * @throws Error where the file was written by a newer version of the code
 */
export function prepareLayout(database: Database.Database, file: string): void {
  database.pragma('journal_mode = WAL');
  // An answer means that the events are on the disk, whatever happens to the machine.
  database.pragma('synchronous = FULL');
  database.pragma('busy_timeout = 5000');
  const [{ user_version: found }] = database.pragma('user_version') as [{ user_version: number }];
  if (found > layout) {
    throw new Error(`${file} has layout ${found}, and this version of Spårbar reads up to ${layout}: update Spårbar`);
  }
  if (found === layout) return;
  database.exec(`
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS events (
      position INTEGER PRIMARY KEY,
      stream   TEXT NOT NULL,
      revision INTEGER NOT NULL,
      id       TEXT NOT NULL UNIQUE,
      type     TEXT NOT NULL,
      tenant   TEXT NOT NULL,
      data     TEXT NOT NULL,
      metadata TEXT NOT NULL,
      UNIQUE (stream, revision)
    );
    CREATE INDEX IF NOT EXISTS events_of_tenant ON events (tenant, position);
    CREATE TRIGGER IF NOT EXISTS events_stay BEFORE UPDATE ON events
      BEGIN SELECT RAISE(ABORT, 'what is recorded is never changed'); END;
    CREATE TRIGGER IF NOT EXISTS events_remain BEFORE DELETE ON events
      BEGIN SELECT RAISE(ABORT, 'what is recorded is never removed'); END;
    PRAGMA user_version = ${layout};
    COMMIT;
  `);
}
