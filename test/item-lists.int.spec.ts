import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import Database from 'libsql';
import type { DocumentStore } from '#document-store';
import { openSqliteDocumentStore } from '#document-store/sqlite';
import { itemStatus, storeFilter } from '#planning';
import type { ItemFilter } from '#planning';

describe('A page of items, and their count, in a file of documents', () => {
  let folder: string;
  let file: string;
  let store: DocumentStore;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-lists-'));
    file = join(folder, 'documents.db');
    store = openSqliteDocumentStore(file);
    await store.ensureIndexes('items', itemStatus.indexes!);
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  /** What SQLite looks at for the page, and for the count, but for the documents of the page. */
  async function looksAt(asked: ItemFilter): Promise<string[]> {
    const filter = { tenant: 't', planId: 'p', kind: 'uppdrag', ...storeFilter(asked) };
    const prepared = jest.spyOn(Database.prototype, 'prepare');
    await store.find('items', filter, { sort: { sortKey: 1 }, skip: 20, limit: 20 });
    await store.count('items', filter);
    const statements = prepared.mock.calls.map(([sql]) => sql).filter((sql) => sql.startsWith('SELECT'));
    prepared.mockRestore();
    const raw = new Database(file);
    const plans = statements
      .filter((sql) => /LIMIT|count/.test(sql))
      .map((sql) => {
        const given = Array.from({ length: sql.split('?').length - 1 }, () => 1);
        return (raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...given) as { detail: string }[]).map(
          ({ detail }) => detail,
        );
      });
    raw.close();
    const [page, count] = plans;
    // The documents by their ids, and their order: of the page alone.
    const [documents, among] = page!;
    expect([documents, among, page!.at(-1)]).toEqual([
      expect.stringMatching(/^SEARCH d USING (INTEGER PRIMARY KEY|INDEX sqlite_autoindex_c:items_1 \(id=\?\))/),
      expect.stringMatching(/^LIST SUBQUERY/),
      'USE TEMP B-TREE FOR ORDER BY',
    ]);
    return [...page!.slice(2, -1), ...count!];
  }

  it.each<[what: string, asked: ItemFilter]>([
    ['all', {}],
    ['of a number', { number: '7' }],
    ['of a level', { level: 'delayed' }],
    ['in a state', { lifecycle: 'completed' }],
    ['that hold a text', { text: 'arbete' }],
    ['that hold it forgivingly', { text: 'arbete', match: 'forgiving' }],
    ['of all of that', { number: '7', level: 'delayed', lifecycle: 'completed', text: 'arbete' }],
    ['under another', { parentId: 'i' }],
    ['of a body', { bodies: ['b'] }],
    ['of a body and a level', { bodies: ['b'], level: 'delayed' }],
    ['under another, of a level', { parentId: 'i', level: 'delayed' }],
  ])('are found in an index that covers the question and is in their order: %s', async (_, asked) => {
    for (const looked of await looksAt(asked)) {
      expect(looked).toMatch(
        /^SEARCH [dl] USING COVERING INDEX .* \(\$\.tenant=\? AND \$\.planId=\?.* AND \$\.kind=\?\)$/,
      );
    }
  });

  it.each<[what: string, asked: ItemFilter]>([
    ['of a body or its groups', { bodies: ['b', 'g'] }],
    ['of a body, under another', { bodies: ['b', 'g'], parentId: 'i' }],
    ['of a body, in a state', { bodies: ['b'], lifecycle: 'completed' }],
  ])('and of what several lists say, no item is looked at that the first does not name: %s', async (_, asked) => {
    const looked = await looksAt(asked);
    expect(looked.some((line) => /^SEARCH l USING COVERING INDEX/.test(line))).toBe(true);
    expect(looked.filter((line) => line.startsWith('SCAN'))).toEqual([]);
  });
});
