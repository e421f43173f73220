import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { indicatorIdOf } from '#indicators';
import { plans, RunningSystem, tenant } from './support/running-system.js';

const vp = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const fokusmal4 = planIdOf(tenant, 'uppsala-fokusmal-4');

describe('The real plans of Uppsala', () => {
  let system: RunningSystem;
  let auditor: string;
  const get = async (url: string) => (await system.request('GET', `/v1/${url}`, auditor)).body;

  beforeAll(async () => {
    system = await RunningSystem.start();
    auditor = await system.token('auditor');
    const reports = await system.load(...plans);
    const waited = await system.request('GET', `/v1/plans?waitFor=${reports.at(-1)!.position}`, auditor);
    expect(waited.status).toBe(200);
  });
  afterAll(() => system.stop());

  it('are loaded whole: 4 fokusmål, 22 uppdrag, 3 nämndmål, 43 åtgärder', async () => {
    const { byKind } = await get(`plans/${vp}/overview`);
    const counts = Object.fromEntries(byKind.map(({ id, items }: { id: string; items: number }) => [id, items]));
    expect(counts).toEqual({ fokusmal: 4, uppdrag: 22, namndmal: 3, atgard: 43 });
  });

  it('are loaded once: the same files again record nothing', async () => {
    const head = await system.stores.eventStore.head();
    const reports = await system.load(...plans);
    expect(reports.map(({ recorded }) => recorded)).toEqual([0, 0, 0, 0]);
    expect(await system.stores.eventStore.head()).toBe(head);
  });

  it('tell of one body in the order of the file, whichever of its names is recorded first', async () => {
    const { aliases } = await get(`bodies/${bodyIdOf(tenant, 'omn')}`);
    expect(aliases.map(({ alias }: { alias: string }) => alias)).toEqual(['OMN', 'OSN']);
  });

  it('hold 47 rows of indicators as 46, one of which two fokusmål list', async () => {
    const { items, total } = await get(`plans/${vp}/indicators?limit=100`);
    expect(total).toBe(46);
    expect(items.reduce((sum: number, { itemIds }: { itemIds: string[] }) => sum + itemIds.length, 0)).toBe(47);
  });

  it('give “5 787 (okt)” and “5,0” back as they were printed', async () => {
    const besok = await get(`indicators/${indicatorIdOf(tenant, vp, 'besok-ekonomiskt-bistand')}`);
    const year2024 = besok.series.find(({ period }: { period: string }) => period === '2024');
    expect(year2024.total).toEqual({ value: '5787', shown: '5 787 (okt)', provisionalAsOf: '2024-10' });
    const { items } = await get(`plans/${vp}/indicators?limit=100`);
    interface Columns {
      readonly total?: { shown?: string };
      readonly women?: { shown?: string };
      readonly men?: { shown?: string };
    }
    const shown = items.flatMap(({ series }: { series: Columns[] }) =>
      series.flatMap(({ men, total, women }) => [total?.shown, women?.shown, men?.shown]),
    );
    expect(shown).toContain('5,0');
  });

  it('list uppdrag 7 before uppdrag 10', async () => {
    const { items } = await get(`plans/${vp}/items?kind=uppdrag&limit=100`);
    const numbers = items.map(({ number }: { number: string }) => Number(number));
    expect(numbers).toEqual([...numbers].sort((left, right) => left - right));
    expect(numbers).toHaveLength(22);
  });

  it('expand the group of all bodies for an uppdrag that concerns them', async () => {
    const item = await get(`items/${itemIdOf(tenant, vp, 'uppdrag-1')}`);
    expect(item.concerned.group).toBe('Alla nämnder och bolag');
    expect(item.concerned.bodies).toHaveLength(21);
  });

  it('have no status before the first round, and the one of each round after it', async () => {
    const before = await get(`plans/${vp}/overview?asOf=2025-03-01`);
    expect(before.all).toMatchObject({ items: 72, notAssessed: 72 });
    const april = await get(`plans/${vp}/overview?asOf=2025-05-31`);
    const now = await get(`plans/${vp}/overview`);
    const assessed = (overview: { all: { items: number; notAssessed: number } }) =>
      overview.all.items - overview.all.notAssessed;
    expect(assessed(april)).toBeGreaterThan(0);
    expect(assessed(now)).toBeGreaterThan(assessed(april));
    const s0 = await get(`plans/${fokusmal4}/overview`);
    expect(s0.byKind.find(({ id }: { id: string }) => id === 'uppdrag')).toMatchObject({ items: 8, notAssessed: 8 });
  });

  it('were not known before they were recorded', async () => {
    const then = await get(`plans/${vp}/overview?knownAt=2025-05-31T12:00:00Z`);
    expect(then.all.items).toBe(0);
  });

  it('tell who changed what, from what to what', async () => {
    const { items, total } = await get(`plans/${vp}/changes?from=2026-01-01&to=2999-12-31&limit=500`);
    expect(total).toBeGreaterThan(100);
    const changed = items.find(
      ({ before, type }: { before: { level?: string }; type: string }) => type === 'ItemAssessed' && before.level,
    );
    expect(changed.summary).toMatch(/ändrade bedömningen från G.* till G|ändrade bedömningen från /);
    const history = await get(`items/${changed.subject.id}/history`);
    expect(history.items.map(({ type }: { type: string }) => type)).toContain('ItemAssessed');
    expect(history.items[0].type).toBe('ItemAdopted');
    const categories = new Set(items.map(({ subject }: { subject: { category: string } }) => subject.category));
    expect([...categories].sort()).toEqual(['indicator', 'item', 'plan', 'round']);
    const positions = items.map(({ position }: { position: string }) => position);
    expect([...positions].sort()).toEqual(positions);
    const provisional = items.find(({ summary }: { summary: string }) => summary.includes('5 787 (okt)'));
    expect(provisional).toMatchObject({ type: 'IndicatorValueRecorded', subject: { label: expect.any(String) } });
  });

  it('name Arbetsmarknadsnämnden by its abbreviation', async () => {
    const { items } = await get('bodies?alias=AMN');
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ id: bodyIdOf(tenant, 'amn'), name: 'Arbetsmarknadsnämnden' });
  });

  it('have documents that a replay of the log agrees with', async () => {
    const administrator = await system.token('administrator');
    for (const { name } of (await get('projections')).items as { name: string }[]) {
      const { body } = await system.request('POST', `/v1/projections/${name}/verify`, administrator);
      expect(body).toMatchObject({ name, differing: 0 });
      expect(body.events).toBeGreaterThan(400);
    }
  });
});
