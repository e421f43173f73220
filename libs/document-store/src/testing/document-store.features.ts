import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document, DocumentStore, GuardedWrite } from '../document-store.port.js';

/** A store made for one test. */
export interface StoreUnderTest {
  readonly store: DocumentStore;
  /** Opens the same documents once more, as another process would. The suite closes it. */
  readonly openAgain: () => Promise<DocumentStore>;
  readonly remove: () => Promise<void>;
}

const at = (number: number): string => String(number).padStart(20, '0');
const write = (document: Document, position = 1): GuardedWrite => ({ document, position: at(position) });
const idsOf = (documents: readonly Document[]): string[] => documents.map(({ _id }) => _id);

/** What every document store keeps to. An adapter's own specification calls this with a way to open a new store. */
export function describeDocumentStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`The document store on ${name}`, () => {
    let made: StoreUnderTest;
    let store: DocumentStore;

    beforeEach(async () => {
      made = await open();
      store = made.store;
    });
    afterEach(async () => {
      await store.close();
      await made.remove();
    });

    describe('guarded writes', () => {
      it('keep a document whole, and tell the position that it came with', async () => {
        const document = { _id: 'a', text: 'Å “5 787 (okt)”', deep: { list: [1, { x: null }] }, no: null };
        expect(await store.replaceMany('things', [write(document, 7)])).toBe(1);
        expect(await store.get('things', 'a')).toEqual({ ...document, _position: at(7) });
      });

      it('let only newer documents through', async () => {
        await store.replaceMany('things', [write({ _id: 'a', n: 1 }, 5)]);
        expect(await store.replaceMany('things', [write({ _id: 'a', n: 2 }, 5)])).toBe(0);
        expect(await store.replaceMany('things', [write({ _id: 'a', n: 3 }, 4), write({ _id: 'b', n: 1 }, 4)])).toBe(1);
        expect(await store.get('things', 'a')).toMatchObject({ n: 1 });
        expect(await store.replaceMany('things', [write({ _id: 'a', n: 4 }, 6)])).toBe(1);
        expect(await store.get('things', 'a')).toMatchObject({ n: 4, _position: at(6) });
      });

      it('replace, and do not merge', async () => {
        await store.replaceMany('things', [write({ _id: 'a', old: true }, 1)]);
        await store.replaceMany('things', [write({ _id: 'a', fresh: true }, 2)]);
        expect(await store.get('things', 'a')).toEqual({ _id: 'a', fresh: true, _position: at(2) });
      });
    });

    describe('finds', () => {
      const documents = [
        { _id: '1', plan: 'p', kind: 'uppdrag', sortKey: 'a', tags: ['x', 'y'], at: { day: '2025-01-01' }, size: 2 },
        {
          _id: '2',
          plan: 'p',
          kind: 'atgard',
          sortKey: 'c',
          tags: ['y'],
          at: { day: '2025-06-01' },
          size: 10,
          level: null,
        },
        { _id: '3', plan: 'p', kind: 'uppdrag', sortKey: 'b', tags: [], size: 1, level: 'delayed' },
        { _id: '4', plan: 'q', kind: 'uppdrag', sortKey: 'd', size: 1, parts: [{ body: 'amn' }, { body: 'ks' }] },
      ];

      for (const indexed of [false, true]) {
        describe(indexed ? 'by indexed fields' : 'without an index', () => {
          beforeEach(async () => {
            if (indexed)
              await store.ensureIndexes('things', [
                { fields: ['plan', 'sortKey'] },
                { fields: ['size'] },
                { fields: ['at.day'] },
              ]);
            await store.replaceMany(
              'things',
              documents.map((document) => write(document)),
            );
          });

          it.each<[string, object, string[]]>([
            ['all', {}, ['1', '2', '3', '4']],
            ['by a field', { plan: 'p' }, ['1', '2', '3']],
            ['by several', { plan: 'p', kind: 'uppdrag' }, ['1', '3']],
            ['by id', { _id: '2' }, ['2']],
            ['by a path', { 'at.day': '2025-06-01' }, ['2']],
            ['by an element of a list', { tags: 'y' }, ['1', '2']],
            ['by a field in a list of objects', { 'parts.body': 'ks' }, ['4']],
            ['one of several', { plan: { $in: ['q', 'r'] } }, ['4']],
            ['one of none', { plan: { $in: [] } }, []],
            ['a range', { 'at.day': { $gte: '2025-01-01', $lt: '2025-06-01' } }, ['1']],
            ['a range of numbers', { size: { $gt: 1, $lte: 10 } }, ['1', '2']],
            ['no text in a range of numbers', { plan: { $gt: 1 } }, []],
            ['what differs', { kind: { $ne: 'uppdrag' } }, ['2']],
            ['null or missing', { level: null }, ['1', '2', '4']],
            ['what is there', { level: { $exists: true } }, ['2', '3']],
            ['one or another', { $or: [{ kind: 'atgard' }, { plan: 'q' }] }, ['2', '4']],
            ['both', { $and: [{ tags: 'x' }, { tags: 'y' }] }, ['1']],
          ])('%s', async (_, filter, expected) => {
            expect(idsOf(await store.find('things', filter as never))).toEqual(expected);
            expect(await store.count('things', filter as never)).toBe(expected.length);
          });

          it('sorts, skips and limits, ties by id', async () => {
            const find = async (options: object) => idsOf(await store.find('things', { plan: 'p' }, options));
            expect(await find({ sort: { sortKey: 1 } })).toEqual(['1', '3', '2']);
            expect(await find({ sort: { sortKey: -1 }, limit: 2 })).toEqual(['2', '3']);
            expect(await find({ sort: { sortKey: 1 }, skip: 1, limit: 1 })).toEqual(['3']);
            expect(idsOf(await store.find('things', {}, { sort: { size: 1 } }))).toEqual(['3', '4', '1', '2']);
          });

          it('sorts what is missing first', async () => {
            expect(idsOf(await store.find('things', {}, { sort: { 'at.day': 1 } }))).toEqual(['3', '4', '1', '2']);
          });
        });
      }

      it('nothing where there is no collection', async () => {
        expect(await store.find('nothing', {})).toEqual([]);
        expect(await store.get('nothing', 'a')).toBeUndefined();
        expect(await store.count('nothing', {})).toBe(0);
      });

      it('those of many ids that exist', async () => {
        await store.replaceMany(
          'things',
          documents.map((document) => write(document)),
        );
        expect(idsOf(await store.getMany('things', ['3', 'none', '1'])).sort()).toEqual(['1', '3']);
      });
    });

    describe('compares and sets', () => {
      it('only on the version that the caller has seen', async () => {
        expect(await store.compareAndSet('points', { _id: 'a', version: 1, x: 1 }, 0)).toBe(false);
        expect(await store.compareAndSet('points', { _id: 'a', version: 1, x: 1 }, undefined)).toBe(true);
        expect(await store.compareAndSet('points', { _id: 'a', version: 1, x: 2 }, undefined)).toBe(false);
        expect(await store.compareAndSet('points', { _id: 'a', version: 2, x: 3 }, 1)).toBe(true);
        expect(await store.compareAndSet('points', { _id: 'a', version: 2, x: 4 }, 1)).toBe(false);
        expect(await store.get('points', 'a')).toMatchObject({ version: 2, x: 3 });
      });

      it('lets one of many through', async () => {
        const other = await made.openAgain();
        const tries = Array.from({ length: 10 }, (_, x) =>
          (x % 2 ? store : other).compareAndSet('points', { _id: 'a', version: 1, x }, undefined),
        );
        expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
        await other.close();
      });
    });

    it('drops a collection, and lists those that there are', async () => {
      await store.replaceMany('things@1', [write({ _id: 'a' })]);
      await store.replaceMany('things@2', [write({ _id: 'a' })]);
      expect(await store.collections()).toEqual(['things@1', 'things@2']);
      await store.drop('things@1');
      await store.drop('never-there');
      expect(await store.collections()).toEqual(['things@2']);
      expect(await store.get('things@1', 'a')).toBeUndefined();
    });

    it('sees what another process makes, writes, indexes and drops', async () => {
      const other = await made.openAgain();
      expect(await store.find('things', { plan: 'p' })).toEqual([]);
      await other.ensureIndexes('things', [{ fields: ['plan'] }]);
      await other.replaceMany('things', [write({ _id: 'a', plan: 'p' })]);
      expect(idsOf(await store.find('things', { plan: 'p' }))).toEqual(['a']);
      await other.drop('things');
      expect(await store.find('things', { plan: 'p' })).toEqual([]);
      await other.close();
    });

    it('keeps documents when it is opened again', async () => {
      await store.replaceMany('things', [write({ _id: 'a', n: 1 })]);
      await store.close();
      const again = await made.openAgain();
      expect(await again.get('things', 'a')).toMatchObject({ n: 1 });
      await again.close();
    });
  });
}
