import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf, NotFound, RuleViolation, streamName } from '#kernel';
import type { Actor } from '#kernel';
import { until } from '#kernel/testing';
import { Engines } from '../testing/engines.js';
import { tallyOf } from '../testing/tallies.js';
import type { Poison } from '../testing/tallies.js';

const by: Actor = { id: 'u-1', role: 'administrator' };

describe('An event that a projection cannot take', () => {
  let engines: Engines;
  let poison: Poison;

  beforeEach(async () => {
    engines = await Engines.open();
    poison = { number: 3 };
  });
  afterEach(() => engines.close());

  /** A projection that is parked at 3 of 1 to 5. */
  async function parked() {
    const tally = tallyOf('tally', poison);
    const running = engines.run([tally]);
    await engines.note('t.a-1', [1, 2, 3, 4, 5]);
    const status = async () => (await running.admin.status())[0]!;
    await until(async () => (await status()).state === 'parked');
    const numbers = async () => (await running.readModels.get(tally, 't.a-1'))?.numbers;
    return { ...running, tally, status, numbers };
  }

  it('is left out when that is decided, and the log keeps who, when, why and which', async () => {
    const { admin, numbers, status } = await parked();
    const { parked: at } = await status();
    const skip = await admin.skip('tally', 'Noted twice by mistake', by);
    await until(async () => (await status()).state === 'current');
    expect(await numbers()).toEqual([1, 2, 4, 5]);
    expect(skip).toEqual({
      position: at!.position,
      eventId: at!.eventId,
      type: 'Noted',
      by,
      at: expect.any(String),
      reason: 'Noted twice by mistake',
    });
    expect((await status()).skipped).toEqual([skip]);
    expect(
      await engines.eventStore.readStream(streamName('system', 'projection', idOf('projection', 'tally'))),
    ).toEqual([
      expect.objectContaining({
        type: 'ProjectionEventSkipped',
        data: {
          projection: 'tally',
          version: 1,
          position: at!.position,
          eventId: at!.eventId,
          eventType: 'Noted',
          error: 'Error: Cannot take this one',
          reason: 'Noted twice by mistake',
        },
        metadata: expect.objectContaining({ tenant: 'system', actor: by }),
      }),
    ]);
  });

  it('is left out by a verification too, which says so', async () => {
    const { admin, status } = await parked();
    const skip = await admin.skip('tally', 'Noted twice by mistake', by);
    await until(async () => (await status()).state === 'current');
    expect(await admin.verify('tally')).toMatchObject({ differing: 0, skipped: [skip] });
    // Also by code that could take it: the documents were made without it.
    poison.number = undefined;
    expect(await admin.verify('tally')).toMatchObject({ differing: 0, skipped: [skip] });
  });

  it('stays left out in a rebuild that cannot take it either, without anybody being asked again', async () => {
    const { admin, numbers, status } = await parked();
    const skip = await admin.skip('tally', 'Noted twice by mistake', by);
    await until(async () => (await status()).state === 'current');
    await admin.rebuild('tally');
    await until(async () => (await status()).generations === 2 && !(await status()).rebuilding);
    expect(await numbers()).toEqual([1, 2, 4, 5]);
    expect((await status()).skipped).toEqual([skip]);
  });

  it('is taken by a rebuild that can take it', async () => {
    const { admin, numbers, status } = await parked();
    await admin.skip('tally', 'Noted twice by mistake', by);
    await until(async () => (await status()).state === 'current');
    poison.number = undefined;
    await admin.rebuild('tally');
    await until(async () => (await status()).generations === 2 && !(await status()).rebuilding);
    await until(async () => (await numbers())?.length === 5);
    expect(await status()).toMatchObject({ state: 'current', skipped: [] });
    expect(await admin.verify('tally')).toMatchObject({ differing: 0, skipped: [] });
  });

  it('is still left out after the runner has started again', async () => {
    const { admin, engine, numbers, status, tally } = await parked();
    await admin.skip('tally', 'Noted twice by mistake', by);
    await until(async () => (await status()).state === 'current');
    await engine.stop();
    const again = engines.run([tally]);
    await again.readModels.waitFor(await engines.note('t.a-1', [6], 4));
    expect(await numbers()).toEqual([1, 2, 4, 5, 6]);
    expect((await status()).skipped).toHaveLength(1);
  });

  it('does not hide the next one: the projection parks there', async () => {
    const { admin, status } = await parked();
    const first = (await status()).parked!;
    poison.number = 4;
    await admin.retry('tally');
    await until(async () => (await status()).parked?.position !== first.position);
    expect((await status()).parked!.position > first.position).toBe(true);
    await admin.skip('tally', 'Noted twice by mistake', by);
    await until(async () => (await status()).state === 'current');
    expect((await status()).skipped).toHaveLength(1);
  });

  it('is skipped once, however often that is decided', async () => {
    const { admin, engine, status } = await parked();
    // Nobody answers, so that it stays parked between the two.
    await engine.stop();
    const first = await admin.skip('tally', 'Noted twice by mistake', by);
    expect(await admin.skip('tally', 'Once more', by)).toEqual(first);
    expect((await status()).requested).toBe('retry');
  });

  it('cannot be skipped where nothing is parked', async () => {
    const tally = tallyOf('tally');
    const { admin, readModels } = engines.run([tally]);
    await readModels.waitFor(await engines.note('t.a-1', [1]));
    await expect(admin.skip('tally', 'Why not', by)).rejects.toThrow(RuleViolation);
    await expect(admin.skip('none', 'Why not', by)).rejects.toThrow(NotFound);
  });

  it('shows in what is measured', async () => {
    const { admin, status } = await parked();
    expect(await admin.lags()).toMatchObject([{ name: 'tally', parked: true, skipped: 0, ahead: false }]);
    await admin.skip('tally', 'Noted twice by mistake', by);
    await until(async () => (await status()).state === 'current');
    expect(await admin.lags()).toMatchObject([{ name: 'tally', parked: false, skipped: 1, lagSeconds: 0 }]);
  });
});
