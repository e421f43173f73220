import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { newId, StoreUnavailable } from '#kernel';
import { eventually } from '#kernel/testing';
import { startRedis } from '../../../../test/support/redis.mjs';
import type { RunningRedis } from '../../../../test/support/redis.mjs';
import { aHandler, describeJobs } from '../testing/index.js';
import { checkRedis, openBullJobs } from './index.js';

const given = process.env['REDIS_URL'];
const count = { name: 'count', key: 'one', data: {} };
const page = { limit: 20, offset: 0 };

/** A Redis in a folder of its own, for as long as the tests of a block run. */
function redisOfItsOwn() {
  const own = { redis: undefined as unknown as RunningRedis, folder: '' };
  beforeAll(async () => {
    own.folder = await mkdtemp(join(tmpdir(), 'sparbar-redis-'));
    own.redis = await startRedis({ folder: own.folder });
  });
  afterAll(async () => {
    await own.redis.stop();
    await rm(own.folder, { recursive: true });
  });
  return own;
}

describe(given ? 'Redis at REDIS_URL' : 'A Redis of its own', () => {
  const own = given ? undefined : redisOfItsOwn();

  describeJobs(`BullMQ, on ${given ? 'the Redis at REDIS_URL' : 'a redis-server started for it'}`, async () => {
    const url = given ?? own!.redis.url;
    const prefix = `test-${newId()}`;
    return {
      jobs: openBullJobs(url, { prefix }),
      openAgain: async (kept) => openBullJobs(url, { prefix, ...(kept && { kept }) }),
      process: { parameters: ['redis', url], env: { JOBS_PREFIX: prefix } },
      remove: async () => {
        const redis = new Redis(url);
        const keys = await redis.keys(`${prefix}:*`);
        if (keys.length > 0) await redis.del(...keys);
        redis.disconnect();
      },
    };
  });
});

describe('A list of the jobs in BullMQ', () => {
  const own = redisOfItsOwn();

  it('reads the jobs of its page alone, also where it is of one state and one owner', async () => {
    const [jobs, redis] = [openBullJobs(own.redis.url), new Redis(own.redis.url)];
    const tenants = ['a', 'b', 'c'];
    for (let key = 0; key < 300; key += 10) {
      const ten = Array.from({ length: 10 }, (_, at) => ({ key: `${key + at}`, tenant: tenants[(key + at) % 3]! }));
      await Promise.all(ten.map((told) => jobs.enqueue({ ...count, ...told })));
    }
    for (const query of [
      {},
      { state: 'waiting' },
      { state: 'waiting', owners: ['a'] },
      { owners: ['a', 'b'] },
    ] as const) {
      await redis.config('RESETSTAT');
      const { jobs: found, total } = await jobs.list({ ...query, limit: 5, offset: 40 });
      expect(found).toHaveLength(5);
      expect(total).toBe({ 0: 300, 1: 100, 2: 200 }['owners' in query ? query.owners.length : 0]);
      const [, read] = /cmdstat_hgetall:calls=(\d+)/.exec(await redis.info('commandstats'))!;
      expect(Number(read)).toBe(5);
    }
    redis.disconnect();
    await jobs.close();
  }, 30_000);

  it('holds what was enqueued before there was a register, and nothing that is gone', async () => {
    const prefix = `test-${newId()}`;
    const [jobs, redis] = [openBullJobs(own.redis.url, { prefix }), new Redis(own.redis.url)];
    for (const key of ['a', 'b', 'c']) await jobs.enqueue({ ...count, key, tenant: 'uppsala' });
    await redis.del(`${prefix}:registered`, `${prefix}:owners.count`, `${prefix}:register.count.uppsala`);
    expect((await jobs.list({ ...page, owners: ['uppsala'] })).jobs.map(({ key }) => key)).toEqual(['c', 'b', 'a']);
    const { id } = await jobs.status({ ...count, key: 'b', tenant: 'uppsala' });
    // As where a process ended between taking a job away and taking it out of the register.
    await redis.lrem(`${prefix}:count:wait`, 0, id);
    await redis.del(`${prefix}:count:${id}`);
    expect((await jobs.list(page)).jobs.map(({ key }) => key)).toEqual(['c', 'a']);
    expect(await jobs.list(page)).toMatchObject({ total: 2 });
    redis.disconnect();
    await jobs.close();
  });
});

