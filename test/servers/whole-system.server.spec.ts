import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '#kernel';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { roundIdOf } from '#rounds';
import { projections } from '#running/contracts';
import { NamedServers } from '../support/named-servers.js';
import { requestTo } from '../support/request-to.js';
import type { Answer } from '../support/request-to.js';
import { plans, RunningSystem } from '../support/running-system.js';
import { SystemProcesses } from '../support/system-processes.js';

const tenant = `whole-${randomUUID()}`;
const plan = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const item = itemIdOf(tenant, plan, 'uppdrag-1');
const round = roundIdOf(tenant, plan, 'augusti-2025');
const amn = bodyIdOf(tenant, 'amn');
const waitMilliseconds = 20_000;
const stopMilliseconds = 10_000;

/** A system that can be asked, wherever it runs. */
interface Asked {
  readonly get: (path: string, role?: Role) => Promise<Answer>;
  readonly post: (path: string, role: Role, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
}

/** Asks again until the answer is the one that is waited for. @throws Error with the last answer */
async function until(ask: () => Promise<Answer>, arrived: (answer: Answer) => boolean): Promise<Answer> {
  for (const deadline = performance.now() + waitMilliseconds; ;) {
    const answer = await ask();
    if (arrived(answer)) return answer;
    if (performance.now() > deadline) throw new Error(`Waited in vain, last for ${JSON.stringify(answer.body)}`);
    await pause(50);
  }
}

/** Everything that users and operators do, in the order in which it rests on each other. @returns every answer */
async function useEverything({ get, post }: Asked): Promise<Record<string, Answer>> {
  const told: Record<string, Answer> = {};
  for (const name of plans) {
    const text = await readFile(join(process.cwd(), 'data', name), 'utf8');
    told[`load ${name}`] = await post('imports', 'controller', text, { 'content-type': 'application/yaml' });
  }
  const assessment = { roundId: round, bodyId: amn, level: 'delayed', motivation: 'Upphandlingen är överklagad.' };
  const keyed = { 'idempotency-key': 'assess-uppdrag-1' };
  told['assess'] = await post(`items/${item}/assessments`, 'controller', assessment, keyed);
  told['assess again'] = await post(`items/${item}/assessments`, 'controller', assessment, keyed);
  told['assess otherwise'] = await post(
    `items/${item}/assessments`,
    'controller',
    { ...assessment, level: 'on-track' },
    keyed,
  );
  told['assess badly'] = await post(`items/${item}/assessments`, 'controller', { level: 'x' });
  told['read as a stranger'] = await post('bodies', 'reader', { name: 'Ingen', kind: 'board' });
  const { position } = told['assess'].body as { position: string };
  told['item'] = await get(`items/${item}?waitFor=${position}`);
  told['items'] = await get(`plans/${plan}/items?kind=uppdrag&limit=100`);
  told['overview'] = await get(`plans/${plan}/overview`);
  told['indicators'] = await get(`plans/${plan}/indicators?limit=100`);
  told['bodies'] = await get('bodies?alias=AMN');
  told['history'] = await get(`items/${item}/history`, 'auditor');
  told['changes'] = await get(`plans/${plan}/changes?from=2025-01-01&to=2999-12-31&limit=500`, 'auditor');
  told['replay'] = await get(`plans/${plan}/overview?asOf=2025-05-31`);
  told['replay of an item'] = await get(`items/${item}?asOf=2025-05-31`);
  told['replay of what was not known'] = await get(`plans/${plan}/overview?knownAt=2025-05-31T12:00:00Z`);

  const rebuild = await post('projections/item-status/rebuild', 'administrator');
  expect(rebuild.status).toBe(202);
  const ended = ({ body }: Answer) => body.state === 'completed' || body.state === 'failed';
  told['rebuild'] = await until(() => get(`jobs/${rebuild.body.id}`, 'administrator'), ended);
  told['items of the rebuild'] = await get(`plans/${plan}/items?kind=uppdrag&limit=100`);

  told['freeze too soon'] = await post(`rounds/${round}/freeze`, 'controller', {});
  told['ready'] = await post(`rounds/${round}/ready`, 'controller', { bodyId: amn });
  told['freeze'] = await post(`rounds/${round}/freeze`, 'controller', { override: 'Nämnden sammanträder' });
  const snapshots = await until(
    () => get(`rounds/${round}/snapshots`),
    ({ body }) => body.items[0]?.state === 'made',
  );
  told['snapshots'] = snapshots;
  const snapshot = `snapshots/${snapshots.body.items[0].id}`;
  told['snapshot'] = await get(`${snapshot}/content`);
  told['table'] = await get(`${snapshot}/table`);
  told['verified snapshot'] = await get(`${snapshot}/verification`, 'auditor');
  const late = { ...assessment, level: 'on-track', motivation: 'Klart.' };
  told['assess late'] = await post(`items/${item}/assessments`, 'controller', late, { 'idempotency-key': 'late' });
  told['comparison'] = await get(`${snapshot}/comparison`);
  const frozen = (told['freeze'].body as { position: string }).position;
  told['coverage'] = await get(`rounds/${round}/coverage?limit=100&waitFor=${frozen}`);
  told['round'] = await get(`rounds/${round}`);
  return told;
}

/** What must be the same wherever it runs: all but positions, instants, and what follows from them. */
function comparable(name: string, { body, headers, status }: Answer): object {
  const text = JSON.stringify(body)
    .replaceAll(/\b[0-9]{20}\b/g, '<position>')
    .replaceAll(/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/g, '<instant>')
    .replaceAll(/[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}/g, '<minute>')
    .replaceAll(/"(done|total)":[0-9]+(?=[^{}]*"note":)/g, '"$1":"<position>"')
    .replaceAll(/"(corrects|eventId|instance|correlationId)":"[^"]+"/g, '"$1":"<made anew>"')
    .replaceAll(/"(sha256|folded|recorded|kept)":"[0-9a-f]{64}"/g, '"$1":"<of the bytes>"');
  const told = JSON.parse(text);
  // What a load records of different things side by side comes in any order.
  if (name === 'changes') told.items = told.items.map((item: object) => JSON.stringify(item)).sort();
  // Names and aliases are told by the events that gave them.
  if (name === 'bodies') {
    const anew = (rows: object[]) => rows.map((row) => ({ ...row, id: '<made anew>' }));
    told.items = told.items.map((one: { aliases: object[]; names: object[] }) => ({
      ...one,
      names: anew(one.names),
      aliases: anew(one.aliases),
    }));
  }
  return { [name]: { status, etag: /^"([0-9]+)(?:"|-)/.exec(headers.get('etag') ?? '')?.[1], body: told } };
}

