/** The layouts of the log, each from the one before it. */
export const layouts: readonly string[] = [
  `
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
  `,
];
