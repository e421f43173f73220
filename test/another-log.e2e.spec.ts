import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqliteEventStore } from '#event-store/sqlite';
import { copyOfLogFile, removeLogFile, replaceLogFile } from '#event-store/testing';
import { streamName } from '#kernel';
import { eventually } from '#kernel/testing';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { roundIdOf } from '#rounds';
import { RunningSystem, tenant } from './support/running-system.js';

const plan = planIdOf(tenant, 'uppsala-fokusmal-4');
const round = roundIdOf(tenant, plan, 'april-2024');
const item = itemIdOf(tenant, plan, 'uppdrag-21');
const ks = bodyIdOf(tenant, 'ks');
const replaced = 'urn:sparbar:problem:log-replaced';

/** What happens to a log under an API, a projector and a worker that go on: each step rests on the ones before. */
describe('A log that is replaced under a system that runs', () => {
  let system: RunningSystem;
  let file: string;
  let beforeTheRound: string;
  let lost: string;

  const post = async (url: string, body?: unknown, role: 'controller' | 'administrator' = 'controller') =>
    system.request('POST', `/v1/${url}`, await system.token(role), body);
  const get = async (url: string) => system.request('GET', `/v1/${url}`, await system.token('auditor'));
  const assess = (level: string, from = post) =>
    from(`items/${item}/assessments`, { roundId: round, bodyId: ks, level, motivation: `Sagt: ${level}` });
  const correct = (assessment: string) =>
    post(`items/${item}/assessments/${assessment}/corrections`, {
      level: 'delayed',
      motivation: 'Rättat',
      reason: 'Fel',
    });
  const openRound = (from: typeof post) =>
    from(`plans/${plan}/rounds`, {
      ...{
        kind: 'april',
        key: 'april-2024',
        year: 2024,
        label: 'April',
        referenceDate: '2024-03-31',
        deadline: '2024-04-30',
      },
      scope: ['uppdrag'],
    });
  const heldOf = async () => (await system.stores.eventStore.readStream(streamName(tenant, 'item', item))).length;
  const accept = () => post('log/accept', { reason: 'Disken gick sönder' }, 'administrator');
  const settled = () =>
    eventually(
      'Documents of the log that was accepted',
      async () => (await get('projections')).body.items as { state: string; rebuilding: boolean }[],
      (all) => all.every(({ rebuilding, state }) => state === 'current' && !rebuilding),
    );

  beforeAll(async () => {
    system = await RunningSystem.start();
    file = join(system.folder, 'events.db');
    await system.load('uppsala-organisation.yaml', 'uppsala-fokusmal-4.yaml');
    beforeTheRound = await copyOfLogFile(file);
    expect((await openRound(post)).status).toBe(201);
    for (const level of ['on-track', 'delayed', 'on-track']) expect((await assess(level)).status).toBe(200);
    const events = await system.stores.eventStore.readStream(streamName(tenant, 'item', item));
    lost = events.at(-1)!.id;
    await settled();
  }, 60_000);
  afterAll(() => system.stop());

  it('takes no correction of what only the lost log had, though its stream has grown as far', async () => {
    await replaceLogFile(file, beforeTheRound);
    // Another process, which knows nothing of the log that was there, lets it grow.
    const replica = await RunningSystem.start({ eventStoreUrl: `sqlite:${file}` });
    const there: typeof post = async (url, body, role = 'controller') =>
      replica.request('POST', `/v1/${url}`, await replica.token(role), body);
    expect((await openRound(there)).status).toBe(201);
    for (const level of ['delayed', 'on-track', 'delayed']) expect((await assess(level, there)).status).toBe(200);
    await replica.stop();
    const held = await heldOf();
    expect(await correct(lost)).toMatchObject({ status: 503, body: { type: replaced } });
    expect(await assess('on-track')).toMatchObject({ status: 503, body: { type: replaced } });
    expect(await post(`rounds/${round}/freeze`, { override: 'Muntligt' })).toMatchObject({ status: 503 });
    expect(await heldOf()).toBe(held);
  }, 60_000);

  it('says so in each answer, in health and in metrics, and goes on reading', async () => {
    const read = await get(`plans/${plan}/overview`);
    expect([read.status, read.headers.get('sparbar-log')]).toEqual([200, 'replaced']);
    expect((await system.request('GET', '/health/ready')).body).toMatchObject({ log: 'replaced' });
    expect((await system.request('GET', '/metrics')).body).toContain('sparbar_log_replaced 1');
    const { body: health } = await system.request('GET', '/health/projections');
    expect(new Set(health.map(({ state }: { state: string }) => state))).toEqual(new Set(['ahead']));
    expect((await get('log')).body).toMatchObject({
      state: 'replaced',
      replaced: { lost: { position: expect.any(String) } },
    });
    expect(await post('projections/item-status/rebuild', undefined, 'administrator')).toMatchObject({
      status: 503,
      body: { type: replaced },
    });
  });

  it('is accepted for a reason, and everything follows without a start', async () => {
    expect(await post('log/accept', {}, 'administrator')).toMatchObject({ status: 400 });
    expect(await accept()).toMatchObject({ status: 200, body: { reason: 'Disken gick sönder' } });
    await settled();
    const { body, headers } = await get(`items/${item}/history?limit=100`);
    expect(headers.get('sparbar-log')).toBeNull();
    expect(JSON.stringify(body)).not.toContain(lost);
    expect(JSON.stringify((await get(`items/${item}`)).body)).toContain('Sagt: delayed');
    expect((await correct(lost)).status).toBeGreaterThanOrEqual(404);
    expect((await assess('on-track')).status).toBe(200);
    expect((await system.request('GET', '/health/ready')).body).toEqual({ status: 'ready' });
    expect(await accept()).toMatchObject({ status: 409 });
    for (const { name } of (await get('projections')).body.items as { name: string }[]) {
      const verified = await post(`projections/${name}/verify`, undefined, 'administrator');
      expect([name, verified.body.differing]).toEqual([name, 0]);
    }
  }, 60_000);

  it('answers no load by what it kept where the log was emptied', async () => {
    await removeLogFile(file);
    await openSqliteEventStore(file).close();
    await expect(system.load('uppsala-organisation.yaml')).rejects.toMatchObject({ code: 'log-replaced' });
    expect(await accept()).toMatchObject({ status: 200 });
    const [report] = await system.load('uppsala-organisation.yaml');
    expect(report!.recorded).toBeGreaterThan(0);
    await settled();
    expect((await get(`items/${item}`)).status).toBe(404);
  }, 60_000);
});