describe('BullMQ on a Redis that goes away', () => {
  const own = redisOfItsOwn();

  const restart = async () => {
    own.redis = await startRedis({ folder: own.folder, port: own.redis.port });
  };

  it('says within a second that it is unavailable, and goes on by itself when Redis is back', async () => {
    await own.redis.stop();
    const jobs = openBullJobs(own.redis.url);
    const worker = jobs.work([aHandler()], { leaseMilliseconds: 1_000 });
    const asked: (() => Promise<unknown>)[] = [
      () => jobs.enqueue(count),
      () => jobs.status(count),
      () => jobs.list(page),
      () => jobs.check(),
      () => checkRedis(own.redis.url),
    ];
    for (const ask of asked) {
      const from = Date.now();
      await expect(ask()).rejects.toThrow(StoreUnavailable);
      expect(Date.now() - from).toBeLessThanOrEqual(1_000);
    }
    await restart();
    const { job } = await jobs.enqueue(count);
    await eventually(
      'The job',
      () => jobs.status(job.id),
      ({ state }) => state === 'completed',
    );
    await worker.stop();
    await jobs.close();
  }, 30_000);

  it('also where Redis holds the connection and does not answer', async () => {
    const jobs = openBullJobs(own.redis.url);
    await jobs.list(page);
    process.kill(own.redis.pid, 'SIGSTOP');
    const from = Date.now();
    await expect(jobs.enqueue({ ...count, key: 'held' })).rejects.toThrow(StoreUnavailable);
    expect(Date.now() - from).toBeLessThanOrEqual(1_000);
    process.kill(own.redis.pid, 'SIGCONT');
    await eventually(
      'The job',
      () =>
        jobs.list(page).then(
          () => true,
          () => false,
        ),
      (answers) => answers,
    );
    await jobs.close();
  });

  it('stops within its grace where Redis is gone', async () => {
    const jobs = openBullJobs(own.redis.url);
    jobs.work([aHandler({ name: 'idle' })], { graceMilliseconds: 200 });
    await jobs.enqueue({ ...count, name: 'idle' });
    await own.redis.kill();
    const from = Date.now();
    await jobs.close();
    expect(Date.now() - from).toBeLessThan(4_000);
    await restart();
  });

  it('loses nothing that was acknowledged when Redis is killed under load, and does it all', async () => {
    const jobs = openBullJobs(own.redis.url);
    const runs = new Map<string, number>();
    const completions: string[] = [];
    const worker = openBullJobs(own.redis.url);
    worker.work(
      [
        aHandler({
          name: 'load',
          run: async (_, { job }) => {
            runs.set(job.key, (runs.get(job.key) ?? 0) + 1);
            return undefined;
          },
        }),
      ],
      { concurrency: 4, leaseMilliseconds: 1_000 },
    );
    const acknowledged: string[] = [];
    let refused = 0;
    let loading = true;
    const load = Array.from({ length: 4 }, async (_, line) => {
      for (let number = 0; loading; number++) {
        const key = `${line}-${number}`;
        const enqueued = await jobs.enqueue({ name: 'load', key, data: {} }).catch(async (error: unknown) => {
          expect(error).toBeInstanceOf(StoreUnavailable);
          refused++;
          // Who is refused at once and asks again at once would leave Redis no turn to come back in.
          await new Promise((turned) => setTimeout(turned, 5));
        });
        if (enqueued) acknowledged.push(enqueued.job.id);
      }
    });
    for (let kill = 0; kill < 3; kill++) {
      const before = acknowledged.length;
      await eventually(
        'The job',
        () => acknowledged.length,
        (length) => length > before + 50,
      );
      await own.redis.kill();
      await restart();
    }
    const before = acknowledged.length;
    await eventually(
      'The job',
      () => acknowledged.length,
      (length) => length > before + 50,
    );
    loading = false;
    await Promise.all(load);
    expect(refused).toBeGreaterThan(0);
    for (const id of acknowledged) {
      const { key } = await eventually(
        'The job',
        () => jobs.status(id),
        ({ state }) => state === 'completed',
        20_000,
      );
      completions.push(key);
      expect(runs.get(key)).toBeGreaterThanOrEqual(1);
    }
    const twice = completions.filter((key) => runs.get(key)! > 1);
    // At each kill at most what was running then may have to run again.
    expect(twice.length).toBeLessThanOrEqual(3 * 4);
    await worker.close();
    await jobs.close();
  }, 90_000);
});

describe('A Redis', () => {
  const inFolder = async (parameters: string[], work: (redis: RunningRedis) => Promise<void>) => {
    const folder = await mkdtemp(join(tmpdir(), 'sparbar-redis-'));
    const redis = await startRedis({ folder, parameters });
    await work(redis).finally(() => redis.stop());
    await rm(folder, { recursive: true });
  };

  it('that keeps what it is given has no faults', () =>
    inFolder([], async ({ url }) => {
      expect(await checkRedis(url)).toEqual({ evictionPolicy: 'noeviction', persistence: 'every write', faults: [] });
    }));

  it('that may throw keys away is named, and one that writes late', () =>
    inFolder(['--maxmemory-policy', 'allkeys-lru', '--appendfsync', 'everysec'], async ({ url }) => {
      const { faults, persistence } = await checkRedis(url);
      expect(persistence).toBe('every second');
      expect(faults).toEqual([expect.stringContaining('allkeys-lru'), expect.stringContaining('appendfsync always')]);
    }));

  it('without a log of writes is named', () =>
    inFolder(['--appendonly', 'no'], async ({ url }) => {
      expect(await checkRedis(url)).toMatchObject({ persistence: 'snapshots at most' });
    }));
});
