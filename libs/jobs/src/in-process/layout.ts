/** What makes each layout of the one before it. Times are milliseconds since 1970. `number` tells which of two jobs is newer. */
export const layouts: readonly string[] = [
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
  `
    DROP INDEX jobs_completed;
    CREATE INDEX jobs_ended ON jobs (state, name, ended_at);
    CREATE INDEX jobs_listed ON jobs (tenant, name, state, due_at);
  `,
];
