import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, StoreUnavailable } from '#kernel';
import type { EventEnvelope } from '#kernel';
import { until } from '#kernel/testing';
import { DoubleProcess } from '../../../../test/support/kurrentdb-double/double-process.js';
import { startKurrentDbDouble } from '../../../../test/support/kurrentdb-double/kurrentdb-double.mjs';
import type { KurrentDbDouble } from '../../../../test/support/kurrentdb-double/kurrentdb-double.mjs';
import type { EventStore } from '../event-store.port.js';
import { anEvent, describeEventStore } from '../testing/index.js';
import { openKurrentEventStore } from './index.js';

const lagMilliseconds = 300;

const urlOf = (...nodes: readonly { readonly port: number }[]): string =>
  `kurrentdb://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}?tls=false`;

/** A cluster of two: a leader, and a follower that gives what was recorded a while later. */
async function startCluster() {
  const leader = await startKurrentDbDouble();
  const follower = await startKurrentDbDouble({ follows: leader, lagMilliseconds });
  const members = [
    { port: leader.port, leads: true },
    { port: follower.port, leads: false },
  ];
  for (const node of [leader, follower]) node.tellMembers(members);
  const stop = async () => {
    await follower.stop();
    await leader.stop();
  };
  return { leader, follower, stop };
}

let cluster: Awaited<ReturnType<typeof startCluster>> | undefined;
afterEach(async () => {
  await cluster?.stop();
  cluster = undefined;
});

describeEventStore('KurrentDB (protocol doubles: a leader, and a follower that lags and is named first)', async () => {
  cluster = await startCluster();
  const { follower, leader } = cluster;
  const open = () => openKurrentEventStore(urlOf(follower, leader));
  const own = newId().slice(-12);
  const store = open();
  return {
    store,
    beginning: await store.head(),
    tenantNamed: (name) => `${name}-${own}`,
    openAgain: async () => open(),
    remove: async () => {},
  };
});

describe('A cluster of KurrentDB (protocol doubles)', () => {
  let store: EventStore | undefined;
  let started: KurrentDbDouble[] = [];

  afterEach(async () => {
    await store?.close();
    store = undefined;
    await Promise.all(started.map((node) => node.stop()));
    started = [];
  });

  const node = async () => {
    const double = await startKurrentDbDouble();
    started.push(double);
    return double;
  };

  it('of which one node is named that follows is asked through the leader that it names', async () => {
    cluster = await startCluster();
    store = openKurrentEventStore(urlOf(cluster.follower));
    for (let number = 0; number < 5; number++) {
      await store.append('uppsala.a-1', [anEvent()], number === 0 ? 'no-stream' : number - 1);
      expect(await store.readStream('uppsala.a-1')).toHaveLength(number + 1);
    }
  });

  it('whose leader becomes a follower is asked through the new one from the next call on', async () => {
    const [one, two] = [await node(), await node()];
    store = openKurrentEventStore(urlOf(one));
    await store.append('uppsala.a-1', [anEvent()], 'no-stream');
    one.followLeader(two.port);
    expect(await store.readStream('uppsala.a-1')).toEqual([]);
    await store.append('uppsala.b-1', [anEvent()], 'no-stream');
    expect(await store.readStream('uppsala.b-1')).toHaveLength(1);
  });

  it('says that it has no leader, after it was asked for as long as a call may take', async () => {
    const [one, two] = [await node(), await node()];
    const members = [one, two].map(({ port }) => ({ port, leads: false }));
    for (const each of [one, two]) each.tellMembers(members);
    store = openKurrentEventStore(urlOf(one, two), { deadline: 1_000 });
    const from = performance.now();
    await expect(store.head()).rejects.toMatchObject({ code: 'store-unavailable', reason: 'no-leader' });
    expect(performance.now() - from).toBeLessThan(2_000);
    one.tellMembers(members.map(({ port }) => ({ port, leads: port === one.port })));
    await store.append('uppsala.a-1', [anEvent()], 'no-stream');
  });

  it('is refused where the named nodes are servers of their own: none of them is read or written', async () => {
    const [one, two] = [await node(), await node()];
    store = openKurrentEventStore(urlOf(one, two));
    const calls = [
      () => store!.append('uppsala.a-1', [anEvent()], 'no-stream'),
      () => store!.readStream('uppsala.a-1'),
      () => store!.head(),
    ];
    for (const call of calls) {
      await expect(call()).rejects.toMatchObject({ reason: 'not-one-cluster', message: /no node of a cluster/ });
    }
    for (const each of [one, two]) {
      const alone = openKurrentEventStore(urlOf(each));
      expect(await alone.readStream('uppsala.a-1')).toEqual([]);
      await alone.close();
    }
  });

  it('that one name stands for is asked at each of its addresses, since the first may be silent', async () => {
    const leader = await node();
    // It takes connections, and answers nothing.
    const held = new Set<Socket>();
    const silent = createServer((socket) => held.add(socket)).listen(leader.port, '127.0.0.2');
    await once(silent, 'listening');
    try {
      store = openKurrentEventStore(`kurrentdb+discover://127.0.0.2:${leader.port}?tls=false`, {
        deadline: 1_000,
        lookUp: async () => ['127.0.0.2', '127.0.0.1'],
      });
      await store.append('uppsala.a-1', [anEvent()], 'no-stream');
      expect(await store.readStream('uppsala.a-1')).toHaveLength(1);
    } finally {
      silent.close();
      held.forEach((socket) => socket.destroy());
    }
  });

  it('says why none of its nodes can be asked', async () => {
    store = openKurrentEventStore('kurrentdb://127.0.0.1:1,nowhere.invalid:2113?tls=false', { deadline: 500 });
    await expect(store.head()).rejects.toMatchObject({ code: 'store-unavailable', reason: 'name-not-found' });
  });
});

