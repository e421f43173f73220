import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import Database from 'libsql';
import { Statements } from '#sqlite';
import type { Filter, FindOptions } from '../document-store.port.js';
import { describeDocumentStore } from '../testing/index.js';
import { openSqliteDocumentStore } from './index.js';

describeDocumentStore('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sparbar-documents-'));
  const file = join(folder, 'documents.db');
  return {
    store: openSqliteDocumentStore(file),
    openAgain: async () => openSqliteDocumentStore(file),
    remove: () => rm(folder, { recursive: true }),
  };
});

describe('A file of documents', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-documents-'));
    file = join(folder, 'documents.db');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('finds by an index, in which documents without its first field take no room', async () => {
    const store = openSqliteDocumentStore(file);
    await store.ensureIndexes('things', [{ fields: ['plan', 'sortKey'] }]);
    const documents = Array.from({ length: 100 }, (_, n) => ({
      _id: `${n}`,
      ...(n < 3 && { plan: 'p', sortKey: `${n}` }),
    }));
    await store.replaceMany(
      'things',
      documents.map((document) => ({ document, position: '1' })),
    );
    await store.close();
    const raw = new Database(file);
    const plan = raw
      .prepare(
        `EXPLAIN QUERY PLAN SELECT id FROM "c:things" WHERE "$.plan" = ? AND "$.sortKey" > ? ORDER BY "$.sortKey"`,
      )
      .all('p', '0') as { detail: string }[];
    expect(plan.map(({ detail }) => detail)).toEqual([
      'SEARCH c:things USING INDEX things:plan+sortKey ($.plan=? AND $.sortKey>?)',
    ]);
    raw.exec('ANALYZE');
    const [{ stat }] = raw.prepare(`SELECT stat FROM sqlite_stat1 WHERE idx = 'things:plan+sortKey'`).all() as [
      { stat: string },
    ];
    expect(stat).toMatch(/^3 /);
    raw.close();
  });

  describe('read in pages', () => {
    const statements: string[] = [];

    /** How SQLite finds what a question is for: a line for each table or index that it looks at. */
    async function waysOf(filter: Filter, options: FindOptions): Promise<string[]> {
      const store = openSqliteDocumentStore(file);
      await store.ensureIndexes('things', [
        { fields: ['plan', 'kind', 'sortKey', '_id', 'level', 'text'] },
        { fields: ['plan', 'tags', 'kind', 'sortKey', '_id', 'level'], list: 'tags' },
      ]);
      jest.spyOn(Statements.prototype, 'of').mockImplementation((sql) => {
        statements.push(sql);
        return new Database(file).prepare(sql).raw();
      });
      await store.find('things', filter, options);
      await store.count('things', filter);
      jest.restoreAllMocks();
      await store.close();
      const raw = new Database(file);
      const [page, count] = statements.splice(0).map((sql) => {
        const given = Array.from({ length: sql.split('?').length - 1 }, () => 1);
        return (raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...given) as { detail: string }[]).map(
          ({ detail }) => detail,
        );
      });
      raw.close();
      return [...page!, 'count', ...count!];
    }
    const [kinds, tags] = ['things:plan+kind+sortKey+_id+level+text', 'li:things:plan+tags+kind+sortKey+_id+level'];
    const page = { sort: { sortKey: 1 }, skip: 100, limit: 20 } as const;
    const inOrder = 'USE TEMP B-TREE FOR ORDER BY';

    it.each<[string, Filter]>([
      ['', {}],
      [' by what the index holds beside its order', { level: 'red', text: { $includes: 'a' } }],
    ])('looks at nothing but the page and an index that is in its order%s', async (_, filter) => {
      expect(await waysOf({ plan: 'p', kind: 'k', ...filter }, page)).toEqual([
        'SEARCH d USING INTEGER PRIMARY KEY (rowid=?)',
        'LIST SUBQUERY 1',
        `SEARCH d USING COVERING INDEX ${kinds} ($.plan=? AND $.kind=?)`,
        inOrder,
        'count',
        `SEARCH d USING COVERING INDEX ${kinds} ($.plan=? AND $.kind=?)`,
      ]);
    });

    it('and the same of those that a list names', async () => {
      expect(await waysOf({ plan: 'p', tags: 't', kind: 'k', level: 'red' }, page)).toEqual([
        'SEARCH d USING INDEX sqlite_autoindex_c:things_1 (id=?)',
        'LIST SUBQUERY 1',
        `SEARCH l USING COVERING INDEX ${tags} ($.plan=? AND $.tags=? AND $.kind=?)`,
        inOrder,
        'count',
        `SEARCH l USING COVERING INDEX ${tags} ($.plan=? AND $.tags=? AND $.kind=?)`,
      ]);
    });
  });

  it('of an older layout answers, is written to and indexed further', async () => {
    const old = new Database(file);
    old.exec(`
      CREATE TABLE indexed_fields (collection TEXT, field TEXT, PRIMARY KEY (collection, field));
      CREATE TABLE "c:things" (id TEXT PRIMARY KEY, body TEXT NOT NULL, position TEXT NOT NULL);
      CREATE INDEX "things:plan" ON "c:things" (json_extract(body, '$.plan'));
      INSERT INTO indexed_fields VALUES ('things', 'plan');
      INSERT INTO "c:things" VALUES ('a', '{"_id":"a","plan":"p","at":{"day":"2"}}', '1');
      PRAGMA user_version = 1;
    `);
    old.close();
    const store = openSqliteDocumentStore(file);
    const indexes = [{ fields: ['plan'] }, { fields: ['plan', 'at.day'] }];
    const written = { _id: 'b', plan: 'p', at: { day: '1' } };
    await store.replaceMany('things', [{ document: written, position: '2' }]);
    for (const time of ['before', 'after']) {
      const found = await store.find('things', { plan: 'p' }, { sort: { 'at.day': 1 } });
      expect([time, ...found.map(({ _id }) => _id)]).toEqual([time, 'b', 'a']);
      await store.ensureIndexes('things', indexes);
    }
    expect(await store.find('things', { plan: 'p', 'at.day': { $gt: '1' } })).toMatchObject([{ _id: 'a' }]);
    await store.close();
  });
});
