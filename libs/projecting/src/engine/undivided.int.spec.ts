import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document } from '#document-store';
import { until } from '#kernel/testing';
import { Engines } from '../testing/engines.js';
import { tallyOf } from '../testing/tallies.js';

/** What was kept of a projection before there were partitions, beside its documents. */
async function undividedDocuments(engines: Engines, { parked = false } = {}): Promise<void> {
  const { documentStore, eventStore } = engines;
  await engines.note('uppsala.a-1', [1, 2, 3]);
  await engines.note('sala.a-1', [1]);
  const events = await eventStore.readAll({ limit: 10 });
  const last = events.at(-1)!;
  const documents = [
    { document: { _id: 'uppsala.a-1', count: 3, numbers: [1, 2, 3] }, position: events[2]!.position },
    { document: { _id: 'sala.a-1', count: 1, numbers: [1] }, position: last.position },
  ];
  await documentStore.replaceMany('tally@1.1', documents);
  const live = { collection: 'tally@1.1', version: 1 };
  const control = { _id: 'tally', version: 1, live, generations: 1 };
  await documentStore.compareAndSet('projections', control, undefined);
  const checkpoint = {
    _id: 'tally@1.1',
    version: 7,
    position: last.position,
    recordedAt: last.metadata.recordedAt,
    last: { stream: last.stream, revision: last.revision, eventId: last.id },
    events: events.length,
    ...(parked && { parked: { position: last.position, eventId: last.id, type: last.type, error: 'No', at: 'then' } }),
  };
  await documentStore.compareAndSet('checkpoints', checkpoint, undefined);
  const runners = { old: { host: 'another', pid: 1, until: '2999-01-01T00:00:00.000Z' } };
  const leases = { _id: 'projections', version: 3, runners, leases: { tally: 'old' } };
  await documentStore.compareAndSet('leases', leases, undefined);
}

describe('Documents from before there were partitions', () => {
  let engines: Engines;
  const tally = tallyOf('tally');

  beforeEach(async () => {
    engines = await Engines.open();
  });
  afterEach(() => engines.close());

  it('are told of, waited for, compared and built upon as they were', async () => {
    await undividedDocuments(engines);
    const admin = engines.admin([tally]);
    const head = await engines.eventStore.head();
    expect(await admin.status()).toMatchObject([
      { state: 'current', position: head, rebuilding: false, lagSeconds: 0 },
    ]);
    await engines.readModels([tally]).waitFor(head);
    await admin.requireInStep(['tally'], head, 'sala');
    expect(await admin.verify('tally')).toMatchObject({ differing: 0, documents: 2, events: 4, lostEvents: 0 });
  });

  it('answer until others have been made beside them, by themselves at the start, which then take over', async () => {
    await undividedDocuments(engines);
    const { admin, readModels } = engines.run([tally]);
    expect(await readModels.get(tally, 'uppsala.a-1')).toMatchObject({ count: 3 });
    await until(async () => {
      const [status] = await admin.status();
      return status!.generations === 2 && !status!.rebuilding;
    });
    const position = await engines.note('sala.a-1', [2], 0);
    await readModels.waitFor(position);
    expect(await readModels.get(tally, 'sala.a-1')).toMatchObject({ numbers: [1, 2] });
    expect(await readModels.get(tally, 'uppsala.a-1')).toMatchObject({ numbers: [1, 2, 3] });
    expect(await admin.verify('tally')).toMatchObject({ differing: 0, documents: 2, lostEvents: 0 });
    const control = await engines.documentStore.get<Document>('projections', 'tally');
    expect(control!['live']).toMatchObject({ collection: 'tally@1.2', partitions: 16 });
    await until(async () => !(await engines.documentStore.collections()).includes('tally@1.1'));
  });

  it('do not give way where the log has lost what they hold', async () => {
    await undividedDocuments(engines);
    await engines.meddle().removeStream('uppsala.a-1');
    const { admin } = engines.run([tally]);
    await until(async () => (await admin.status())[0]!.buildHeld !== undefined);
    expect((await admin.status())[0]!.buildHeld).toBe('The log lacks 3 events that the documents of tally hold');
  });

  it('that were parked are not tried again themselves: others take their place', async () => {
    await undividedDocuments(engines, { parked: true });
    const { admin } = engines.run([tally]);
    await until(async () => (await admin.status())[0]!.state === 'current');
    expect((await admin.status())[0]).toMatchObject({ generations: 2, parkedPartitions: 0 });
  });
});
