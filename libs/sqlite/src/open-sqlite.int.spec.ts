import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '#kernel';
import { NewerLayout, openSqlite } from './index.js';

const first = 'CREATE TABLE things (id TEXT)';
const second = 'ALTER TABLE things ADD COLUMN size INTEGER DEFAULT 1';

describe('A SQLite file', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-sqlite-'));
    file = join(folder, 'things.db');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const open = (...layouts: readonly string[]) =>
    openSqlite(file, { store: 'store of things', layouts, synchronous: 'FULL', busyMilliseconds: 700 });

  it('is made in the newest layout, durable, and open to others', () => {
    const database = open(first, second);
    expect(database.pragma('user_version')).toEqual([{ user_version: 2 }]);
    expect(database.pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(database.pragma('synchronous')).toEqual([{ synchronous: 2 }]);
    expect(database.pragma('busy_timeout')).toEqual([{ timeout: 700 }]);
    database.close();
  });

  it('is brought from the layout that it has to the newest, with what it holds', () => {
    const older = open(first);
    older.exec("INSERT INTO things VALUES ('a')");
    older.close();
    const newer = open(first, second);
    expect(newer.prepare('SELECT id, size FROM things').raw().all()).toEqual([['a', 1]]);
    newer.close();
    open(first, second).close();
  });

  it('keeps the layout that it has where the way to the newest fails', () => {
    open(first).close();
    expect(() => open(first, second, 'no SQL')).toThrow(StoreUnavailable);
    const database = open(first, second);
    expect(database.pragma('user_version')).toEqual([{ user_version: 2 }]);
    database.close();
  });

  it('is left alone where a newer version made it', () => {
    open(first, second).close();
    expect(() => open(first)).toThrow(NewerLayout);
    expect(() => open(first)).toThrow(/layout 2.*reads up to 1: update Spårbar/);
  });

  it('is unavailable, under the name of its store, where it cannot be opened or is something else', async () => {
    await writeFile(file, 'A text that is no database, and longer than the head of one. '.repeat(20));
    expect(() => open(first)).toThrow('The store of things does not answer');
    file = join(folder, 'nowhere', 'things.db');
    expect(() => open(first)).toThrow(StoreUnavailable);
  });
});
