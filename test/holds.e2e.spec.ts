import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sparbar } from '#command-line';
import { itemIdOf, planIdOf } from '#planning';
import { roundIdOf, currentRule } from '#rounds';
import type { Snapshot } from '#snapshots';
import { FrozenRound } from './support/frozen-round.js';
import { plans, RunningSystem, tenant } from './support/running-system.js';

const plan = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const round = roundIdOf(tenant, plan, 'augusti-2025');
const item = itemIdOf(tenant, plan, 'uppdrag-1');
const reason = 'Väntar på statsbidrag';

/** The round speaks of 2025-08-31. */
describe('An item on hold', () => {
  let system: RunningSystem;
  let reader: string;
  let controller: string;
  const get = async (url: string) => (await system.request('GET', `/v1/${url}`, reader)).body;
  const post = (word: string, body: object) => system.request('POST', `/v1/items/${item}/${word}`, controller, body);
  const on = (day: string) => get(`items/${item}?asOf=${day}`);

  beforeAll(async () => {
    system = await RunningSystem.start();
    reader = await system.token('reader');
    controller = await system.token('controller');
    await system.load(...plans);
    const answer = await post('hold', { until: '2025-10-01', reason, effectiveOn: '2025-08-01' });
    expect(answer).toMatchObject({ status: 200, body: { recorded: ['ItemHeld'] } });
    await get(`items/${item}?waitFor=${answer.body.position}`);
  });
  afterAll(() => system.stop());

  it('rests from its day up to the one on which it goes on', async () => {
    const hold = { since: '2025-08-01', until: '2025-10-01', reason, label: 'Vilar till 2025-10-01' };
    for (const day of ['2025-08-01', '2025-09-30']) expect((await on(day)).hold).toEqual(hold);
    for (const day of ['2025-07-31', '2025-10-01']) expect(await on(day)).not.toHaveProperty('hold');
    const { items } = await get(`plans/${plan}/items?asOf=2025-08-31&kind=uppdrag&number=1`);
    expect(items).toMatchObject([{ id: item, hold }]);
  });

  it('is counted apart, and not among what waits to be assessed', async () => {
    const before = await get(`plans/${plan}/overview?asOf=2025-07-31`);
    const during = await get(`plans/${plan}/overview?asOf=2025-08-01`);
    expect([before.all.onHold, during.all.onHold]).toEqual([0, 1]);
    expect(during.all.items).toBe(before.all.items);
    expect(during.notAssessedItems.map(({ id }: { id: string }) => id)).not.toContain(item);
  });

  it('is owed by nobody in a round that speaks of a day on which it rests', async () => {
    const owed = async (of: string) => {
      const { items } = await get(`rounds/${roundIdOf(tenant, plan, of)}/coverage?limit=100`);
      return items.flatMap(({ entries }: any) => entries.filter(({ itemId }: any) => itemId === item)).length;
    };
    expect(await owed('april-2025')).toBeGreaterThan(0);
    expect(await owed('augusti-2025')).toBe(0);
  });

  it('tells of it in its history', async () => {
    const { items } = await get(`items/${item}/history?limit=100`);
    expect(items.at(-1)).toMatchObject({
      summary: `Lades vilande till 2025-10-01: ${reason}`,
      about: { reason },
      before: { hold: null },
      after: { hold: { until: '2025-10-01' } },
    });
  });

  it('is shown by the command line', async () => {
    const lines: string[] = [];
    const url = await system.app.getUrl();
    const words = ['--url', url, '--token', reader, 'replay', item, '--as-of', '2025-08-31'];
    await sparbar((line) => lines.push(line)).parseAsync(words, { from: 'user' });
    expect(lines.join('\n')).toContain(`Vilar till 2025-10-01: ${reason}`);
  });

  it('is told by the snapshot of the round and by its report', async () => {
    const frozen = new FrozenRound(system.stores, tenant, round, plan, '2026-12-01T09:00:00.000Z');
    await frozen.freeze([], 'Brådskar');
    const url = new URL(`/v1/snapshots/${await frozen.make(1)}/`, await system.app.getUrl());
    const told = async (form: string) =>
      (await fetch(new URL(form, url), { headers: { authorization: `Bearer ${reader}` } })).text();
    const { items, rule } = JSON.parse(await told('content')) as Snapshot;
    const { hold } = items.find(({ itemId }) => itemId === item)!;
    expect({ rule, hold }).toEqual({ rule: currentRule, hold: { since: '2025-08-01', until: '2025-10-01', reason } });
    expect(await told('report')).toContain(`Vilar från 2025-08-01 till 2025-10-01: ${reason}`);
    expect(await told('table')).toContain(`Vilar från 2025-08-01 till 2025-10-01: ${reason}`);
  });

  it('must end after it began', async () => {
    const early = await post('hold', { until: '2025-08-01', reason, effectiveOn: '2025-08-01' });
    expect(early).toMatchObject({ status: 409, body: { rule: 'hold-ends-later' } });
    const { status } = await post('hold', { until: '2025-02-30', reason });
    expect(status).toBe(400);
    expect((await post('hold', { until: '2025-12-01' })).status).toBe(400);
  });

  it('is taken up again before its day, once', async () => {
    const resumed = await post('resume', { comment: 'Bidraget kom', effectiveOn: '2025-09-15' });
    expect(resumed.body.recorded).toEqual(['ItemResumed']);
    await get(`items/${item}?waitFor=${resumed.body.position}`);
    expect(await on('2025-09-14')).toMatchObject({ hold: { until: '2025-10-01' } });
    expect(await on('2025-09-15')).not.toHaveProperty('hold');
    expect((await post('resume', { effectiveOn: '2025-09-16' })).body.recorded).toEqual([]);
    const { items } = await get(`items/${item}/history?limit=100`);
    expect(items.at(-1)).toMatchObject({ summary: 'Togs upp igen: Bidraget kom', after: { hold: null } });
  });
});