describe('A leader of KurrentDB (a protocol double in a process of its own) that freezes', () => {
  let folder: string;
  let frozen: DoubleProcess;
  let next: KurrentDbDouble;
  let store: EventStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-cluster-'));
    frozen = await DoubleProcess.start(join(folder, 'log'));
    next = await startKurrentDbDouble();
    next.tellMembers([
      { port: frozen.port, leads: true },
      { port: next.port, leads: false },
    ]);
    // The frozen one is asked too, and does not answer.
    store = openKurrentEventStore(urlOf(frozen, next), { deadline: 2_000 });
  });
  afterEach(async () => {
    await store.close();
    await frozen.kill();
    await next.stop();
    await rm(folder, { recursive: true });
  });

  it('holds nobody back for longer than one deadline, once there is another', async () => {
    const known = anEvent();
    await store.append('uppsala.a-1', [known], 'no-stream');
    const ended = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const batch of store.subscribe({ signal: ended.signal })) {
        seen.push(...batch.map(({ stream }) => stream));
        if (seen.includes('uppsala.a-2')) ended.abort();
      }
    })();
    await until(() => seen.length > 0);
    const { connection } = store;
    await frozen.freeze();
    const from = performance.now();
    await expect(store.append('uppsala.a-2', [anEvent()], 'no-stream')).rejects.toThrow(StoreUnavailable);
    expect(store.connection).toBeGreaterThan(connection);
    // Replicated before: the new leader has the log of the old one.
    await replicate(known);
    next.tellMembers([
      { port: frozen.port, leads: false, alive: false },
      { port: next.port, leads: true },
    ]);
    await store.append('uppsala.a-2', [anEvent()], 'no-stream');
    expect(await store.readStream('uppsala.a-2')).toHaveLength(1);
    expect(performance.now() - from).toBeLessThan(6_000);
    // Nor does a subscription wait for the silence to be noticed.
    await following;
    expect(seen).toEqual(['uppsala.a-1', 'uppsala.a-2']);
  }, 30_000);

  /** The double of the next leader has a log of its own, so that what was recorded is recorded there again. */
  async function replicate(event: EventEnvelope): Promise<void> {
    const direct = openKurrentEventStore(next.url);
    await direct.append('uppsala.a-1', [event], 'no-stream');
    await direct.close();
  }
});
