import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document, DocumentStore } from '#document-store';
import { until } from '#kernel/testing';
import { ReadModelsBehind } from '../index.js';
import { Engines } from '../testing/engines.js';
import { tallyOf } from '../testing/tallies.js';
import type { Poison, Tally } from '../testing/tallies.js';

describe('The projection engine', () => {
  let engines: Engines;
  let documentStore: DocumentStore;

  beforeEach(async () => {
    engines = await Engines.open();
    documentStore = engines.documentStore;
  });
  afterEach(() => engines.close());

  const note: Engines['note'] = (...parameters) => engines.note(...parameters);
  const run: Engines['run'] = (...parameters) => engines.run(...parameters);

  it('finds by itself that documents were restored from an older copy, though no event comes', async () => {
    const { readModels } = run([tallyOf('a')]);
    const position = await note('uppsala.a-1', [1, 2, 3, 4]);
    await readModels.waitFor(position);
    const id = 'partition-06';
    const checkpoint = await documentStore.get<Document & { version: number }>('checkpoints', id);
    await documentStore.drop('a@1.1');
    const older = { _id: id, version: checkpoint!.version - 1, collections: [] };
    expect(await documentStore.compareAndSet('checkpoints', older, checkpoint!.version)).toBe(true);
    await readModels.waitFor(position);
    expect(await readModels.get(tallyOf('a'), 'uppsala.a-1')).toMatchObject({ count: 4, numbers: [1, 2, 3, 4] });
  });

  it('folds what is recorded and what comes, each event once', async () => {
    await note('t.a-1', [1, 2, 3, 4, 5]);
    const tally = tallyOf('tally');
    const { readModels } = run([tally]);
    const position = await note('t.a-1', [6, 7], 4);
    await readModels.waitFor(position);
    expect(await readModels.get(tally, 't.a-1')).toEqual({ _id: 't.a-1', count: 7, numbers: [1, 2, 3, 4, 5, 6, 7] });
  });

  it('counts no event twice where it dies between documents and checkpoint', async () => {
    await note('t.a-1', [1, 2, 3, 4, 5, 6, 7, 8]);
    let writes = 0;
    const dying: DocumentStore = Object.assign(Object.create(documentStore) as DocumentStore, {
      replaceMany: (...parameters: Parameters<DocumentStore['replaceMany']>) =>
        documentStore.replaceMany(...parameters),
      compareAndSet: (...parameters: Parameters<DocumentStore['compareAndSet']>) => {
        const isCheckpoint = parameters[0] === 'checkpoints';
        if (isCheckpoint && writes++ % 2 === 0) return Promise.reject(new Error('Died before the checkpoint'));
        return documentStore.compareAndSet(...parameters);
      },
      get: (...parameters: Parameters<DocumentStore['get']>) => documentStore.get(...parameters),
      getMany: (...parameters: Parameters<DocumentStore['getMany']>) => documentStore.getMany(...parameters),
      ensureIndexes: (...parameters: Parameters<DocumentStore['ensureIndexes']>) =>
        documentStore.ensureIndexes(...parameters),
      collections: () => documentStore.collections(),
    });
    const tally = tallyOf('tally');
    const { readModels } = run([tally], dying);
    const position = await note('t.a-1', [9], 7);
    await readModels.waitFor(position, { milliseconds: 10_000 });
    expect(await readModels.get(tally, 't.a-1')).toMatchObject({ count: 9, numbers: [1, 2, 3, 4, 5, 6, 7, 8, 9] });
    expect(writes).toBeGreaterThan(1);
  });

  it('parks a projection at the event that it cannot take, while others go on, and tries again when asked', async () => {
    const poison: Poison = { number: 3 };
    const [good, bad] = [tallyOf('good'), tallyOf('bad', poison)];
    const { admin, readModels } = run([good, bad]);
    const position = await note('t.a-1', [1, 2, 3, 4, 5]);
    await until(async () => (await admin.status()).some(({ state }) => state === 'parked'));
    await readModels.waitFor(position);
    expect(await readModels.get(good, 't.a-1')).toMatchObject({ count: 5 });
    expect(await readModels.get(bad, 't.a-1')).toMatchObject({ count: 2 });
    const parked = (await admin.status()).find(({ name }) => name === 'bad')!.parked!;
    expect(parked).toMatchObject({ type: 'Noted', error: 'Error: Cannot take this one' });
    poison.number = undefined;
    await admin.retry('bad');
    await until(async () => (await readModels.get(bad, 't.a-1'))?.count === 5);
  });

  it('makes documents anew for a new version, beside those that go on answering', async () => {
    const old = run([tallyOf('tally')]);
    await old.readModels.waitFor(await note('t.a-1', [1, 2]));
    await old.engine.stop();
    const tally = tallyOf('tally', undefined, 10);
    const { readModels } = run([tally]);
    expect(await readModels.get(tally, 't.a-1')).toMatchObject({ count: 2 });
    await until(async () => (await readModels.get(tally, 't.a-1'))?.count === 20);
  });

  it('tells that documents are made for the first time beside others, until they tell as much, and not of those that are parked', async () => {
    const first = run([tallyOf('first')]);
    await first.readModels.waitFor(await note('t.a-1', [1, 2, 3]));
    await first.engine.stop();
    const added = [tallyOf('first'), tallyOf('added'), tallyOf('stuck', { number: 2 })] as const;
    const [known, others, stuck] = added;
    const readModels = engines.readModels(added);
    const soon = { tenant: 't', milliseconds: 50 };
    await expect(readModels.waitForDocuments(others, known, soon)).rejects.toThrow(ReadModelsBehind);
    await readModels.waitForDocuments(known, others, soon);
    const { readModels: running } = run([...added]);
    for (const one of [others, stuck]) await running.waitForDocuments(one, known, { tenant: 't' });
    expect(await running.get(others, 't.a-1')).toMatchObject({ count: 3 });
    await until(async () => (await running.get(stuck, 't.a-1'))?.count === 1);
  });

  it('finds a document that somebody has tampered with, and mends it by a rebuild', async () => {
    const tally = tallyOf('tally');
    const { admin, readModels } = run([tally]);
    await readModels.waitFor(await note('t.a-1', [1, 2]));
    expect(await admin.verify('tally')).toMatchObject({ differing: 0, documents: 1, events: 2 });
    const [collection] = (await documentStore.collections()).filter((name) => name.startsWith('tally@'));
    const stored = (await documentStore.get<Tally>(collection!, 't.a-1'))!;
    await documentStore.drop(collection!);
    await documentStore.replaceMany(collection!, [{ document: { ...stored, count: 99 }, position: stored._position }]);
    expect(await admin.verify('tally')).toMatchObject({
      differing: 1,
      differences: [{ id: 't.a-1', kind: 'different', field: 'count' }],
    });
    await admin.rebuild('tally');
    await until(async () => (await readModels.get(tally, 't.a-1'))?.count === 2);
  });

  it('tells which read models are behind where a position is not reached in time', async () => {
    const tally = tallyOf('tally');
    const readModels = engines.readModels([tally]);
    const position = await note('t.a-1', [1]);
    await expect(readModels.waitFor(position, { milliseconds: 50 })).rejects.toThrow(ReadModelsBehind);
  });
});
