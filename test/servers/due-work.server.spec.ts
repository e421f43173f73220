import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { Job } from '#jobs';
import { streamName } from '#kernel';
import { eventually } from '#kernel/testing';
import { planIdOf } from '#planning';
import { OwnServer } from '../support/own-server.js';
import { RunningSystem, tenant } from '../support/running-system.js';

/** What the guide promises after an outage, and the time of a slow machine. */
const minuteMilliseconds = 60_000 + 15_000;
/** Longer than five attempts with rests of one, two, four and eight seconds. */
const outageMilliseconds = 18_000;
const flushes = 6;

const plan = planIdOf(tenant, 'uppsala-fokusmal-4');

/** Each test goes on with the system as the one before it left it. */
describe('Work that is due on servers that are away, or lose what they were given', () => {
  let folder: string;
  /** A double of KurrentDB, a stand-in for MongoDB, and Redis itself. */
  const servers: OwnServer[] = [];
  let [log, documents, redis]: OwnServer[] = [];
  let system: RunningSystem;
  let round: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-due-work-'));
    servers.push(await OwnServer.eventStore(folder));
    servers.push(await OwnServer.documentStore(folder));
    servers.push(await OwnServer.redis(folder));
    [log, documents, redis] = servers;
    const urls = { eventStoreUrl: log!.url, documentStoreUrl: documents!.url, jobsUrl: redis!.url };
    // At the pace at which a worker is shipped.
    system = await RunningSystem.start({ ...urls, pace: {} });
    // What was loaded already is not loaded again.
    const load = () => system.load('uppsala-organisation.yaml', 'uppsala-fokusmal-4.yaml');
    await eventually('The plans', load, ({ length }) => length === 2, 90_000);
  }, 120_000);
  afterAll(async () => {
    for (const server of servers) await server.heal();
    await system?.stop();
    await Promise.all(servers.map((server) => server.kill()));
    await rm(folder, { recursive: true });
  }, 60_000);

  const get = async (path: string) =>
    (await system.request('GET', `/v1/${path}`, await system.token('administrator'))).body;
  /** Sends a command under one key until a store that is slow has taken it. */
  const post = async (path: string, body: object) => {
    const headers = { 'idempotency-key': randomUUID() };
    const token = await system.token('controller');
    const ask = () => system.request('POST', `/v1/${path}`, token, body, headers);
    const answer = await eventually(path, ask, ({ status }) => status < 500);
    expect([path, answer.status < 300 ? 200 : answer.body]).toEqual([path, 200]);
    return answer.body;
  };
  const snapshots = async (): Promise<{ state: string; waitingFor?: string }[]> =>
    (await get(`rounds/${round}/snapshots`)).items;
  const allMade = (count: number) =>
    eventually(
      'Every snapshot',
      snapshots,
      (listed) => listed.length === count && listed.every(({ state }) => state === 'made'),
      minuteMilliseconds,
    );
  const ready = () => eventually('A worker that is ready', () => system.work.check().then(() => true), Boolean);
  async function flush(): Promise<void> {
    const client = new Redis(redis!.url);
    await client.flushall();
    client.disconnect();
  }

  it('opens a round whose day had come while the log was away', async () => {
    const schedule = { opensOn: '2024-04-01', remindsOn: [], freezesOn: '2024-05-02' };
    const content = { label: 'April 2024', referenceDate: '2024-03-31', deadline: '2024-04-30', scope: ['uppdrag'] };
    const planned = { kind: 'april', year: 2024, ...content, schedule };
    const answer = await post(`plans/${plan}/rounds/plan`, planned);
    round = answer.id;
    await get(`plans/${plan}/rounds?waitFor=${answer.position}`);
    await log!.kill();
    await system.work.look();
    const { items } = await eventually(
      'The opening that waits',
      () => get('jobs?name=round-action'),
      ({ items: [job] }) => job?.waitingSince !== undefined,
    );
    expect(items[0]).toMatchObject({ attempts: 0, waitingFor: expect.stringContaining('event store') });
    await flush();
    await log!.restart();
    await eventually(
      'The round',
      () => get(`rounds/${round}`),
      ({ status }) => status === 'open',
      minuteMilliseconds,
    );
  }, 180_000);

  it('makes a snapshot after an outage of the documents that is longer than all attempts', async () => {
    await post(`rounds/${round}/freeze`, { override: 'Nämnderna hinner inte' });
    await allMade(1);
    await documents!.kill();
    await post(`plans/${plan}/amendments`, { title: 'Inför utgåva 2' });
    await post(`rounds/${round}/reissue`, { reason: 'Under ett avbrott' });
    await eventually(
      'A snapshot that says what it waits for',
      snapshots,
      ([, issue]) => issue?.state === 'being-made' && /document store/.test(issue.waitingFor ?? ''),
    );
    await sleep(outageMilliseconds);
    const [job] = (await get('jobs?name=make-snapshot')).items as [Job];
    expect(job.state).not.toBe('failed');
    expect(Date.now() - Date.parse(job.waitingSince!)).toBeGreaterThan(outageMilliseconds / 2);
    await documents!.restart();
    await allMade(2);
    await ready();
  }, 180_000);

  it('makes every snapshot within a minute, once, whatever Redis loses and whenever', async () => {
    for (let number = 0; number < flushes; number++) {
      await post(`plans/${plan}/amendments`, { title: `Inför utgåva ${number + 3}` });
      await post(`rounds/${round}/reissue`, { reason: `Utgåva ${number}` });
      await sleep(Math.random() * 300);
      await flush();
    }
    await allMade(flushes + 2);
    await ready();
    const stream = await system.stores.eventStore.readStream(streamName(tenant, 'round', round));
    const recorded = stream.filter(({ type }) => type === 'SnapshotRecorded').map(({ data }) => Number(data['issue']));
    expect(recorded.sort((one, other) => one - other)).toEqual(
      Array.from({ length: flushes + 2 }, (_, index) => index + 1),
    );
    expect(stream.filter(({ type }) => type === 'RoundOpened')).toHaveLength(1);
  }, 180_000);
});
