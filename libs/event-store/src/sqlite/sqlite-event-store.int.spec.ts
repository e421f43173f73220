import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { EventIdReused, StoreUnavailable } from '#kernel';
import { anEvent, describeEventStore } from '../testing/index.js';
import { openSqliteEventStore } from './index.js';

async function inTemporaryFolder<T>(work: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sparbar-log-'));
  try {
    return await work(join(folder, 'events.db'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

describeEventStore('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sparbar-log-'));
  const file = join(folder, 'events.db');
  return {
    store: openSqliteEventStore(file),
    openAgain: async () => openSqliteEventStore(file),
    remove: () => rm(folder, { recursive: true }),
  };
});

describe('The log in a SQLite file', () => {
  it('lets nobody change or remove what is recorded, whatever tool they use', () =>
    inTemporaryFolder(async (file) => {
      const store = openSqliteEventStore(file);
      await store.append('uppsala.a-1', [anEvent()], 'no-stream');
      await store.close();
      const database = new Database(file);
      expect(() => database.exec("UPDATE events SET type = 'Other'")).toThrow(/never changed/);
      expect(() => database.exec('DELETE FROM events')).toThrow(/never removed/);
      database.close();
    }));

  it('commits appends that come together at once', () =>
    inTemporaryFolder(async (file) => {
      const store = openSqliteEventStore(file);
      const positions = await Promise.all(
        Array.from({ length: 600 }, (_, index) => store.append(`uppsala.a-${index}`, [anEvent()], 'no-stream')),
      );
      expect(new Set(positions.map(({ position }) => position)).size).toBe(600);
      await store.close();
    }));

  it('refuses an event id that the log holds elsewhere, and all that came with it', () =>
    inTemporaryFolder(async (file) => {
      const store = openSqliteEventStore(file);
      const known = anEvent();
      await store.append('uppsala.a-1', [known], 'no-stream');
      await expect(store.append('uppsala.a-2', [anEvent(), known], 'no-stream')).rejects.toThrow(EventIdReused);
      await expect(store.append('uppsala.a-1', [anEvent(), known], 0)).rejects.toThrow(EventIdReused);
      expect(await store.readStream('uppsala.a-2')).toEqual([]);
      expect(await store.readStream('uppsala.a-1')).toHaveLength(1);
      await store.close();
    }));

  it('says which version it takes where a newer one wrote the file', () =>
    inTemporaryFolder(async (file) => {
      const database = new Database(file);
      database.pragma('user_version = 99');
      database.close();
      expect(() => openSqliteEventStore(file)).toThrow(/layout 99.*update Spårbar/);
    }));

  it('says that it is unavailable where another process keeps the file, and goes on when it lets go', () =>
    inTemporaryFolder(async (file) => {
      const store = openSqliteEventStore(file);
      await store.append('uppsala.a-1', [anEvent()], 'no-stream');
      const other = new Database(file);
      other.exec('BEGIN IMMEDIATE');
      // Another process that holds the file for longer than a caller should wait.
      await expect(store.append('uppsala.a-1', [anEvent()], 0)).rejects.toThrow(StoreUnavailable);
      other.exec('ROLLBACK');
      other.close();
      await expect(store.append('uppsala.a-1', [anEvent()], 0)).resolves.toMatchObject({ revision: 1 });
      await store.close();
    }));
});
