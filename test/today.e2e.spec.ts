import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sparbar } from '#command-line';
import { indicatorIdOf } from '#indicators';
import { newId, streamName } from '#kernel';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { plans, RunningSystem, tenant } from './support/running-system.js';

const plan = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const item = itemIdOf(tenant, plan, 'uppdrag-1');
const body = bodyIdOf(tenant, 'amn');
const indicator = indicatorIdOf(tenant, plan, 'besok-ekonomiskt-bistand');

describe('Without a day, an answer is of today', () => {
  let now = '2026-11-30T12:00:00.000Z';
  let system: RunningSystem;
  let reader: string;
  let controller: string;
  let position: string;
  let added: string;
  let title: string;
  let counted: { items: number; completed: number };
  const ask = (url: string) => system.request('GET', `/v1/${url}`, reader);
  const get = async (url: string) => (await ask(url)).body;
  const post = async (url: string, body: object) => {
    const answer = await system.request('POST', `/v1/${url}`, controller, body);
    expect([200, 201]).toContain(answer.status);
    position = answer.body.position;
    return answer.body;
  };
  /** As before a body that has something could not be dissolved alone. */
  const dissolvedAsBefore = async (effectiveOn: string) => {
    const stream = streamName(tenant, 'body', body);
    const told = await system.stores.eventStore.readStream(stream);
    const { metadata, revision } = told.at(-1)!;
    const event = { id: newId(), type: 'BodyDissolved', data: { bodyId: body, successors: [] } };
    await system.stores.eventStore.append(stream, [{ ...event, metadata: { ...metadata, effectiveOn } }], revision);
  };
  const command = async (...words: string[]) => {
    const lines: string[] = [];
    const from = ['--url', await system.app.getUrl(), '--token', reader, ...words];
    await sparbar((line) => lines.push(line)).parseAsync(from, { from: 'user' });
    return lines.join('\n');
  };

  beforeAll(async () => {
    system = await RunningSystem.start({ clock: { now: () => new Date(now) } });
    reader = await system.token('reader');
    controller = await system.token('controller');
    const reports = await system.load(...plans);
    await ask(`plans?waitFor=${reports.at(-1)!.position}`);
    title = (await get(`items/${item}`)).title;
    counted = (await get(`plans/${plan}/overview`)).all;
    await post(`items/${item}/reword`, { title: 'Lydelsen 2027', effectiveOn: '2027-01-01' });
    await post(`items/${item}/complete`, { effectiveOn: '2027-03-01' });
    const about = { kind: 'uppdrag', number: '99', title: 'Nytt 2027', effectiveOn: '2027-02-01' };
    added = (await post(`plans/${plan}/items`, about)).id;
    await post(`plans/${plan}/amendments`, { title: 'Å 2027', effectiveOn: '2027-01-01' });
    await post(`bodies/${body}/rename`, { name: 'Nämnden 2027', effectiveOn: '2027-01-01' });
    const alone = await system.request('POST', `/v1/bodies/${body}/dissolve`, controller, {
      effectiveOn: '2027-12-31',
    });
    expect(alone).toMatchObject({ status: 409, body: { rule: 'body-has-nothing' } });
    expect(alone.body.detail).toMatch(/group Alla nämnder och bolag, item .*plan Å 2027/);
    await dissolvedAsBefore('2027-12-31');
    await post(`indicators/${indicator}/retire`, { reason: 'Ersatt', effectiveOn: '2027-01-01' });
    await ask(`plans?waitFor=${position}`);
  });
  afterAll(() => system.stop());

  it('and tells what is to come as to come', async () => {
    const shown = await get(`items/${item}`);
    expect(shown).toMatchObject({
      title,
      lifecycle: { state: 'active' },
      asOf: '2026-11-30',
      coming: [
        { on: '2027-01-01', property: 'title', value: 'Lydelsen 2027', words: 'Rubriken blir ”Lydelsen 2027”' },
        { on: '2027-03-01', property: 'lifecycle', value: { state: 'completed' }, words: 'Slutförs' },
      ],
    });
    expect(await get(`items/${item}?asOf=2026-11-30`)).toEqual(shown);
    const { asOf: _, ...view } = shown;
    const page = await get(`plans/${plan}/items?kind=uppdrag&number=1`);
    expect(page).toMatchObject({ asOf: '2026-11-30', total: 1, items: [view] });
    expect(await get(`plans/${plan}/items?text=lydelsen`)).toMatchObject({ total: 0 });
    expect(await get(`plans/${plan}/items?lifecycle=completed`)).toMatchObject({ total: counted.completed });
    const text = await command('replay', item);
    expect(text).toContain(title);
    expect(text).toContain('2027-01-01: Rubriken blir ”Lydelsen 2027”');
  });

  it('and counts of a plan what is in force', async () => {
    expect(await get(`plans/${plan}/overview`)).toMatchObject({ asOf: '2026-11-30', all: counted });
    expect((await get(`plans/${plan}`)).title).not.toBe('Å 2027');
    const titles = (await get('plans?limit=100')).items.map((one: { title: string }) => one.title);
    expect(titles).not.toContain('Å 2027');
    const known = (await get('plans?limit=100&asOf=2027-01-01')).items.map((one: { title: string }) => one.title);
    expect(known).toHaveLength(titles.length);
    expect(known.at(-1)).toBe('Å 2027');
  });

  it('and does not know what is adopted later, but says from when', async () => {
    expect(await ask(`items/${added}`)).toMatchObject({
      status: 404,
      body: { code: 'not-found', params: { from: '2027-02-01' } },
    });
    expect(await get(`plans/${plan}/items?number=99`)).toMatchObject({ total: 0 });
    expect(await get(`plans/${plan}/items?number=99&asOf=2027-02-01`)).toMatchObject({ total: 1 });
    expect(await ask(`items/${added}?asOf=2027-02-01`)).toMatchObject({ status: 200 });
  });

  it('and calls bodies and indicators as they are called', async () => {
    const shown = await get(`bodies/${body}`);
    expect(shown).toMatchObject({ name: 'Arbetsmarknadsnämnden', dissolvedFrom: '2027-12-31' });
    expect(shown).not.toHaveProperty('dissolvedOn');
    expect(await get(`indicators/${indicator}`)).not.toHaveProperty('retired');
    expect(await get(`indicators/${indicator}?asOf=2027-01-01`)).toMatchObject({ retired: { on: '2027-01-01' } });
    const { items, total } = await get(`plans/${plan}/indicators?limit=100`);
    expect(items).toHaveLength(total);
    expect(items.filter(({ retired }: { retired?: object }) => retired)).toEqual([]);
  });

  it('and the command line asks who had a number on the day that it asks about', async () => {
    const named = 'amn-verksamhetsplan-2025:uppdrag:99';
    expect(await command('replay', named, '--as-of', '2027-02-01')).toContain('Uppdrag 99: Nytt 2027');
    await expect(command('replay', named)).rejects.toThrow('has no item with the number 99');
    await expect(command('replay', named, '--as-of', '2027-01-31')).rejects.toThrow('99 on 2027-01-31');
  });

  it('and so does the register on the command line', async () => {
    expect(await command('bodies')).toMatch(/^amn +Arbetsmarknadsnämnden +AMN .* 2027-12-31$/m);
    expect(await command('bodies', '--alias', 'AMN', '--as-of', '2027-01-01')).toMatch(/^amn +Nämnden 2027 /m);
    const shown = await command('body', 'AMN');
    expect(shown).toMatch(/^Arbetsmarknadsnämnden \(amn\), nämnd$/m);
    expect(shown).toContain('Namn från 2027-01-01: Nämnden 2027');
    expect(shown).toMatch(/ 2027-12-31 +controller +Upphör; efterträds av ingen$/m);
    await expect(command('body', 'amn', '--known-at', '2020-01-01')).rejects.toThrow('amn as known at 2020-01-01');
    expect(await command('groups', '--as-of', '2027-01-01')).toMatch(/^alla-namnder-och-bolag .*Nämnden 2027/m);
    expect(await command('group', 'alla-namnder-och-bolag')).toContain('Gruppen definierades: ');
  });

  it('and a decision is corrected by what everything is called', async () => {
    const [adopted] = (await get(`plans/${plan}`)).decisions;
    const key = 'amn-verksamhetsplan-2025';
    const about = [adopted.eventId, '--category', 'plan', '--subject', key, '--body', 'KS', '--date', '2024-12-19'];
    const correct = () =>
      command('--token', controller, 'correct-decision', ...about, '--paragraph', '§ 144', '--reason', 'Fel nämnd');
    expect(await correct()).toBe('Beslutet är rättat');
    await ask(`plans?waitFor=${await system.stores.eventStore.head()}`);
    const decided = { bodyId: bodyIdOf(tenant, 'ks'), date: '2024-12-19', paragraph: '§ 144' };
    expect((await get(`plans/${plan}`)).decisions[0]).toMatchObject({ ...decided, decisionCorrected: true });
    expect(await correct()).toBe('Inget ändrades: så lyder beslutet redan');
  });

  it('so that on its day all of it shows, and nothing was recorded', async () => {
    const before = await system.stores.eventStore.head();
    now = '2027-02-28T23:30:00.000Z';
    expect(await get(`items/${item}`)).toMatchObject({
      asOf: '2027-03-01',
      title: 'Lydelsen 2027',
      lifecycle: { state: 'completed', since: '2027-03-01' },
      coming: [],
    });
    expect(await get(`plans/${plan}/items?number=99`)).toMatchObject({ total: 1, items: [{ id: added }] });
    const { all, title: called } = await get(`plans/${plan}/overview`);
    expect(called).toBe('Å 2027');
    expect(await get(`bodies/${body}`)).toMatchObject({ name: 'Nämnden 2027', dissolvedFrom: '2027-12-31' });
    expect(await get(`indicators/${indicator}`)).toMatchObject({ retired: { on: '2027-01-01' } });
    expect([all.items, all.completed]).toEqual([counted.items + 1, counted.completed + 1]);
    expect((await get('plans?limit=100')).items.at(-1).title).toBe('Å 2027');
    expect(await system.stores.eventStore.head()).toBe(before);
  });
});
