import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '#document-store';
import { roughBytes, systemClock } from '#kernel';
import { allPartitions, partId, Progress, ProjectionAdmin } from '../index.js';
import type { Projection } from '../index.js';
import { Engines } from '../testing/engines.js';
import { tallyCatalog } from '../testing/tallies.js';
import type { Noted, Tally } from '../testing/tallies.js';
import { Folded } from './folded.js';
import { Slice } from './slice.js';
import { slicesOf } from './slices.js';

/** Counts what is noted in each stream, and keeps each number beside that. */
const numbered: Projection<Tally, Noted> = {
  name: 'numbered',
  version: 1,
  on: {
    Noted: {
      key: ({ stream }) => stream,
      evolve: (tally, { stream }) => ({ _id: stream, count: (tally?.count ?? 0) + 1, numbers: [] }),
      derive: ({ after }, { data }) => [
        { document: { _id: partId(after, String(data.number)), count: 1, numbers: [data.number] } },
      ],
    },
  },
};
const projections = [numbered] as unknown as readonly Projection[];
/** One of the ids begins with another one. */
const streams = ['t.a-1', 't.a-2', 't.a-3', 't.a-30', 't.a-4', 't.a-5', 't.b-1'];
const documentsEach = 4;
const all = streams.length * documentsEach;

describe('Documents that are verified in slices', () => {
  let engines: Engines;
  let collection: string;

  beforeEach(async () => {
    engines = await Engines.open();
    const { engine, readModels } = engines.run([numbered]);
    for (const stream of streams) await engines.note(stream, [1, 2, 3]);
    await readModels.waitFor(await engines.eventStore.head());
    await engine.stop();
    collection = (await engines.documentStore.collections()).find((name) => name.startsWith('numbered@'))!;
  });
  afterEach(() => engines.close());

  /** Verifies in slices of so many bytes. */
  async function verified(bytes: number) {
    const { documentStore, eventStore } = engines;
    const told: number[][] = [];
    const parts = [eventStore, documentStore, tallyCatalog, projections, systemClock, new Progress()] as const;
    const admin = new ProjectionAdmin(...parts, engines.watch, bytes);
    const found = await admin.verify('numbered', undefined, (documents, total) => told.push([documents, total]));
    return { found, told };
  }
  const [small, whole] = [1, 1_000_000];

  it('are each in one slice, and no more in memory than those of a slice', async () => {
    const { documents, slices } = await slicesOf(engines.documentStore, collection, small);
    expect(documents).toBe(all);
    expect(slices.length).toBeGreaterThan(streams.length / 2);
    const seen: string[] = [];
    for (const slice of slices) {
      const folded = new Folded(projections[0]!, tallyCatalog, engines.eventStore, slice);
      const head = await engines.eventStore.head();
      await folded.upTo(
        allPartitions.map(() => head),
        new Set(),
      );
      // A source with an id that another one begins with shares its slice.
      expect(folded.documents.size).toBeLessThanOrEqual(2 * documentsEach);
      seen.push(...folded.documents.keys());
    }
    expect(seen.sort()).toEqual([...new Set(seen)]);
    expect(seen).toHaveLength(all);
    expect((await slicesOf(engines.documentStore, collection, whole)).slices).toEqual([new Slice()]);
  });

  it('take about as much memory in each, however unlike in size they are', async () => {
    const { documentStore } = engines;
    const sizes = [...Array.from({ length: 12 }, () => 10), ...Array.from({ length: 12 }, () => 10_000)];
    const documents = sizes.map((size, index) => ({ _id: `of-size-${100 + index}`, text: 'a'.repeat(size) }));
    const writes = documents.map((document) => ({ document, position: '1' }));
    await documentStore.replaceMany('unlike', writes);
    const { slices } = await slicesOf(documentStore, 'unlike', 25_000);
    const held = slices.map((slice) => documents.filter(({ _id }) => slice.holds(_id)));
    expect(held.flat()).toEqual(documents);
    expect(Math.max(...held.map(roughBytes))).toBeLessThan(25_000);
    expect(held.length).toBeLessThanOrEqual(7);
  });

  it('are compared as all at once would be', async () => {
    expect((await verified(small)).found).toMatchObject({ documents: all, events: 21, differing: 0 });
    const stored = await engines.documentStore.find<Document>(collection, {}, { sort: { _id: 1 } });
    await engines.documentStore.drop(collection);
    const kept = stored.filter(({ _id }) => !['t.a-1', 't.a-30|2', 't.b-1|3'].includes(_id));
    const writes = kept.map(({ _position: position, ...document }) => {
      const count = ['t.a-2', 't.b-1'].includes(document._id) ? 99 : document['count'];
      return { document: { ...document, count }, position };
    });
    const needless = { document: { _id: 't.c-1', count: 1, numbers: [] }, position: stored[0]!._position };
    await engines.documentStore.replaceMany(collection, [...writes, needless]);
    const [sliced, atOnce] = [await verified(small), await verified(whole)];
    const inOrder = ({ found }: typeof sliced) => ({
      ...found,
      differences: [...found.differences].sort((one, other) => (one.id < other.id ? -1 : 1)),
    });
    expect(inOrder(sliced)).toEqual(inOrder(atOnce));
    expect(sliced.found.differences).toHaveLength(6);
    expect(sliced.told.length).toBeGreaterThan(1);
    expect(sliced.told.at(-1)).toEqual([kept.length + 1, kept.length + 1]);
    expect(atOnce.told).toEqual([[kept.length + 1, kept.length + 1]]);
  });
});
