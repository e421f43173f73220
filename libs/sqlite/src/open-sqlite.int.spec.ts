import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inLanguage, StoreUnavailable } from '#kernel';
import { NewerLayout, openSqlite } from './index.js';
import { whyNotOpened } from './why-not-opened.js';

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

  it('says which file it is that cannot be opened, and what is wrong with it', async () => {
    const whyNot = (name: string): string => {
      file = join(folder, name);
      try {
        open(first).close();
        return 'nothing';
      } catch (error) {
        expect(error).toMatchObject({ reason: 'file-unusable', cause: expect.anything() });
        return (error as StoreUnavailable).message.replace(`The store of things does not answer: ${file} `, '');
      }
    };
    await writeFile(join(folder, 'text'), 'A text that is no database, and longer than the head of one. '.repeat(20));
    await mkdir(join(folder, 'folder'));
    await symlink(join(folder, 'not-mounted', 'things.db'), join(folder, 'broken'));
    await symlink('around', join(folder, 'around'));
    expect(whyNot('text')).toMatch(/^cannot be used: it is no database/);
    expect(whyNot('folder')).toMatch(/^cannot be used: it is a folder/);
    expect(whyNot('broken')).toMatch(/^cannot be used: it is a link that leads nowhere/);
    expect(whyNot('around')).toMatch(/^cannot be used: it is a link that leads nowhere/);
    expect(whyNot(join('nowhere', 'things.db'))).toMatch(new RegExp(`There is no ${join(folder, 'nowhere')}$`));
  });

  it.each([
    ['SQLITE_FULL', /disken är full/],
    ['SQLITE_READONLY_DIRECTORY', /den kan inte skrivas/],
    ['SQLITE_CORRUPT', /den är skadad/],
    ['SQLITE_IOERR_SHMMAP', /disken gör inte det/],
    ['SQLITE_BUSY', /en annan process håller den/],
    ['SQLITE_PROTOCOL', /en annan process håller den/],
    ['SQLITE_CANTOPEN', /den kan inte öppnas eller skapas/],
  ])('says in Swedish too what %s means', (code, words) => {
    const said = whyNotOpened(file, Object.assign(new Error('no'), { code }));
    expect(inLanguage('sv', said!)).toMatch(words);
  });

  it('says nothing of a failure that is not its file’s', () => {
    expect(whyNotOpened(file, Object.assign(new Error('near "no"'), { code: 'SQLITE_ERROR' }))).toBeUndefined();
  });
});
