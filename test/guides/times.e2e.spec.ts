import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sparbar } from '#command-line';
import { PlanLoader } from '#importing';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { roundIdOf } from '#rounds';
import { RunningSystem, tenant } from '../support/running-system.js';
import { examplesOf, textOf } from './examples.js';

const page = 'docs/guide/times.md';
const plan = planIdOf(tenant, 'centrumplan');
const item = itemIdOf(tenant, plan, 'trad');
const round = roundIdOf(tenant, plan, 'april-2024');

interface Shown {
  readonly title: string;
  readonly status: { readonly level: { readonly code: string } } | null;
}

interface Told {
  readonly type: string;
  readonly eventId: string;
}

describe('The guide to times', () => {
  let now = '2025-02-03T09:00:00.000Z';
  let system: RunningSystem;
  let controller: string;
  let events: readonly Told[];
  const [file] = examplesOf('docs/guide/times.md', 'yaml').map(({ text }) => text);
  const ask = (url: string) => system.request('GET', `/v1/${url}`, controller);
  const get = async (url: string) => (await ask(url)).body;
  const post = async (url: string, body: object) => {
    const answer = await system.request('POST', `/v1/${url}`, controller, body);
    expect([200, 201]).toContain(answer.status);
    return answer.body;
  };
  const load = (text: string, actor = { id: 'loader', role: 'controller' as const }) =>
    system.app.get(PlanLoader).load(text, 'the file', { tenant, actor });
  const command = async (...words: string[]) => {
    const lines: string[] = [];
    const from = ['--url', await system.app.getUrl(), '--token', controller, ...words];
    await sparbar((line) => lines.push(line)).parseAsync(from, { from: 'user' });
    return lines.join('\n');
  };

  beforeAll(async () => {
    system = await RunningSystem.start({ clock: { now: () => new Date(now) } });
    controller = await system.token('controller');
    const loaded = await load(file!);
    now = '2025-02-10T09:00:00.000Z';
    await post(`items/${item}/reword`, { title: 'Fler träd i centrum', effectiveOn: '2025-01-01' });
    const { status: made } = await get(`items/${item}?waitFor=${loaded.position}`);
    now = '2025-08-20T09:00:00.000Z';
    const correction = { level: 'on-track', reason: 'Fel nivå' };
    const { position } = await post(`items/${item}/assessments/${made.assessmentId}/corrections`, correction);
    now = '2025-12-31T09:00:00.000Z';
    await ask(`plans?waitFor=${position}`);
    events = (await get(`items/${item}/history`)).items;
  }, 60_000);
  afterAll(() => system.stop());

  const rows = [...textOf(page).matchAll(/^\| (`[^`]+`|none) +\| ([A-D]*) +\| ([^|]*?) +\| ([a-z-]*) +\|$/gm)].map(
    ([, question, shows, wording, level]) => ({
      query: question === 'none' ? '' : `?${question!.replaceAll('`', '')}`,
      shows: shows!,
      wording: wording!,
      level: level || undefined,
    }),
  );

  it('has a row for each sort of question', () => expect(rows).toHaveLength(8));

  it.each(rows)('shows of the item what its table says: $query', async ({ level, query, shows, wording }) => {
    const answer = await ask(`items/${item}${query}`);
    const list = await get(`plans/${plan}/items${query}`);
    const history = (await get(`items/${item}/history${query}`)).items as Told[];
    const letters = history.map(({ eventId }) => 'ABCD'[events.findIndex((event) => event.eventId === eventId)]);
    if (wording === 'not there') {
      expect([answer.status, list.total, letters.join('')]).toEqual([404, 0, shows]);
      return;
    }
    const told = ({ status, title }: Shown) => [title, status?.level.code];
    expect([answer.status, ...told(answer.body)]).toEqual([200, wording, level]);
    expect(list.items.map(told)).toEqual([[wording, level]]);
    expect((await get(`plans/${plan}/overview${query}`)).all).toMatchObject({ items: 1, notAssessed: level ? 0 : 1 });
    expect(letters.join('')).toBe(shows);
    for (const [name, value] of new URLSearchParams(query))
      if (name !== 'knownAt') expect([answer.body[name], list[name]]).toEqual([value, value]);
  });

  const rounds = [...textOf(page).matchAll(/^\| (`[^`]+`|none) +\| (open|not there) +\| ([^|]*?) +\|$/gm)].map(
    ([, question, status, assessed]) => ({
      query: question === 'none' ? '' : `?${question!.replaceAll('`', '')}`,
      status: status!,
      assessed: assessed!,
    }),
  );

  it('has a row for each sort of question about a round', () => expect(rounds).toHaveLength(5));

  it.each(rounds)('shows of the round what its table says: $query', async ({ assessed, query, status }) => {
    const urls = [`rounds/${round}`, `rounds/${round}/coverage`];
    const [shown, coverage] = await Promise.all(urls.map((url) => ask(`${url}${query}`)));
    const list = await get(`plans/${plan}/rounds${query}`);
    if (status === 'not there') {
      expect([shown!.status, coverage!.status, list.total]).toEqual([404, 404, 0]);
      return;
    }
    expect([shown!.body.status, list.items[0].status, list.total]).toEqual([status, status, 1]);
    const { totals } = coverage!.body;
    expect(`${totals.assessed} of ${totals.expected}`).toBe(assessed);
    const { asOf = '2025-12-31', ...others } = Object.fromEntries(new URLSearchParams(query));
    for (const answer of [shown!.body, coverage!.body, list]) expect(answer).toMatchObject({ asOf, ...others });
  });

  it('shows rounds and their coverage at a moment on the command line', async () => {
    expect(await command('rounds', 'centrumplan', '--said-by', '2024-04-09')).toContain('April 2024');
    expect(await command('rounds', 'centrumplan', '--as-of', '2024-03-30')).not.toContain('April 2024');
    expect(await command('coverage', 'centrumplan:april-2024', '--said-by', '2024-04-09')).toContain('0 av 1');
    expect(await command('coverage', 'centrumplan:april-2024', '--said-by', '2024-04-10')).toContain('1 av 1');
  });

  it('refuses two answers to one question', async () => {
    for (const url of [
      `items/${item}`,
      `items/${item}/history`,
      `plans/${plan}/items`,
      `plans/${plan}/overview`,
      `plans/${plan}/indicators`,
      `plans/${plan}/rounds`,
      `rounds/${round}`,
      `rounds/${round}/coverage`,
    ]) {
      expect(await ask(`${url}?knownAt=2025-06-30&saidBy=2025-06-30`)).toMatchObject({
        status: 400,
        body: { faults: [{ field: 'saidBy', code: 'said-by-or-known-at' }] },
      });
    }
  });

  it('tells what proves what was said, and on which day, wherever it is shown', async () => {
    const attested = {
      on: '2024-04-10',
      role: 'Nämndens ordförande',
      body: bodyIdOf(tenant, 'centrumnamnden'),
      evidence: [{ kind: 'file', title: 'tertialrapport.pdf', sha256: expect.stringMatching(/^9f86d08/) }],
    };
    expect((await get(`items/${item}?saidBy=2025-12-31`)).status).toMatchObject({ attested });
    expect((await get(`items/${item}`)).status).toMatchObject({ attested, recordedAt: '2025-02-03T09:00:00.000Z' });
    const [, assessed, reworded] = (await get(`items/${item}/history`)).items;
    expect(assessed).toMatchObject({ attested, summary: expect.stringContaining('sagt 2024-04-10') });
    expect(reworded).not.toHaveProperty('attested');
    const changes = (query: string) => get(`plans/${plan}/changes?from=2025-01-01&to=2025-12-31${query}`);
    expect((await changes('&saidBy=2024-04-09')).items.map(({ type }: Told) => type)).toEqual([
      'PlanAdopted',
      'ItemAdopted',
      'RoundOpened',
    ]);
    expect(await changes('&saidBy=2024-04-10')).toMatchObject({ total: 4, saidBy: '2024-04-10' });
    expect(await changes('&saidBy=2025-02-10')).toMatchObject({ total: 6 });
    expect(await changes('')).toMatchObject({ total: 7 });
    expect(await command('replay', 'centrumplan:uppdrag:1', '--said-by', '2024-04-10')).toContain('Försenat');
    expect(await command('history', 'centrumplan:1')).toMatch(/2024-04-10 +2024-03-31 +controller/);
  });

  it('lets only what a controller loads be attested, up to the day of the load', async () => {
    const later = file!
      .replace('key: april-2024\n  plan', 'key: senare\n  plan')
      .replace('on: 2024-04-10', 'on: 2026-01-01');
    await expect(load(later)).rejects.toThrow('Nothing was said on 2026-01-01 yet');
    const attested = { on: '2024-04-10', role: 'x', evidence: [{ kind: 'other', title: 'x' }] };
    const answer = await system.request('POST', `/v1/items/${item}/reword`, controller, { title: 'x', attested });
    expect(answer).toMatchObject({ status: 400, body: { faults: [{ field: 'attested' }] } });
    await expect(load(file!.replace('2024-04-10', '2024-04-11'))).rejects.toThrow(
      'was loaded before with other content',
    );
    expect(await load(file!)).toMatchObject({ recorded: 0 });
  });

  it('says of what is invented that it is', async () => {
    const invented = `sparbar: 1
scenario:
  key: pahitt
  invented: true
  plan: centrumplan
  steps:
    - { key: nu, on: 2025-12-01, assess: { round: april-2024, item: trad, body: centrumnamnden, level: delayed, motivation: Sent. } }
`;
    const { position } = await load(invented);
    const { status } = await get(`items/${item}?waitFor=${position}`);
    expect(status).toMatchObject({ invented: true, level: { code: 'delayed' } });
    const changes = await get(`plans/${plan}/changes?from=2025-12-01&to=2025-12-31`);
    const [told, ...loads] = changes.items as Told[];
    expect(told).toMatchObject({ invented: true, summary: expect.stringMatching(/^Påhittat: /) });
    expect(loads.map(({ type }) => type)).toEqual(['LoadRecorded']);
    expect(await command('replay', 'centrumplan:1')).toContain('Påhittat: Centrumnämnden: Sent.');
    expect(round).toBeDefined();
  });
});
