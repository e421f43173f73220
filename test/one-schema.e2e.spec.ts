import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf, newId, streamName } from '#kernel';
import type { EventMetadata } from '#kernel';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { RunningSystem, tenant } from './support/running-system.js';

const plan = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const item = itemIdOf(tenant, plan, 'uppdrag-34');
const amn = bodyIdOf(tenant, 'amn');

describe('What is right is the same everywhere', () => {
  let system: RunningSystem;
  let controller: string;

  beforeAll(async () => {
    system = await RunningSystem.start();
    controller = await system.token('controller');
    await system.load('uppsala-organisation.yaml', 'uppsala-fokusmal-4.yaml', 'amn-verksamhetsplan-2025.yaml');
  }, 60_000);
  afterAll(() => system.stop());

  const post = (url: string, body?: unknown) => system.request('POST', `/v1/${url}`, controller, body);
  const get = async (url: string) =>
    (await system.request('GET', `/v1/${url}?waitFor=${await system.stores.eventStore.head()}`, controller)).body;

  it.each([
    [`plans/${plan}/amendments`, { validity: [] }, 'validity'],
    [`plans/${plan}/amendments`, { owner: [] }, 'owner'],
    [`plans/${plan}/rounds/plan`, { kind: 'april', year: 2025, schedule: [] }, 'schedule'],
    [`items/${item}/reword`, { title: 'Ny', decision: [] }, 'decision'],
    [`items/${item}/concerned`, { concerned: [] }, 'concerned'],
    [`items/${item}/concerned`, { concerned: { bodies: { 0: amn } } }, 'concerned.bodies'],
    [`items/${item}/assessments`, { evidence: [[]] }, 'evidence[0]'],
    [`items/${item}/reword`, { title: ['Ny'] }, 'title'],
  ])('and no list is an object, nor the other way round: %s %j', async (url, body, field) => {
    const { body: problem, status } = await post(url, body);
    expect(status).toBe(400);
    expect(problem.faults.map((fault: { field: string }) => fault.field)).toContain(field);
  });

  it('so that an id in capitals is the same id', async () => {
    const changed = await post(`items/${item.toUpperCase()}/responsible`, { responsible: [amn.toUpperCase()] });
    expect(changed.status).toBe(200);
    expect((await get(`items/${item}`)).responsible).toMatchObject([{ id: amn }]);
    const twice = await post(`items/${item}/responsible`, { responsible: [amn, amn.toUpperCase()] });
    expect(twice.body.faults).toEqual([
      { field: 'responsible', code: 'named-twice', params: {}, message: 'must not name one twice' },
    ]);
  });

  it('so that a number of an item is one, however a document prints it', async () => {
    expect((await post(`items/${item}/renumber`, { number: 'Uppdrag 136.' })).status).toBe(200);
    expect((await get(`items/${item}`)).number).toBe('136');
    const found = await system.request('GET', `/v1/plans/${plan}/items?number=Uppdrag%20136.&kind=uppdrag`, controller);
    expect(found.body.items).toMatchObject([{ id: item }]);
    expect((await post(`items/${item}/renumber`, { number: 'trettiosex' })).body.faults).toMatchObject([
      { field: 'number' },
    ]);
  });

  it('and what is left out stays as it is', async () => {
    for (const [url, field] of [
      [`items/${item}/renumber`, 'number'],
      [`items/${item}/concerned`, 'concerned'],
      [`plans/${plan}/amendments`, 'validity.to'],
    ] as const) {
      const { body, status } = await post(url, field === 'validity.to' ? { validity: { from: '2025-01-01' } } : {});
      expect([url, status, body.faults]).toMatchObject([url, 400, [{ field }]]);
    }
    expect((await get(`items/${item}`)).number).toBe('136');
    expect((await post(`items/${item}/renumber`, { number: null })).status).toBe(200);
    expect(await get(`items/${item}`)).not.toHaveProperty('number');
    expect((await post(`items/${item}/concerned`, { concerned: null })).status).toBe(200);
    expect(await get(`items/${item}`)).not.toHaveProperty('concerned');
    expect((await post(`plans/${plan}/amendments`, { validity: { from: '2025-01-01', to: null } })).status).toBe(200);
    expect((await get(`plans/${plan}`)).validity).toEqual({ from: '2025-01-01' });
  });

  it('and a formal decision is that of a body that there is', async () => {
    const decision = { bodyId: newId(), date: '2025-04-01' };
    expect((await post(`items/${item}/reword`, { title: 'Nyare', decision })).status).toBe(404);
    const decided = await post(`items/${item}/reword`, { title: 'Nyare', decision: { ...decision, bodyId: amn } });
    expect(decided.status).toBe(200);
  });

  it('while what was recorded otherwise is read as it is, and told of', async () => {
    const stream = streamName(tenant, 'item', item);
    const [newest] = (await system.stores.eventStore.readStream(stream, {})).slice(-1);
    const metadata = { ...newest!.metadata, commandId: newId(), decision: [] } as unknown as EventMetadata;
    const id = idOf(metadata.commandId);
    const data = { itemId: item, planId: plan, title: 'Äldre' };
    await system.stores.eventStore.append(stream, [{ id, type: 'ItemReworded', data, metadata }], newest!.revision);
    expect((await get(`items/${item}`)).title).toBe('Äldre');
    const auditor = await system.token('auditor');
    const { body } = await system.request('POST', '/v1/projections/item-status/verify', auditor);
    expect(body).toMatchObject({ differing: 0, misdescribedEvents: 1, misdescribed: [{ eventId: id }] });
    expect(body.misdescribed[0].fault).toMatch(/decision/);
  });
});
