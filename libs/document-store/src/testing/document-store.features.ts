import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '#kernel';
import type { Document, DocumentStore, Filter, GuardedWrite } from '../document-store.port.js';
import { DocumentRefused } from '../index.js';

/** A store made for one test. */
export interface StoreUnderTest {
  readonly store: DocumentStore;
  /** Opens the same documents once more, as another process would. The suite closes it. */
  readonly openAgain: () => Promise<DocumentStore>;
  readonly remove: () => Promise<void>;
}

const at = (number: number): string => String(number).padStart(20, '0');
const write = (document: Document, position = 1): GuardedWrite => ({ document, position: at(position) });
const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number);
/** An object with so many others inside, each in the last. */
const nested = (levels: number): object => {
  let inner: object = {};
  for (let level = 1; level < levels; level++) inner = { inner };
  return inner;
};
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

      it('of nothing write nothing', async () => {
        expect(await store.replaceMany('things', [])).toBe(0);
      });

      it('count one after the other where a document comes twice', async () => {
        const rising = [write({ _id: 'a', n: 1 }, 1), write({ _id: 'b' }, 1), write({ _id: 'a', n: 2 }, 2)];
        expect(await store.replaceMany('things', rising)).toBe(3);
        expect(await store.get('things', 'a')).toMatchObject({ n: 2, _position: at(2) });
        const falling = [write({ _id: 'a', n: 4 }, 4), write({ _id: 'a', n: 3 }, 3), write({ _id: 'a', n: 4 }, 4)];
        expect(await store.replaceMany('things', falling)).toBe(1);
        expect(await store.get('things', 'a')).toMatchObject({ n: 4, _position: at(4) });
      });

      it('count what came through of many', async () => {
        const many = numbers(5_000).map((n) => write({ _id: `d${n}`, n, text: 'Å'.repeat(100) }, 10));
        expect(await store.replaceMany('things', many)).toBe(5_000);
        const some = numbers(200).map((n) => write({ _id: `d${n}`, n: -n }, n % 2 ? 9 : 11));
        expect(await store.replaceMany('things', some)).toBe(100);
        expect(await store.count('things', {})).toBe(5_000);
        expect(await store.find('things', { n: { $lt: 0 } }, { sort: { n: -1 }, limit: 2 })).toMatchObject([
          { n: -2, _position: at(11) },
          { n: -4, _position: at(11) },
        ]);
        expect(await store.find('things', { text: { $exists: true } })).toHaveLength(4_900);
      }, 60_000);

      it('leave the newest of what two processes write at once, and count exactly', async () => {
        const other = await made.openAgain();
        const counts: number[] = [];
        const writer = async (from: DocumentStore, remainder: number) => {
          for (const n of numbers(100).filter((number) => number % 2 === remainder)) {
            counts.push(await from.replaceMany('things', [write({ _id: 'a', n }, n + 1), write({ _id: `${n}` }, 1)]));
          }
        };
        await Promise.all([writer(store, 0), writer(other, 1)]);
        expect(await store.get('things', 'a')).toMatchObject({ n: 99, _position: at(100) });
        expect(await store.count('things', {})).toBe(101);
        // Each writes its own; the one that both write came through at least once for each of them.
        expect(Math.min(...counts)).toBeGreaterThanOrEqual(1);
        await other.close();
      });

      it('make a document of the newest, whoever of many comes first', async () => {
        const other = await made.openAgain();
        for (const round of numbers(20)) {
          const writes = numbers(8).map((n) =>
            (n % 2 ? store : other).replaceMany('things', [write({ _id: `${round}`, n }, n + 1)]),
          );
          const written = (await Promise.all(writes)).reduce((sum, count) => sum + count, 0);
          expect(written).toBeGreaterThanOrEqual(1);
          expect(written).toBeLessThanOrEqual(8);
          expect(await store.get('things', `${round}`)).toMatchObject({ n: 7, _position: at(8) });
        }
        await other.close();
      });
    });

    describe('documents', () => {
      it.each<[string, unknown]>([
        ['integers around 32 bits', [2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 2 ** 32, 2 ** 32 + 1]],
        ['integers of 53 bits', [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 52 + 1]],
        ['fractions', [0.1, -1.5, 1e-7, 1.7976931348623157e308, 5e-324]],
        ['decimals, which are texts', ['0.10', '1234567890123456789.0123', '-0.0', '1e3']],
        ['nulls, however deep', { a: { b: [{ c: null }, null, [null]] } }],
        ['what is empty', { list: [], object: {}, text: '', nested: [[], {}, ['']] }],
        ['truth', [true, false]],
        ['any text', ['åäö ÅÄÖ é', '𝒳 👩‍👩‍👧', 'a\u0000b', '\u2028"\\/', 'e\u0301', '  ', '0', 'null']],
        ['any names of fields', { 'å ö': 1, '': 2, a$b: 3, length: 4, constructor: 5, 'x-y_z/1': 6, '0': 7 }],
        [
          'what looks like something else',
          ['2025-01-01T00:00:00.000Z', '5f3759df5f3759df5f3759df', { type: 'Buffer' }],
        ],
      ])('give back %s', async (_, value) => {
        await store.replaceMany('things', [write({ _id: 'a', value })]);
        expect(await store.get('things', 'a')).toEqual({ _id: 'a', value, _position: at(1) });
        await store.compareAndSet('points', { _id: 'a', version: 1, value }, undefined);
        expect(await store.get('points', 'a')).toMatchObject({ value });
      });

      it('leave out what is undefined', async () => {
        await store.replaceMany('things', [
          write({ _id: 'a', no: undefined, deep: { no: undefined, list: [undefined] } }),
        ]);
        expect(Object.keys((await store.get('things', 'a'))!)).not.toContain('no');
        expect(await store.get('things', 'a')).toStrictEqual({ _id: 'a', deep: { list: [null] }, _position: at(1) });
      });

      it('may be written as they were read', async () => {
        await store.replaceMany('things', [write({ _id: 'a', n: 1 }, 1)]);
        const read = (await store.get('things', 'a'))!;
        expect(await store.replaceMany('things', [write({ ...read, n: 2 }, 2)])).toBe(1);
        expect(await store.get('things', 'a')).toEqual({ _id: 'a', n: 2, _position: at(2) });
      });

      it.each<[string, Record<string, unknown>]>([
        ['a name that begins with $', { deep: [{ $set: 1 }] }],
        ['a name with a dot', { deep: { 'a.b': 1 } }],
        ['a name that MongoDB gives its own classes', { _bsontype: 'ObjectId' }],
        ['a number that JSON has not', { n: [Number.NaN] }],
        ['an integer that JSON has not', { n: 1n }],
        ['a day that is no text', { at: { day: new Date(0) } }],
        ['something to call', { call: () => 1 }],
        ['more than 16 MB', { text: 'x'.repeat(16_000_000) }],
        ['more than 16 MB of other letters', { text: 'å'.repeat(8_000_000) }],
        ['more than 16 MB of small numbers', { list: Array.from({ length: 1_500_000 }, () => 1) }],
        ['more than 100 levels', { nested: nested(100) }],
        ['more levels than a call stack', { nested: nested(100_000) }],
      ])('are refused that hold %s, and nothing of their batch is written', async (_, fields) => {
        const refused = { _id: 'a', version: 1, ...fields };
        await expect(store.replaceMany('things', [write({ _id: 'b' }), write(refused)])).rejects.toThrow(
          DocumentRefused,
        );
        await expect(store.compareAndSet('things', refused, undefined)).rejects.toThrow(DocumentRefused);
        expect(await store.count('things', {})).toBe(0);
      });

      it.each<[string, unknown]>([
        ['none', undefined],
        ['the empty text', ''],
        ['a number', 1],
        ['a text with an end in it', 'a\u0000b'],
        ['half a character', 'a\ud83d'],
        ['a text without measure', 'a'.repeat(501)],
      ])('are refused that have for their id %s', async (_, id) => {
        const refused = { _id: id as string, version: 1 };
        await store.replaceMany('things', [write({ _id: 'other', n: 1 })]);
        await expect(store.replaceMany('things', [write({ ...refused, n: 2 }, 2)])).rejects.toThrow(DocumentRefused);
        await expect(store.compareAndSet('things', refused, undefined)).rejects.toThrow(DocumentRefused);
        expect(await store.find('things', {})).toEqual([{ _id: 'other', n: 1, _position: at(1) }]);
      });

      it('are kept that are just not too large, too deep or of too long a name', async () => {
        const large = [
          { _id: 'a'.repeat(500), text: 'x'.repeat(15_999_000) },
          { _id: 'b', list: numbers(100_000) },
          { _id: 'c', nested: nested(99) },
        ];
        for (const document of large) {
          expect(await store.replaceMany('things', [write(document)])).toBe(1);
          expect(await store.get('things', document._id)).toEqual({ ...document, _position: at(1) });
        }
      }, 60_000);

      it('tell the position where they were written with one, and the empty text elsewhere', async () => {
        await store.compareAndSet('points', { _id: 'a', version: 1 }, undefined);
        expect(await store.get('points', 'a')).toEqual({ _id: 'a', version: 1, _position: '' });
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
                { fields: ['plan', 'tags', 'sortKey', '_id'], list: 'tags' },
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
            ['what holds a text', { sortKey: { $includes: 'b' } }, ['3']],
            ['a text in a list', { tags: { $includes: 'x' } }, ['1']],
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

      it('sorts by id from the last, and by several fields', async () => {
        await store.replaceMany(
          'things',
          documents.map((document) => write(document)),
        );
        expect(idsOf(await store.find('things', {}, { sort: { _id: -1 } }))).toEqual(['4', '3', '2', '1']);
        expect(idsOf(await store.find('things', {}, { sort: { kind: 1, sortKey: -1 } }))).toEqual(['2', '4', '3', '1']);
      });

      it('sorts text by its code units', async () => {
        const texts = ['b', 'B', 'å', 'a', '', 'Z', 'ä', '10', '9', 'aa', '~'];
        await store.replaceMany(
          'things',
          texts.map((text, index) => write({ _id: `${index}`, text })),
        );
        const found = await store.find<Document & { text: string }>('things', {}, { sort: { text: 1 } });
        expect(found.map(({ text }) => text)).toEqual([...texts].sort());
      });

      it('by integers beyond 32 bits', async () => {
        await store.replaceMany(
          'things',
          [2 ** 31, 2 ** 40, 2 ** 53 - 1].map((n) => write({ _id: `${n}`, n })),
        );
        expect(idsOf(await store.find('things', { n: 2 ** 40 }))).toEqual([`${2 ** 40}`]);
        expect(idsOf(await store.find('things', { n: { $gt: 2 ** 40 } }))).toEqual([`${2 ** 53 - 1}`]);
      });

      it('as many as are asked for, of more than one answer holds', async () => {
        await store.replaceMany(
          'things',
          numbers(1_200).map((n) => write({ _id: String(n).padStart(4, '0') })),
        );
        expect(await store.find('things', {})).toHaveLength(1_200);
        expect(await store.find('things', {}, { limit: 0 })).toEqual([]);
        expect(idsOf(await store.find('things', { _id: { $gt: '0009' } }, { limit: 2 }))).toEqual(['0010', '0011']);
        expect(await store.getMany('things', [])).toEqual([]);
      });

      it('nothing where there is no collection', async () => {
        expect(await store.find('nothing', {})).toEqual([]);
        expect(await store.get('nothing', 'a')).toBeUndefined();
        expect(await store.count('nothing', {})).toBe(0);
      });

      it('those of many ids that exist, each once', async () => {
        await store.replaceMany(
          'things',
          documents.map((document) => write(document)),
        );
        expect(idsOf(await store.getMany('things', ['3', 'none', '1', '3'])).sort()).toEqual(['1', '3']);
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

    describe('races of compare and set', () => {
      it('lose no step', async () => {
        const other = await made.openAgain();
        const steps = 25;
        const climb = async (from: DocumentStore): Promise<void> => {
          for (let done = 0; done < steps;) {
            const seen = await from.get<Document & { version: number }>('points', 'a');
            const next = { _id: 'a', version: (seen?.version ?? 0) + 1 };
            if (await from.compareAndSet('points', next, seen?.version)) done++;
          }
        };
        await Promise.all([climb(store), climb(other), climb(store), climb(other)]);
        expect(await store.get('points', 'a')).toMatchObject({ version: 4 * steps });
        await other.close();
      });
    });

    it('makes indexes once, whoever asks for them and how often', async () => {
      const other = await made.openAgain();
      const indexes = [{ fields: ['plan', 'sortKey'] }, { fields: ['at.day'] }];
      await Promise.all([store, other, store].map((each) => each.ensureIndexes('things@1.2', indexes)));
      await store.replaceMany('things@1.2', [write({ _id: 'a', plan: 'p', at: { day: '1' } })]);
      await other.ensureIndexes('things@1.2', [...indexes, { fields: ['plan'] }]);
      expect(idsOf(await other.find('things@1.2', { plan: 'p', 'at.day': '1' }))).toEqual(['a']);
      await store.drop('things@1.2');
      await store.ensureIndexes('things@1.2', indexes);
      expect(await other.find('things@1.2', { plan: 'p' })).toEqual([]);
      await other.close();
    });

    it('finds, counts and sorts also what an index leaves out', async () => {
      await store.replaceMany('things', [write({ _id: 'early', plan: 'p', sortKey: 'b' })]);
      await store.ensureIndexes('things', [{ fields: ['plan', 'sortKey'] }, { fields: ['sortKey'] }]);
      const without = [write({ _id: 'none' }), write({ _id: 'key', sortKey: 'a' }), write({ _id: 'plan', plan: 'p' })];
      await store.replaceMany('things', [...without, write({ _id: 'both', plan: 'p', sortKey: 'a' })]);
      const found = async (filter: Filter) => idsOf(await store.find('things', filter, { sort: { sortKey: 1 } }));
      expect(await found({})).toEqual(['none', 'plan', 'both', 'key', 'early']);
      expect(await found({ plan: 'p' })).toEqual(['plan', 'both', 'early']);
      expect(await found({ plan: 'p', sortKey: { $gte: 'a' } })).toEqual(['both', 'early']);
      expect(await found({ plan: { $in: ['o', 'p'] }, sortKey: 'b' })).toEqual(['early']);
      expect(await found({ sortKey: 'a' })).toEqual(['both', 'key']);
      expect(await found({ sortKey: { $exists: false } })).toEqual(['none', 'plan']);
      expect(await store.count('things', { plan: { $ne: 'p' } })).toBe(2);
      // A document gains and loses fields.
      await store.replaceMany('things', [
        write({ _id: 'none', plan: 'p', sortKey: 'c' }, 2),
        write({ _id: 'both' }, 2),
      ]);
      expect(await found({ plan: 'p' })).toEqual(['plan', 'early', 'none']);
      expect(await store.count('things', { plan: 'p' })).toBe(3);
      await store.compareAndSet('things', { _id: 'set', version: 1, plan: 'p', sortKey: 'a' }, undefined);
      await store.compareAndSet('things', { _id: 'set', version: 2, plan: 'q', sortKey: 'a' }, 1);
      expect(await found({ plan: 'q' })).toEqual(['set']);
    });

    it.each(['[a-c]', 'a.c', '^a', 'c$', 'a|b', '\\', '(', 'a-b', '/', '%', '_', 'å', '’'])(
      'finds a text that holds %j, and none that only looks like it',
      async (text) => {
        await store.ensureIndexes('things', [{ fields: ['plan', '_id', 'text'] }]);
        const texts = [`before ${text} after`, 'abc', 'a-c', 'ABC', ''];
        const documents = texts.map((each, n) => ({ _id: `${n}`, plan: 'p', text: each, other: each }));
        await store.replaceMany(
          'things',
          documents.map((document) => write(document)),
        );
        for (const field of ['text', 'other']) {
          expect(idsOf(await store.find('things', { plan: 'p', [field]: { $includes: text } }))).toEqual(['0']);
          expect(await store.count('things', { [field]: { $includes: text } })).toBe(1);
        }
      },
    );

    describe('an index of a list', () => {
      const index = { fields: ['plan', 'tags', 'kind', 'sortKey', '_id', 'level'], list: 'tags' };
      const others = [{ fields: ['plan', 'deep.parts', 'sortKey', '_id'], list: 'deep.parts' }];
      const thing = (_id: string, fields: object): Document => ({ _id, plan: 'p', kind: 'k', sortKey: _id, ...fields });
      const documents = [
        thing('1', { tags: ['x', 'y', 'x'], level: 'red', deep: { parts: ['u'] } }),
        thing('2', { tags: ['y'], level: 'green', deep: { parts: ['u', 'v'] } }),
        thing('3', { tags: ['x'], level: 'green', sortKey: '0' }),
        thing('4', { tags: [], level: 'red' }),
        thing('5', { tags: ['x', 'y'], level: 'red', plan: 'q' }),
        thing('6', { tags: ['x', 'z'], level: 'red', kind: 'l', deep: { parts: ['v'] } }),
        thing('91', { deep: [{ parts: ['m', 'n'] }, { parts: ['n'] }, { none: 'n' }], kind: 'm' }),
        { _id: '7', tags: ['x'] },
        { _id: '8', plan: 'p', tags: 'x' },
      ];
      const writeAll = (position = 1) =>
        store.replaceMany(
          'things',
          documents.map((document) => write(document, position)),
        );
      const questions: [what: string, filter: Filter, expected: string[]][] = [
        ['by one element', { plan: 'p', tags: 'x' }, ['8', '3', '1', '6']],
        ['of a kind', { plan: 'p', tags: 'x', kind: 'k' }, ['3', '1']],
        ['by what follows in the index', { plan: 'p', tags: 'x', level: 'red' }, ['1', '6']],
        [
          'by any of several elements, once each',
          { plan: 'p', tags: { $in: ['x', 'y', 'z'] } },
          ['8', '3', '1', '2', '6'],
        ],
        ['by none', { plan: 'p', tags: { $in: [] } }, []],
        ['of any plan', { tags: 'x' }, ['7', '8', '3', '1', '5', '6']],
        ['of several plans', { plan: { $in: ['p', 'q'] }, tags: 'y' }, ['1', '2', '5']],
        ['by two lists', { plan: 'p', tags: 'y', 'deep.parts': 'u' }, ['1', '2']],
        [
          'by any of two lists',
          { plan: 'p', tags: { $in: ['y', 'z'] }, 'deep.parts': { $in: ['v', 'w'] } },
          ['2', '6'],
        ],
        ['and by what no index holds', { plan: 'p', tags: 'x', 'deep.parts': { $exists: true } }, ['1', '6']],
        ['by what objects in a list hold', { plan: 'p', 'deep.parts': 'n' }, ['91']],
        ['and what has not', { plan: 'p', tags: { $ne: 'x' } }, ['2', '4', '91']],
      ];
      const check = async () => {
        for (const [what, filter, expected] of questions) {
          const find = async (options: object) =>
            idsOf(await store.find('things', filter, { sort: { sortKey: 1 }, ...options }));
          expect([what, ...(await find({}))]).toEqual([what, ...expected]);
          expect([what, ...(await find({ skip: 1, limit: 2 }))]).toEqual([what, ...expected.slice(1, 3)]);
          expect([what, ...(await find({ sort: { sortKey: -1, _id: -1 } }))]).toEqual([what, ...expected.toReversed()]);
          expect([what, await store.count('things', filter)]).toEqual([what, expected.length]);
        }
      };

      it('finds, sorts and counts documents by each element', async () => {
        await store.ensureIndexes('things', [index, ...others]);
        await writeAll();
        await check();
      });

      it('may be made when documents are there, and again', async () => {
        await writeAll();
        await check();
        await store.ensureIndexes('things', [index]);
        await store.ensureIndexes('things', [index, ...others]);
        await check();
        const other = await made.openAgain();
        await other.ensureIndexes('things', [index, ...others]);
        expect(await other.count('things', { plan: 'p', tags: 'x' })).toBe(4);
        await other.close();
      });

      it('follows documents that gain and lose elements and fields, and older writes that do not count', async () => {
        await store.ensureIndexes('things', [index, ...others]);
        await store.replaceMany('things', [
          write(thing('1', { tags: ['z'], level: 'red' }), 1),
          write(thing('2', { tags: ['x', 'y'], level: 'red' }), 1),
          write(thing('4', { tags: ['x'] }), 1),
          write({ _id: '7', plan: 'p', tags: ['x', 'y'] }, 1),
          write({ _id: '8', plan: 'p' }, 1),
        ]);
        await writeAll(3);
        await check();
        await store.replaceMany('things', [
          write(thing('1', { tags: ['w'] }), 2),
          write(thing('9', { tags: ['w'], level: 'red', plan: 'r' }), 4),
        ]);
        await check();
        await store.compareAndSet('things', { ...thing('set', { tags: ['s'] }), version: 1 }, undefined);
        await store.compareAndSet('things', { ...thing('set', { tags: ['t'] }), version: 2 }, 1);
        expect(await store.count('things', { plan: 'p', tags: 's' })).toBe(0);
        expect(idsOf(await store.find('things', { plan: 'p', tags: 't' }))).toEqual(['set']);
      });

      it('goes with its collection', async () => {
        await store.ensureIndexes('things', [index, ...others]);
        await writeAll();
        await store.drop('things');
        expect(await store.collections()).toEqual([]);
        await writeAll();
        await check();
        await store.ensureIndexes('things', [index]);
        await check();
      });
    });

    it('takes no name of a collection that another store would not', async () => {
      await expect(store.get('Things', 'a')).rejects.toThrow(TypeError);
      await expect(store.replaceMany('a$b', [write({ _id: 'a' })])).rejects.toThrow(TypeError);
    });

    it('is unavailable once it is closed', async () => {
      const other = await made.openAgain();
      await other.replaceMany('things', [write({ _id: 'a' })]);
      await other.close();
      await expect(other.get('things', 'a')).rejects.toThrow(StoreUnavailable);
      await expect(other.replaceMany('things', [write({ _id: 'b' })])).rejects.toThrow(StoreUnavailable);
      await expect(other.compareAndSet('points', { _id: 'b', version: 1 }, undefined)).rejects.toThrow(
        StoreUnavailable,
      );
      await expect(other.collections()).rejects.toThrow(StoreUnavailable);
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
