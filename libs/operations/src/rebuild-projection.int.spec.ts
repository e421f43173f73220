import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Job, Jobs } from '#jobs';
import { openInProcessJobs } from '#jobs/in-process';
import type { Actor } from '#kernel';
import { eventually, until } from '#kernel/testing';
import { Engines } from '../../projecting/src/testing/engines.js';
import { tallyOf } from '../../projecting/src/testing/tallies.js';
import type { Poison } from '../../projecting/src/testing/tallies.js';
import { enqueueRebuild, rebuildProjection } from './rebuild-projection.job.js';
import { Reconciler } from './reconciler.js';
import { WantedRebuilds } from './wanted-rebuilds.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const by: Actor = { id: 'u-1', role: 'administrator' };

describe('A rebuild', () => {
  let engines: Engines;
  let jobs: Jobs;
  let poison: Poison;

  beforeEach(async () => {
    engines = await Engines.open();
    jobs = openInProcessJobs(join(engines.folder, 'jobs.db'));
    poison = { number: undefined };
  });
  afterEach(async () => {
    await jobs.close();
    await engines.close();
  });

  /** A projection of 1 to 5, and somebody who works on its rebuilds. */
  async function run() {
    const tally = tallyOf('tally', poison);
    const { admin, readModels } = engines.run([tally]);
    await engines.note('t.a-1', [1, 2, 3, 4, 5]);
    jobs.work([rebuildProjection(admin)], { longestWaitMilliseconds: 300 });
    const status = async () => (await admin.status())[0]!;
    return {
      admin,
      status,
      rebuild: async () => (await enqueueRebuild(jobs, admin, 'tally')).id,
      numbers: async () => (await readModels.get(tally, 't.a-1'))?.numbers,
      stateBecomes: (state: string) => until(async () => (await status()).state === state),
      completed: async (id: string) => {
        const ended = ({ state }: Job) => state === 'completed' || state === 'failed';
        const { error, state } = await eventually('The end of the rebuild', () => jobs.status(id), ended);
        if (state === 'failed') throw new Error(error);
      },
    };
  }

  it('of a projection that is parked is done where the new documents can take the event', async () => {
    poison.number = 3;
    const { completed, numbers, rebuild, stateBecomes, status } = await run();
    await stateBecomes('parked');
    poison.number = undefined;
    await completed(await rebuild());
    expect(await status()).toMatchObject({ state: 'current', generations: 2, rebuilding: false });
    await until(async () => (await numbers())?.length === 5);
  });

  it('whose own documents are parked waits, says why, and is done when it was decided', async () => {
    const { admin, completed, numbers, rebuild, stateBecomes, status } = await run();
    await stateBecomes('current');
    poison.number = 4;
    const id = await rebuild();
    await until(async () => (await jobs.status(id)).waitingFor !== undefined);
    const { buildParked } = await status();
    expect((await jobs.status(id)).waitingFor).toBe(
      `The new documents of tally are parked at ${buildParked!.position}: the code of the projection fails at it: Cannot take this one`,
    );
    expect(await status()).toMatchObject({ state: 'current', rebuilding: true });
    expect(await numbers()).toEqual([1, 2, 3, 4, 5]);
    await admin.skip('tally', 'Without the fourth', by);
    await completed(id);
    await until(async () => (await numbers())?.length === 4);
  });

  it('waits too where old and new documents are parked, and one decision serves both', async () => {
    poison.number = 2;
    const { admin, completed, rebuild, stateBecomes, status } = await run();
    await stateBecomes('parked');
    const id = await rebuild();
    await until(async () => (await jobs.status(id)).waitingFor !== undefined);
    expect((await status()).parked!.eventId).toBe((await status()).buildParked!.eventId);
    await admin.skip('tally', 'Without the second', by);
    await completed(id);
    expect(await status()).toMatchObject({ generations: 2, skipped: [{ reason: 'Without the second' }] });
  });

  it('fails where all of a stream is gone from the log, and is done where it was said why documents may lack it', async () => {
    const { admin, completed, numbers, rebuild, stateBecomes } = await run();
    await engines.note('t.a-2', [1, 2]);
    await stateBecomes('current');
    await engines.meddle().removeStream('t.a-1');
    await expect(completed(await rebuild())).rejects.toThrow(/lacks 5 events that the documents of tally hold/);
    expect(await numbers()).toEqual([1, 2, 3, 4, 5]);
    await completed((await enqueueRebuild(jobs, admin, 'tally', true)).id);
    await until(async () => (await numbers()) === undefined);
  });

  it('that was accepted is done though the queue has lost everything since, and is not asked for again then', async () => {
    const { admin, engine, readModels } = engines.run([tallyOf('tally', poison)]);
    await readModels.waitFor(await engines.note('t.a-1', [1]));
    await engine.stop();
    const { id } = await enqueueRebuild(jobs, admin, 'tally');
    const emptied = openInProcessJobs(join(engines.folder, 'emptied.db'));
    const rebuilds = new WantedRebuilds(admin);
    const reconciler = new Reconciler({ works: [rebuilds], jobs: emptied, logger: silent });
    try {
      await expect(reconciler.check()).rejects.toThrow('was lost from the queue');
      await reconciler.look();
      emptied.work([rebuildProjection(admin)]);
      engines.run([tallyOf('tally', poison)]);
      await until(async () => (await emptied.status(id)).state === 'completed');
      expect((await admin.status())[0]).toMatchObject({ generations: 2, rebuilding: false });
      expect(await rebuilds.due()).toEqual([]);
    } finally {
      await emptied.close();
    }
  });

  it('that is done already, or was refused, is not waited for', async () => {
    const { admin, completed, rebuild, stateBecomes } = await run();
    await engines.note('t.a-2', [1, 2]);
    await stateBecomes('current');
    const rebuilds = new WantedRebuilds(admin);
    await completed(await rebuild());
    // As by a process that was slow to note it.
    await admin.wantRebuild('tally', { key: 'tally@1', after: 1, despiteDamage: false });
    await new Reconciler({ works: [rebuilds], jobs, logger: silent }).look();
    expect(await rebuilds.due()).toEqual([]);
    await engines.meddle().removeStream('t.a-1');
    await expect(completed(await rebuild())).rejects.toThrow(/lacks 5 events/);
    expect(await rebuilds.due()).toEqual([]);
  });

  it('that is parked gives way to another, and both are done', async () => {
    const { completed, rebuild, stateBecomes, status } = await run();
    await stateBecomes('current');
    poison.number = 5;
    const first = await rebuild();
    await until(async () => (await jobs.status(first)).waitingFor !== undefined);
    poison.number = undefined;
    const second = await rebuild();
    expect(second).not.toBe(first);
    await Promise.all([completed(first), completed(second)]);
    expect(await status()).toMatchObject({ state: 'current', generations: 3, rebuilding: false });
  });
});
