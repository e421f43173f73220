import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqliteEventStore } from '#event-store/sqlite';
import { streamName } from '#kernel';
import type { StoredEvent } from '#kernel';
import { eventually } from '#kernel/testing';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { roundIdOf } from '#rounds';
import { snapshotIdOf } from '#snapshots';
import { plans, tenant } from './support/running-system.js';
import { chanceOf } from './support/seeded.js';
import { StandaloneProcess } from './support/standalone-process.js';

const plan = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const rounds = ['april-2025', 'augusti-2025'].map((key) => roundIdOf(tenant, plan, key));
const random = chanceOf('when the process is killed');
const kills = 4;
const longestMilliseconds = 60;

/** The two rounds of the invented year are frozen, then issued anew, and each time everything is killed. */
describe(`A process that is killed while it makes snapshots (FAULT_SEED=${random.seed})`, () => {
  let folder: string;
  let running: StandaloneProcess | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-snapshots-killed-'));
    running = await StandaloneProcess.start(folder, plans.map((name) => `data/${name}`).join(','));
  }, 30_000);
  afterAll(async () => {
    await running?.end('SIGKILL');
    await rm(folder, { recursive: true });
  });

  it('leaves exactly one snapshot for every issue, and each is what the log says', async () => {
    let interrupted = 0;
    for (let kill = 0; kill < kills; kill++) {
      running ??= await StandaloneProcess.start(folder);
      // Issues of one round say different things.
      await post(running, `items/${itemIdOf(tenant, plan, 'uppdrag-1')}/assessments`, `assess-${kill}`, {
        roundId: rounds[0],
        bodyId: bodyIdOf(tenant, 'amn'),
        level: 'delayed',
        motivation: `Sagt inför utgåva ${kill + 1}.`,
      });
      const word = kill === 0 ? 'freeze' : 'reissue';
      const why = kill === 0 ? { override: 'Nämnden sammanträder' } : { reason: `Utgåva ${kill + 1}` };
      await Promise.all(rounds.map((round) => post(running!, `rounds/${round}/${word}`, `${word}-${kill}`, why)));
      await sleep(kill < 2 ? 0 : random.below(longestMilliseconds));
      await running.end('SIGKILL');
      running = undefined;
      const issued = await eventsOf('RoundFrozen', 'SnapshotReissued');
      interrupted += issued.length - (await eventsOf('SnapshotRecorded')).length;
    }
    expect(interrupted).toBeGreaterThan(0);

    running = await StandaloneProcess.start(folder);
    for (const round of rounds) {
      const snapshots = await eventually('every snapshot of a round', async () => {
        const { items: listed } = (await get(running!, `rounds/${round}/snapshots`)) as { items: { state: string }[] };
        return listed.every(({ state }) => state === 'made') ? listed : undefined;
      });
      expect(snapshots).toHaveLength(kills);
    }
    const jobs = (await get(running, 'jobs?name=make-snapshot&limit=100')) as { items: { state: string }[] };
    expect(jobs.items.map(({ state }) => state)).toEqual(
      Array.from({ length: kills * rounds.length }, () => 'completed'),
    );
    const sums = new Set<string>();
    for (const round of rounds) {
      for (let issue = 1; issue <= kills; issue++)
        sums.add(await verified(running, snapshotIdOf(tenant, round, issue)));
    }
    expect(sums.size).toBe(kills * rounds.length);
    expect(await running.end('SIGTERM')).toBe(0);
    const recorded = (await eventsOf('SnapshotRecorded')).map(({ data }) =>
      JSON.stringify([data['roundId'], data['issue']]),
    );
    expect(recorded).toHaveLength(kills * rounds.length);
    expect(new Set(recorded).size).toBe(recorded.length);
  }, 60_000);

  /** What the rounds' streams hold of some types, read while nobody runs. */
  async function eventsOf(...types: readonly string[]): Promise<StoredEvent[]> {
    const store = openSqliteEventStore(join(folder, 'events.db'));
    const streams = await Promise.all(rounds.map((round) => store.readStream(streamName(tenant, 'round', round))));
    await store.close();
    return streams.flat().filter(({ type }) => types.includes(type));
  }
});

/** @returns the SHA-256 of a snapshot whose bytes, log and record agree */
async function verified(process: StandaloneProcess, snapshotId: string): Promise<string> {
  const found = (await get(process, `snapshots/${snapshotId}/verification`)) as { verdict: string; folded: string };
  expect(found.verdict).toBe('same');
  const answer = await fetch(`${process.url}/v1/snapshots/${snapshotId}/content`, { headers: asking(process) });
  const sha256 = createHash('sha256')
    .update(Buffer.from(await answer.arrayBuffer()))
    .digest('hex');
  expect(sha256).toBe(found.folded);
  return sha256;
}

async function post(process: StandaloneProcess, url: string, key: string, data: object): Promise<void> {
  const headers = { ...asking(process), 'content-type': 'application/json', 'idempotency-key': key };
  const answer = await fetch(`${process.url}/v1/${url}`, { method: 'POST', headers, body: JSON.stringify(data) });
  if (answer.status !== 200) throw new Error(`${url} was answered with ${answer.status}: ${await answer.text()}`);
}

async function get(process: StandaloneProcess, url: string): Promise<unknown> {
  return (await fetch(`${process.url}/v1/${url}`, { headers: asking(process) })).json();
}

const asking = ({ tokens }: StandaloneProcess) => ({ authorization: `Bearer ${tokens['controller']}` });
