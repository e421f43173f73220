import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { meddleOverTheProtocol } from '../libs/event-store/src/kurrentdb/testing/meddling.js';
import { idOf, pause, streamName } from '#kernel';
import { itemIdOf, planIdOf } from '#planning';
import { ReadModels } from '#projecting';
import { startKurrentDbDouble } from './support/kurrentdb-double/kurrentdb-double.mjs';
import type { KurrentDbDouble } from './support/kurrentdb-double/kurrentdb-double.mjs';
import { RunningSystem, tenant } from './support/running-system.js';
import { smallPlan } from './support/small-plan.js';

const plan = planIdOf(tenant, 'plan');
const trimmed = itemIdOf(tenant, plan, 'ett');
const removed = itemIdOf(tenant, plan, 'tva');
const streamOf = (item: string) => streamName(tenant, 'item', item);

describe('A log on KurrentDB (a protocol double) that others get at', () => {
  let double: KurrentDbDouble;
  let system: RunningSystem;
  let meddle: ReturnType<typeof meddleOverTheProtocol>;
  let controller: string;
  let administrator: string;

  beforeAll(async () => {
    double = await startKurrentDbDouble();
    meddle = meddleOverTheProtocol(double.url);
    system = await RunningSystem.start({ eventStoreUrl: double.url });
    controller = await system.token('controller');
    administrator = await system.token('administrator');
    await ask('POST', 'imports', smallPlan(1, 10), { 'content-type': 'application/yaml' });
    await reword(trimmed, 'Ettan');
    await reword(removed, 'Tvåan');
    await caughtUp();
  });
  afterAll(async () => {
    await meddle.end();
    await system.stop();
    await double.stop();
  });

  const ask = (method: 'GET' | 'POST', path: string, body?: unknown, headers: Record<string, string> = {}) =>
    system.request(method, `/v1/${path}`, /^(projections|jobs)/.test(path) ? administrator : controller, body, headers);
  const reword = (item: string, title: string) => ask('POST', `items/${item}/reword`, { title });
  const caughtUp = async () => system.app.get(ReadModels).waitFor(await system.stores.eventStore.head());
  const ended = async ({ body: asked }: { readonly body: { readonly id: string } }) => {
    for (;;) {
      const { body: job } = await ask('GET', `jobs/${asked.id}`);
      if (job.state === 'completed' || job.state === 'failed') return job as unknown;
      await pause(20);
    }
  };
  const verified = async () => (await ask('POST', 'projections/item-status/verify')).body;

  it("passes over others' events, whatever they call themselves, and counts them", async () => {
    const { items: before } = (await ask('GET', 'projections')).body;
    await meddle.write('others', [
      { type: 'ItemAdopted', data: { planId: plan } },
      { type: 'RoundFrozen', data: new Uint8Array([1, 2, 3]) },
      { type: 'ItemAssessed', data: {}, metadata: { tenant } },
    ]);
    await meddle.write(
      'others',
      Array.from({ length: 1_000 }, () => ({ type: 'RoundOpened', data: {} })),
    );
    expect((await reword(trimmed, 'Ettan igen')).status).toBe(200);
    await meddle.write('others', [{ type: 'ItemReworded', data: {} }]);
    await caughtUp();
    const { items: after } = (await ask('GET', 'projections')).body;
    expect(after.map(({ state }: { state: string }) => state)).toEqual(before.map(() => 'current'));
    const { body: metrics } = await system.request('GET', '/metrics');
    expect(String(metrics)).toMatch(/^sparbar_foreign_events_total 1004$/m);
    expect(await verified()).toMatchObject({ differing: 0, damagedStreams: 0 });
  });

  describe('where a stream has lost its beginning', () => {
    beforeAll(() => meddle.trim(streamOf(trimmed), 1));

    it('refuses a command on it before anything is recorded, also where its state is kept', async () => {
      const head = await system.stores.eventStore.head();
      const { body, headers, status } = await reword(trimmed, 'Ettan till sist');
      expect({ status, body }).toMatchObject({
        status: 503,
        body: { type: 'urn:sparbar:problem:log-damaged', stream: streamOf(trimmed), awaited: 0, found: 1 },
      });
      expect(headers.get('retry-after')).toBeNull();
      expect(await system.stores.eventStore.head()).toBe(head);
      expect((await reword(removed, 'Tvåan igen')).status).toBe(200);
    });

    it('tells what is left of its history, and says so', async () => {
      const { body, headers, status } = await ask('GET', `items/${trimmed}/history`);
      expect(status).toBe(200);
      expect(headers.get('sparbar-log')).toBe('damaged');
      expect(body.items.map(({ type }: { type: string }) => type)).toEqual(['ItemReworded', 'ItemReworded']);
      expect(body.logDamage).toMatchObject([{ stream: streamOf(trimmed), awaited: 0, found: 1 }]);
      const whole = await ask('GET', `items/${removed}/history`);
      expect(whole.headers.get('sparbar-log')).toBeNull();
      expect(whole.body).not.toHaveProperty('logDamage');
    });

    it('says of another day that the log is damaged, never that the item was not there', async () => {
      const { body, status } = await ask('GET', `items/${trimmed}?asOf=2025-06-01`);
      expect({ status, body }).toMatchObject({ status: 503, body: { type: 'urn:sparbar:problem:log-damaged' } });
    });

    it('makes no documents anew from it, unless it is said why they may lack what it has lost', async () => {
      const refused = await ended(await ask('POST', 'projections/item-status/rebuild'));
      expect(refused).toMatchObject({ state: 'failed', error: expect.stringContaining(streamOf(trimmed)) });
      expect((await ask('GET', `items/${trimmed}`)).body).toMatchObject({ title: 'Ettan igen' });
      const despiteDamage = 'Togs bort i förväg; ärende 1234';
      const made = await ended(await ask('POST', 'projections/item-status/rebuild', { despiteDamage }));
      expect(made).toMatchObject({ state: 'completed' });
      const recorded = await system.stores.eventStore.readStream(
        streamName('system', 'projection', idOf('projection', 'item-status')),
      );
      expect(recorded).toMatchObject([
        { type: 'ProjectionRebuiltDespiteDamage', data: { projection: 'item-status', reason: despiteDamage } },
      ]);
    });

    it('is named by a verification, before the server has removed anything and after', async () => {
      const damaged = [{ stream: streamOf(trimmed), awaited: 0, found: 1 }];
      expect(await verified()).toMatchObject({ differing: 0, damagedStreams: 1, damaged });
      await double.scavenge();
      expect(await verified()).toMatchObject({ damagedStreams: 1, damaged });
    });
  });

  describe('where all of a stream is gone', () => {
    beforeAll(() => meddle.removeStream(streamOf(removed)));

    it('refuses a command on what is kept of it, and tells an empty history', async () => {
      const { body, status } = await reword(removed, 'Tvåan till sist');
      expect({ status, body }).toMatchObject({ status: 503, body: { type: 'urn:sparbar:problem:log-damaged' } });
      const { body: history } = await ask('GET', `items/${removed}/history`);
      expect(history).toMatchObject({ items: [], logDamage: [{ stream: streamOf(removed), awaited: 0 }] });
      const then = await ask('GET', `items/${removed}?asOf=2025-06-01`);
      expect(then).toMatchObject({ status: 503, body: { type: 'urn:sparbar:problem:log-damaged' } });
    });

    it('is known by the documents that hold it once the server has removed it, and they stay', async () => {
      await double.scavenge();
      expect(await verified()).toMatchObject({ damagedStreams: 1, lostEvents: 4 });
      const refused = await ended(await ask('POST', 'projections/item-status/rebuild'));
      expect(refused).toMatchObject({ state: 'failed', error: expect.stringContaining('lacks 4 events') });
      expect((await ask('GET', `items/${removed}`)).body).toMatchObject({ title: 'Tvåan igen' });
    });

    it('tells whoever begins it anew that it had a life before', async () => {
      const { body, status } = await ask('POST', 'imports', smallPlan(2, 10).replace('title: Två', 'title: Tre'), {
        'content-type': 'application/yaml',
      });
      expect({ status, body: JSON.stringify(body) }).toMatchObject({ body: expect.stringContaining('damaged') });
    });
  });
});