const servers = NamedServers.named();

describe(`The whole system as processes on ${servers.title}`, () => {
  let folder: string;
  let system: SystemProcesses;
  let told: Record<string, Answer>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-servers-'));
    system = await SystemProcesses.start(await servers.start(folder), tenant, { apis: 2, projectors: 2, workers: 1 });
    told = await useEverything({
      get: (path, role = 'reader') => system.request('GET', `/v1/${path}`, { role, api: 1 }),
      post: (path, role, body, headers = {}) => system.request('POST', `/v1/${path}`, { role, body, headers, api: 0 }),
    });
  }, 120_000);
  afterAll(async () => {
    await system?.end();
    await servers.stop();
    await rm(folder, { recursive: true });
  }, 30_000);

  it('does what users and operators ask of it', () => {
    const refused = Object.entries(told).filter(([, { status }]) => status >= 400);
    expect(Object.fromEntries(refused.map(([name, { status }]) => [name, status]))).toEqual({
      'assess otherwise': 422,
      'assess badly': 400,
      'read as a stranger': 403,
      'freeze too soon': 409,
    });
    expect(told['assess again']!.body).toEqual(told['assess']!.body);
    expect(told['items']!.body.total).toBe(22);
    expect(told['items of the rebuild']!.body).toEqual(told['items']!.body);
    expect(told['rebuild']!.body).toMatchObject({ state: 'completed', attempts: 1 });
    expect(told['snapshots']!.body).toMatchObject({ items: [{ issue: 1, state: 'made' }] });
    expect(told['verified snapshot']!.body).toMatchObject({ verdict: 'same' });
    expect(told['comparison']!.body).toMatchObject({ same: false });
  });

  it('answers as the system does on its embedded stores', async () => {
    const embedded = await RunningSystem.start();
    try {
      const ask = async (method: 'GET' | 'POST', path: string, role: Role, body?: unknown, headers?: object) =>
        embedded.request(method, `/v1/${path}`, await embedded.token(role, { of: tenant }), body, { ...headers });
      const expected = await useEverything({
        get: (path, role = 'reader') => ask('GET', path, role),
        post: (path, role, body, headers) => ask('POST', path, role, body, headers),
      });
      expect(Object.keys(told)).toEqual(Object.keys(expected));
      for (const [name, answer] of Object.entries(expected)) {
        expect(comparable(name, told[name]!)).toEqual(comparable(name, answer));
      }
    } finally {
      await embedded.stop();
    }
  }, 60_000);

  it('holds documents that a replay of the log agrees with', async () => {
    const { body } = await system.request('GET', '/v1/projections', { role: 'administrator' });
    const [{ head }] = body.items as [{ head: string }];
    await system.request('GET', `/v1/plans?waitFor=${head}`, { role: 'reader', api: 1 });
    for (const { name } of body.items as { name: string }[]) {
      const verified = await system.request('POST', `/v1/projections/${name}/verify`, { role: 'auditor' });
      expect(verified.body).toMatchObject({ name, differing: 0 });
      expect(verified.body.events).toBeGreaterThan(400);
    }
  }, 30_000);

  it('tells of each process that it lives, is ready, how far it is and what it does', async () => {
    for (const { app, url } of system.all) {
      expect((await requestTo(url, 'GET', '/health/live')).body).toEqual({ status: 'live' });
      expect((await requestTo(url, 'GET', '/health/ready')).body).toEqual({ status: 'ready' });
      const { body: told } = await requestTo(url, 'GET', '/health/projections');
      expect(told).toHaveLength(projections.length);
      for (const projection of told) expect(projection).toMatchObject({ state: 'current', lagSeconds: 0 });
      const { body: metrics } = await requestTo(url, 'GET', '/metrics');
      expect(metrics).toMatch(/sparbar_stores_up 1/);
      expect(metrics).toMatch(/sparbar_projection_behind\{projection="item-status"} 0/);
      expect(metrics).not.toContain(tenant);
      if (app === 'api') expect(metrics).toMatch(/sparbar_http_request_duration_seconds_count\{method="/);
    }
  });

  it('ends in order when it is told to', async () => {
    const from = performance.now();
    expect(await system.stop()).toEqual(system.all.map(() => 0));
    expect(performance.now() - from).toBeLessThan(stopMilliseconds);
  }, 30_000);
});
