import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document, Stored } from '#document-store';
import { copyOfLogFile } from '#event-store/testing';
import { LogReplaced } from '#kernel';
import { until } from '#kernel/testing';
import { ReadModelsBehind } from '../index.js';
import { Engines } from '../testing/engines.js';
import { tallyOf } from '../testing/tallies.js';
import type { Tally } from '../testing/tallies.js';

describe('A verification', () => {
  let engines: Engines;
  const tally = tallyOf('tally');

  beforeEach(async () => {
    engines = await Engines.open();
  });
  afterEach(() => engines.close());

  /** Documents of three streams that hold two numbers each, and an engine that has ended. */
  async function documentsOfThree() {
    const running = engines.run([tally]);
    for (const id of ['1', '2', '3']) await engines.note(`t.a-${id}`, [1, 2]);
    await running.readModels.waitFor(await engines.eventStore.head());
    await running.engine.stop();
    const collection = (await engines.documentStore.collections()).find((name) => name.startsWith('tally@'))!;
    const stored = await engines.documentStore.find<Tally>(collection, {}, { sort: { _id: 1 } });
    return { admin: running.admin, collection, stored };
  }

  /** Puts documents in place of those that there are, as a restored copy would. */
  async function restore(collection: string, documents: readonly Stored<Document>[]): Promise<void> {
    await engines.documentStore.drop(collection);
    await engines.documentStore.replaceMany(
      collection,
      documents.map(({ _position: position, ...document }) => ({ document, position })),
    );
  }

  /** Runs the engine, has the documents made anew, and expects them to be what the log says. */
  async function mended(): Promise<void> {
    const { admin, readModels } = engines.run([tally]);
    const generation = (await admin.status())[0]!.generations;
    await admin.rebuild('tally');
    await until(async () => {
      const [status] = await admin.status();
      return status!.generations > generation && !status!.rebuilding;
    });
    await readModels.waitFor(await engines.eventStore.head());
    expect(await admin.verify('tally')).toMatchObject({ differing: 0, differences: [] });
    expect((await admin.status())[0]).toMatchObject({ state: 'current' });
  }

  it('finds nothing where documents are what the log says', async () => {
    const { admin } = await documentsOfThree();
    expect(await admin.verify('tally')).toMatchObject({ documents: 3, events: 6, differing: 0 });
  });

  it('finds documents that went back behind their checkpoint, and a rebuild mends them', async () => {
    const { admin, collection, stored } = await documentsOfThree();
    const before = { ...stored[0]!, count: 1, numbers: [1], _position: String(1).padStart(20, '0') };
    await restore(collection, [before, stored[1]!]);
    expect(await admin.verify('tally')).toMatchObject({
      differing: 2,
      differences: [
        { id: 't.a-1', kind: 'different', field: 'count' },
        { id: 't.a-3', kind: 'missing' },
      ],
    });
    await mended();
  });

  it('finds a document that nothing in the log has led to', async () => {
    const { admin, collection, stored } = await documentsOfThree();
    await restore(collection, [...stored, { ...stored[0]!, _id: 't.b-1' }]);
    expect(await admin.verify('tally')).toMatchObject({ differences: [{ id: 't.b-1', kind: 'needless' }] });
  });

  it('finds a document that says it holds other events than it does', async () => {
    const { admin, collection, stored } = await documentsOfThree();
    await restore(collection, [{ ...stored[0]!, _position: stored[2]!._position }, ...stored.slice(1)]);
    expect(await admin.verify('tally')).toMatchObject({
      differences: [{ id: 't.a-1', kind: 'different', field: '_position' }],
    });
  });

  it('finds a document that is newer than its checkpoint, where nobody is about to follow', async () => {
    const { admin, collection, stored } = await documentsOfThree();
    const position = await engines.note('t.a-1', [3], 1);
    await restore(collection, [
      { ...stored[0]!, count: 3, numbers: [1, 2, 3], _position: position },
      ...stored.slice(1),
    ]);
    expect(await admin.verify('tally')).toMatchObject({ differences: [{ id: 't.a-1', kind: 'ahead-of-checkpoint' }] });
    // An engine that starts brings the others there, and the document is right.
    const { readModels } = engines.run([tally]);
    await readModels.waitFor(position);
    expect(await admin.verify('tally')).toMatchObject({ differing: 0 });
  });

  describe('where the log is another one than before', () => {
    const threeStreams = { 't.a-1': [1, 2], 't.a-2': [1, 2], 't.a-3': [1, 2] };

    it('finds what the documents hold beyond it; the engine stands still, and offers no rebuild for a cure', async () => {
      const { collection } = await documentsOfThree();
      await engines.replaceLog({ 't.a-1': [1, 2] });
      const { admin, readModels } = engines.run([tally]);
      await until(async () => (await admin.status())[0]!.state === 'ahead');
      expect((await admin.lags())[0]).toMatchObject({ ahead: true });
      expect(await admin.verify('tally')).toMatchObject({
        differing: 3,
        differences: expect.arrayContaining([
          { id: collection, kind: 'ahead-of-log', field: 'checkpoint' },
          { id: 't.a-2', kind: 'ahead-of-log' },
          { id: 't.a-3', kind: 'ahead-of-log' },
        ]),
      });
      // No position says anything meanwhile, and documents answer as they are.
      await expect(admin.rebuild('tally')).rejects.toThrow(LogReplaced);
      await expect(readModels.waitFor(await engines.eventStore.head())).rejects.toThrow(LogReplaced);
      await expect(engines.note('t.a-4', [1])).rejects.toThrow(LogReplaced);
      expect(await readModels.get(tally, 't.a-2')).toMatchObject({ numbers: [1, 2] });
      expect(engines.told.filter(({ message }) => /anew|rebuil/.test(message))).toEqual([]);
    });

    it.each([
      ['is shorter', { 't.a-1': [1, 2] }],
      ['has grown past the documents since', { 't.a-9': [1, 2, 3, 4, 5, 6, 7, 8] }],
      ['has the same streams, of the same length', threeStreams],
    ])('makes documents of it by itself when it is accepted, where it %s', async (_, held) => {
      await documentsOfThree();
      await engines.replaceLog(held);
      const { admin, readModels } = engines.run([tally]);
      await until(async () => (await admin.status())[0]!.state === 'ahead');
      await engines.acceptLog();
      await until(async () => (await admin.status())[0]!.state === 'current');
      await readModels.waitFor(await engines.eventStore.head());
      for (const id of ['t.a-1', 't.a-2', 't.a-3', 't.a-9']) {
        const numbers = (held as Record<string, number[] | undefined>)[id];
        expect((await readModels.get(tally, id))?.numbers).toEqual(numbers);
      }
      expect(await admin.verify('tally')).toMatchObject({ differing: 0 });
      // A later rebuild, and an engine that starts later, take it for the log that it is.
      await admin.rebuild('tally');
      await until(async () => (await admin.status())[0]!.generations === 3 && !(await admin.status())[0]!.rebuilding);
      expect((await engines.admin([tally]).status())[0]).toMatchObject({ state: 'current' });
    });

    it('is no ground for a decision, though the log has come as far as the documents', async () => {
      const { admin } = await documentsOfThree();
      await admin.requireInStep(['tally'], await engines.eventStore.head(), 't');
      await engines.replaceLog(threeStreams);
      // Nothing is known of the log but what the documents say that they hold.
      await engines.documentStore.drop('log');
      const there = engines.admin([tally]);
      await expect(there.requireInStep(['tally'], await engines.eventStore.head(), 't')).rejects.toThrow(LogReplaced);
      await engines.acceptLog();
      await expect(there.requireInStep(['tally'], await engines.eventStore.head(), 't')).rejects.toThrow(
        ReadModelsBehind,
      );
      engines.run([tally]);
      await until(async () => (await there.status())[0]!.state === 'current');
      await there.requireInStep(['tally'], await engines.eventStore.head(), 't');
    });

    it('goes on where it was when the right log is brought back', async () => {
      const { collection } = await documentsOfThree();
      const right = await copyOfLogFile(join(engines.folder, 'events.db'));
      await engines.replaceLog({ 't.a-1': [1, 2] });
      const { admin } = engines.run([tally]);
      await until(async () => (await admin.status())[0]!.state === 'ahead');
      await engines.replaceLogFile(right);
      await until(async () => (await admin.status())[0]!.state === 'current');
      expect(await engines.documentStore.collections()).toContain(collection);
      await engines.note('t.a-4', [1]);
      await until(async () => (await admin.verify('tally')).events === 7);
    });

    it('says so in the status before any engine has started', async () => {
      await documentsOfThree();
      await engines.replaceLog();
      expect((await engines.admin([tally]).status())[0]).toMatchObject({ state: 'ahead' });
    });
  });
});
