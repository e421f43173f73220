import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { DocumentStore } from '#document-store';
import { openSqliteDocumentStore } from '#document-store/sqlite';
import { Leases } from './leases.js';

const partitions = [0, 1, 2, 3, 4];
const lasts = 10_000;

describe('The leases of partitions', () => {
  let folder: string;
  let store: DocumentStore;
  let now: number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-leases-'));
    store = openSqliteDocumentStore(join(folder, 'documents.db'));
    now = Date.parse('2026-01-01T12:00:00Z');
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const leasesOf = (runner: string) => new Leases(store, { now: () => new Date(now) }, runner, partitions, lasts);

  it('are all the one runner’s that there is', async () => {
    expect(await leasesOf('one').take()).toEqual(partitions);
  });

  it('are shared fairly when others come, and never led by two', async () => {
    const [one, two, three] = ['one', 'two', 'three'].map(leasesOf) as [Leases, Leases, Leases];
    await one.take();
    expect(await two.take()).toEqual([]);
    expect(await one.isDue(partitions)).toBe(true);
    expect(await one.take()).toEqual([2, 3, 4]);
    expect(await two.isDue([])).toBe(true);
    expect(await two.take()).toEqual([0, 1]);
    expect(await three.take()).toEqual([]);
    // Who has nothing is given something by each of the others.
    expect(await two.take()).toEqual([1]);
    expect(await one.take()).toEqual([3, 4]);
    expect(await three.take()).toEqual([0, 2]);
    for (const [leases, led] of [
      [one, [3, 4]],
      [two, [1]],
      [three, [0, 2]],
    ] as const) {
      expect(await leases.isDue(led)).toBe(false);
    }
  });

  it('stay without one where there are more runners than partitions', async () => {
    const runners = Array.from({ length: 7 }, (_, index) => leasesOf(`runner-${index}`));
    for (let turn = 0; turn < 7; turn++) for (const runner of runners) await runner.take();
    const led: (readonly number[])[] = [];
    for (const runner of runners) led.push(await runner.take());
    expect(led.map(({ length }) => length).sort()).toEqual([0, 0, 1, 1, 1, 1, 1]);
    expect(led.flat().sort()).toEqual(partitions);
  });

  it('go to the others when a runner lets go, and when its time has passed', async () => {
    const [one, two, three] = ['one', 'two', 'three'].map(leasesOf) as [Leases, Leases, Leases];
    await one.take();
    await one.release();
    expect(await two.take()).toEqual(partitions);
    now += lasts - 1;
    expect(await three.take()).toEqual([]);
    now += 2;
    expect(await three.take()).toEqual(partitions);
  });

  it('last longer when they are renewed', async () => {
    const [one, two] = ['one', 'two'].map(leasesOf) as [Leases, Leases];
    await one.take();
    now += lasts - 1;
    expect(await one.renew()).toEqual(partitions);
    now += lasts - 1;
    await two.take();
    expect(await one.renew()).toEqual(partitions);
  });

  it('are ours no more when we wake after our time, whoever has them', async () => {
    const [one, two] = ['one', 'two'].map(leasesOf) as [Leases, Leases];
    await one.take();
    now += lasts + 1;
    expect(await two.take()).toEqual(partitions);
    expect(await one.isDue(partitions)).toBe(true);
    expect(await one.renew()).toEqual([]);
    expect(await one.take()).toEqual([]);
  });

  it('are free at once where their runner was a process of this machine that is gone', async () => {
    const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
    await once(child, 'exit');
    const until = new Date(now + lasts).toISOString();
    const dead = { host: hostname(), pid: child.pid!, until };
    const division = { _id: 'partitions', version: 1, runners: { dead }, leases: { 0: 'dead', 1: 'dead' } };
    await store.compareAndSet('leases', division, undefined);
    expect(await leasesOf('one').take()).toEqual(partitions);
  });

  it('are divided once where many race for them', async () => {
    const runners = Array.from({ length: 4 }, (_, index) => leasesOf(`runner-${index}`));
    const led = (await Promise.all(runners.map((runner) => runner.take()))).flat();
    expect([...led].sort()).toEqual(partitions);
  });
});
