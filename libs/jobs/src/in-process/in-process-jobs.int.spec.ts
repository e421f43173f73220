import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { StoreUnavailable } from '#kernel';
import { eventually } from '#kernel/testing';
import { jobIdOf } from '../job-id.js';
import { aHandler, describeJobs } from '../testing/index.js';
import { openInProcessJobs } from './index.js';

async function inTemporaryFolder<T>(work: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sparbar-jobs-'));
  try {
    return await work(join(folder, 'jobs.db'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

describeJobs('a SQLite file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sparbar-jobs-'));
  const file = join(folder, 'jobs.db');
  return {
    jobs: openInProcessJobs(file),
    openAgain: async (kept) => openInProcessJobs(file, kept),
    process: { parameters: ['in-process', file], env: {} },
    remove: () => rm(folder, { recursive: true }),
  };
});

describe('The jobs in a SQLite file', () => {
  it('are unavailable within a second where another process keeps the file, and there again when it lets go', () =>
    inTemporaryFolder(async (file) => {
      const jobs = openInProcessJobs(file);
      const other = new Database(file);
      other.exec('BEGIN IMMEDIATE');
      const from = Date.now();
      await expect(jobs.enqueue({ name: 'count', key: 'one', data: {} })).rejects.toThrow(StoreUnavailable);
      expect(Date.now() - from).toBeLessThanOrEqual(1_000);
      other.exec('ROLLBACK');
      other.close();
      expect(await jobs.enqueue({ name: 'count', key: 'one', data: {} })).toMatchObject({ isNew: true });
      await jobs.close();
    }));

  it('are read where an older version wrote the file', () =>
    inTemporaryFolder(async (file) => {
      await openInProcessJobs(file).close();
      const database = new Database(file);
      // As the first layout was.
      database.exec('DROP INDEX jobs_ended; DROP INDEX jobs_listed');
      database.exec("CREATE INDEX jobs_completed ON jobs (ended_at) WHERE state = 'completed'");
      for (const added of ['waits', 'waiting_for', 'waiting_since']) {
        database.exec(`ALTER TABLE jobs DROP COLUMN ${added}`);
      }
      database.exec(`INSERT INTO jobs (id, name, key, data, due_at, enqueued_at)
        VALUES ('${jobIdOf({ name: 'count', key: 'old' })}', 'count', 'old', '{"to":3}', 1, 1)`);
      database.pragma('user_version = 1');
      database.close();
      const [jobs, other] = [openInProcessJobs(file), openInProcessJobs(file)];
      expect(await other.status({ name: 'count', key: 'old' })).toMatchObject({ state: 'waiting', data: { to: 3 } });
      jobs.work([aHandler({ run: async ({ to }) => to! })]);
      await eventually(
        'The job',
        () => jobs.status({ name: 'count', key: 'old' }),
        ({ result }) => result === 3,
      );
      await jobs.close();
      await other.close();
    }));

  it('say which version it takes where a newer one wrote the file', () =>
    inTemporaryFolder(async (file) => {
      const database = new Database(file);
      database.pragma('user_version = 99');
      database.close();
      expect(() => openInProcessJobs(file)).toThrow(/layout 99.*update Spårbar/);
    }));
});
