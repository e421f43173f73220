import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { EventIdReused, StoreUnavailable } from '#kernel';
import { until } from '#kernel/testing';
import { AheadOfLog, ConnectionChanged, cursorOf } from '../index.js';
import type { EventStore } from '../index.js';
import type { ForeignEvent } from '../own-events.js';
import { anEvent, describeEventStore, describeMeddledLog } from '../testing/index.js';
import { openSqliteEventStore } from './index.js';
import type { SqliteOptions } from './index.js';
import { meddleWithFile } from './testing/meddling.js';

async function inTemporaryFolder<T>(work: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sparbar-log-'));
  try {
    return await work(join(folder, 'events.db'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function open(options: SqliteOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'sparbar-log-'));
  const file = join(folder, 'events.db');
  return {
    file,
    store: openSqliteEventStore(file, options),
    openAgain: async () => openSqliteEventStore(file),
    remove: () => rm(folder, { recursive: true }),
  };
}

describeEventStore('SQLite', open);

describeMeddledLog(
  'SQLite',
  async () => {
    const foreign: ForeignEvent[] = [];
    const log = await open({ onForeign: (event) => foreign.push(event) });
    return { ...log, ...meddleWithFile(log.file), foreign };
  },
  { endsStreams: false },
);

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

describe('The log in a SQLite file, while it is open,', () => {
  /** A log of two events in two streams, and a copy of it as it was before the second. */
  const withCopy = (work: (store: EventStore, file: string, copy: string) => Promise<void>) =>
    inTemporaryFolder(async (file) => {
      const store = openSqliteEventStore(file);
      await store.append('uppsala.a-1', [anEvent(1)], 'no-stream');
      const copy = `${file}-copy`;
      const database = new Database(file);
      database.exec(`VACUUM INTO '${copy}'`);
      database.close();
      await store.append('uppsala.a-2', [anEvent(2)], 'no-stream');
      try {
        await work(store, file, copy);
      } finally {
        await store.close();
      }
    });

  async function putInPlace(file: string, copy: string): Promise<void> {
    await Promise.all([file, `${file}-wal`, `${file}-shm`].map((part) => rm(part, { force: true })));
    await cp(copy, file);
  }

  const numbersIn = async (store: EventStore) =>
    (await store.readAll({ limit: 10 })).map(({ data: { number } }) => number);

  it('reads and writes the file that has taken its place, and no other', () =>
    withCopy(async (store, file, copy) => {
      const { connection } = store;
      const [, lost] = (await store.readAll({ limit: 2 })).map(cursorOf);
      await putInPlace(file, copy);
      expect(store.connection).toBeGreaterThan(connection);
      expect(await numbersIn(store)).toEqual([1]);
      expect(await store.standingOf(lost!)).toBe('replaced');
      const over = { connection };
      await expect(store.append('uppsala.a-2', [anEvent(3)], 0, over)).rejects.toThrow(ConnectionChanged);
      await store.append('uppsala.a-3', [anEvent(4)], 'no-stream');
      const another = openSqliteEventStore(file);
      expect(await numbersIn(another)).toEqual([1, 4]);
      await another.close();
      // Regrown, it has another event in the place.
      expect(await store.standingOf(lost!)).toBe('replaced');
    }));

  it('finds an append refused whose stream ended elsewhere in the file that was there', () =>
    withCopy(async (store, file, copy) => {
      await putInPlace(file, copy);
      await expect(store.append('uppsala.a-2', [anEvent(3)], 0)).rejects.toThrow(/is at no-stream/);
      await expect(store.append('uppsala.a-1', [anEvent(3)], 0)).resolves.toMatchObject({ revision: 1 });
    }));

  it('says that it is unavailable where the file was taken away, and goes on where it is brought back', () =>
    withCopy(async (store, file) => {
      await rename(file, `${file}-away`);
      await expect(store.append('uppsala.a-1', [anEvent(3)], 0)).rejects.toThrow(StoreUnavailable);
      await expect(store.readAll({ limit: 1 })).rejects.toThrow(StoreUnavailable);
      await rename(`${file}-away`, file);
      const { connection } = store;
      await store.append('uppsala.a-1', [anEvent(3)], 0, { connection });
      expect(await numbersIn(store)).toEqual([1, 2, 3]);
    }));

  it('takes what was restored in the same file for another connection', () =>
    withCopy(async (store, file) => {
      const { connection } = store;
      const database = new Database(file);
      // As a tool does that writes the pages of a copy into the file that is there.
      database.exec("DROP TRIGGER events_remain; DELETE FROM events WHERE stream = 'uppsala.a-2'");
      const { metadata } = anEvent();
      const insert = database.prepare('INSERT INTO events VALUES (2, ?, 0, ?, ?, ?, ?, ?)');
      insert.run('uppsala.a-2', 'another', 'Noted', 'uppsala', '{"number":9}', JSON.stringify(metadata));
      database.close();
      const onWhatIsGone = store.append('uppsala.a-2', [anEvent(3)], 0, { connection });
      await expect(onWhatIsGone).rejects.toThrow(ConnectionChanged);
      expect(store.connection).toBeGreaterThan(connection);
      expect(await numbersIn(store)).toEqual([1, 9]);
    }));

  it('tells a place that was trimmed from another log', () =>
    withCopy(async (store, file) => {
      const [first, second] = (await store.readAll({ limit: 2 })).map(cursorOf);
      const database = new Database(file);
      database.exec("DROP TRIGGER events_remain; DELETE FROM events WHERE stream = 'uppsala.a-1'");
      database.close();
      expect(await store.standingOf(first!)).toBe('trimmed');
      expect(await store.standingOf(second!)).toBe('same');
    }));

  it('ends a subscription that has given what is gone, and goes on with one that has not', () =>
    withCopy(async (store, file, copy) => {
      const [first] = (await store.readAll({ limit: 1 })).map(cursorOf);
      const ended = new AbortController();
      const seen: unknown[] = [];
      const follow = async (after?: string) => {
        for await (const batch of store.subscribe({ signal: ended.signal, ...(after && { after }) })) {
          seen.push(...batch.map(({ data: { number } }) => number));
        }
      };
      const ahead = follow(first!.position);
      await until(() => seen.length >= 1);
      await putInPlace(file, copy);
      await expect(ahead).rejects.toThrow(AheadOfLog);
      const behind = follow(first!.position);
      await store.append('uppsala.a-3', [anEvent(4)], 'no-stream');
      await until(() => seen.length >= 2);
      ended.abort();
      await behind;
      expect(seen).toEqual([2, 4]);
    }));
});
