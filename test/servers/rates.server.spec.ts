import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pause } from '#kernel';
import { eventually } from '#kernel/testing';
import { OwnServer } from '../support/own-server.js';
import { RunningSystem } from '../support/running-system.js';

describe('Processes that share a Redis', () => {
  let folder: string;
  let redis: OwnServer;
  let systems: RunningSystem[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-rates-'));
    redis = await OwnServer.redis(folder);
    const places = { jobsUrl: redis.url, rates: { tenant: 10 } };
    systems = [await RunningSystem.start(places), await RunningSystem.start(places)];
  });
  afterAll(async () => {
    for (const system of systems ?? []) await system.stop();
    await redis?.kill();
    await rm(folder, { recursive: true });
  });

  /** The statuses of so many requests of one tenant, to each process by turns. */
  async function statuses(times: number): Promise<number[]> {
    const tokens = await Promise.all(systems.map((system) => system.token('reader')));
    const all = Array.from({ length: times }, (_, index) =>
      systems[index % 2]!.request('GET', '/v1/bodies', tokens[index % 2]),
    );
    return (await Promise.all(all)).map(({ status }) => status);
  }

  it('count the requests of a tenant together, and let all through while Redis is away', async () => {
    // At the turn of a second as many are taken twice, which the next second is not.
    const takenIn = async () => (await statuses(60)).filter((status) => status === 200).length;
    await eventually('no more than the tenant may', takenIn, (taken) => taken === 10, 30_000);
    await redis.kill();
    const from = performance.now();
    expect(new Set(await statuses(60))).toEqual(new Set([200]));
    expect(performance.now() - from).toBeLessThan(5_000);
    await redis.restart();
    const refused = async () => (await pause(50), (await statuses(60)).includes(429));
    await eventually('requests to be counted again', refused, (counted) => counted, 30_000);
  });
});
