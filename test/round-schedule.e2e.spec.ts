import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Job } from '#jobs';
import { StoreUnavailable, streamName } from '#kernel';
import { eventually } from '#kernel/testing';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { ReadModels } from '#projecting';
import { roundIdOf } from '#rounds';
import { OwnServer } from './support/own-server.js';
import { Reminded } from './support/reminded.js';
import { RunningSystem, tenant } from './support/running-system.js';

const plan = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const amn = bodyIdOf(tenant, 'amn');
const round = roundIdOf(tenant, plan, 'april-2025');

/** Much more than a round action, or a snapshot, has attempts. */
const manyTries = 10;

/** Each test goes on with the system as the one before it left it. */
describe('A round with a schedule', () => {
  let folder: string;
  /** A double of KurrentDB, in a process of its own. */
  let log: OwnServer;
  let system: RunningSystem;
  let reminded: Reminded;
  let controller: string;
  let today = '2025-03-31';

  const clock = { now: () => new Date(`${today}T06:00:00Z`) };
  const post = (url: string, body?: unknown) => system.request('POST', `/v1/${url}`, controller, body);
  const jobsOf = async (name: string) => (await system.jobs.list({ name, limit: 100, offset: 0 })).jobs;
  const actionOf = async (key: string): Promise<Job | undefined> =>
    (await jobsOf('round-action')).find((job) => job.key === `${round}-${key}`);
  const events = async () =>
    (await system.stores.eventStore.readStream(streamName(tenant, 'round', round))).map(({ type }) => type);
  const count = async (type: string) => (await events()).filter((recorded) => recorded === type).length;
  const caughtUp = async () => system.app.get(ReadModels).waitFor(await system.stores.eventStore.head());

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-schedule-'));
    log = await OwnServer.eventStore(folder);
    reminded = await Reminded.start(500, 503);
    system = await RunningSystem.start({
      clock,
      eventStoreUrl: log.url,
      reminders: reminded.receiver,
      pace: { lookEveryMilliseconds: 100, restMilliseconds: 200, longestWaitMilliseconds: 100 },
    });
    controller = await system.token('controller');
    await system.load('uppsala-organisation.yaml', 'uppsala-fokusmal-4.yaml', 'amn-verksamhetsplan-2025.yaml');
    const days = { opensOn: '2025-04-01', remindsOn: ['2025-04-20'], freezesOn: '2025-05-02' };
    const planned = await post(`plans/${plan}/rounds/plan`, { kind: 'april', year: 2025, schedule: days });
    expect(planned.body).toMatchObject({ id: round, recorded: ['RoundPlanned'] });
  }, 60_000);
  afterAll(async () => {
    await system?.stop();
    await reminded?.stop();
    await log?.kill();
    await rm(folder, { recursive: true });
  }, 30_000);

  it('has nothing done before its first day', async () => {
    await caughtUp();
    await system.work.look();
    expect(await jobsOf('round-action')).toEqual([]);
    expect(await events()).toEqual(['RoundPlanned']);
  });

  it('is opened once, also where the day was missed, and however often that is asked for', async () => {
    today = '2025-04-03';
    await Promise.all([system.work.look(), system.work.look()]);
    const job = await eventually(
      'The opening',
      () => actionOf('open-2025-04-01'),
      (found) => found?.state === 'completed',
    );
    expect(await events()).toEqual(['RoundPlanned', 'RoundOpened']);
    await system.jobs.retry(job!.id, 'completed');
    await eventually(
      'The opening that was asked for again',
      () => actionOf('open-2025-04-01'),
      (found) => found?.state === 'completed' && found.startedAt! > job!.startedAt!,
    );
    await caughtUp();
    await system.work.look();
    expect(await jobsOf('round-action')).toHaveLength(1);
    expect(await events()).toEqual(['RoundPlanned', 'RoundOpened']);
  });

  it('has nothing done on a day that its schedule does not name, nor by another tenant', async () => {
    const data = { tenant, roundId: round, action: 'freeze', on: '2025-03-15' };
    const other = await system.jobs.enqueue({ name: 'round-action', key: 'another-day', tenant, data });
    const stranger = { ...data, tenant: 'umea', action: 'remind', on: '2025-04-20' };
    const strange = await system.jobs.enqueue({
      name: 'round-action',
      key: 'stranger',
      tenant: 'umea',
      data: stranger,
    });
    const ended = ({ state }: Job) => state === 'completed' || state === 'failed';
    const done = await eventually('That day', () => system.jobs.status(other.job.id), ended);
    expect(done.state).toBe('completed');
    const refused = await eventually('That tenant', () => system.jobs.status(strange.job.id), ended);
    expect(refused).toMatchObject({ state: 'failed', attempts: 1, error: expect.stringMatching(/no round/) });
    expect(await events()).toEqual(['RoundPlanned', 'RoundOpened']);
  });

  it('reminds once, and tells a receiver that is away until it takes the message', async () => {
    today = '2025-04-20';
    await eventually(
      'The message',
      async () => reminded.taken,
      ({ length }) => length === 3,
    );
    const [stored] = (await system.stores.eventStore.readStream(streamName(tenant, 'round', round))).slice(-1);
    expect(stored!.type).toBe('RoundReminded');
    expect(reminded.taken.map(({ headers }) => headers['webhook-id'])).toEqual(Array(3).fill(stored!.id));
    expect(new Set(reminded.taken.map(({ text }) => text)).size).toBe(1);
    const { data, type } = reminded.taken[0]!.message as any;
    expect(type).toBe('round.reminded');
    expect(data).toMatchObject({ tenant, roundId: round, round: 'Delårsuppföljning april', deadline: '2025-04-30' });
    expect(data.bodies[0]).toMatchObject({ bodyId: amn, name: 'Arbetsmarknadsnämnden' });
    expect(data.bodies[0].missing).toContainEqual({
      itemId: itemIdOf(tenant, plan, 'uppdrag-2'),
      label: 'Uppdrag 2',
      title: expect.any(String),
    });
    const [sent] = await eventually(
      'What was sent',
      () => jobsOf('send-reminder'),
      ([job]) => job?.state === 'completed',
    );
    // Two answers that will not stay so have cost no attempt.
    expect(sent!.attempts).toBe(1);
    expect(sent!.result).toEqual({ to: reminded.receiver.url.origin });
    await caughtUp();
    await system.work.look();
    expect(await count('RoundReminded')).toBe(1);
    expect(reminded.taken).toHaveLength(3);
  });

  it('is not frozen by itself while bodies are missing, says why, and is asked for again and again', async () => {
    today = '2025-05-02';
    const refused = await eventually(
      'The refusal',
      () => actionOf('freeze-2025-05-02'),
      (job) => job?.state === 'failed',
    );
    expect(refused).toMatchObject({ attempts: 1, error: expect.stringContaining('Arbetsmarknadsnämnden lacks') });
    await eventually(
      'Another refusal',
      () => actionOf('freeze-2025-05-02'),
      (job) => job?.state === 'failed' && job.endedAt! > refused!.endedAt!,
    );
    // A rule that says no is an answer.
    await system.work.check();
    expect(await count('RoundFrozen')).toBe(0);
  });

  it('is frozen by itself once all are ready, also where the log was away when it was due', async () => {
    today = '2025-05-01';
    const { body } = await system.request('GET', `/v1/rounds/${round}/coverage?limit=100`, controller);
    for (const { body: owing } of body.items) {
      expect((await post(`rounds/${round}/ready`, { bodyId: owing.id })).status).toBe(200);
    }
    await caughtUp();
    await log.kill();
    today = '2025-05-02';
    const waiting = await eventually(
      'The freeze that waits',
      () => actionOf('freeze-2025-05-02'),
      (job) =>
        job?.waitingSince !== undefined && Date.now() - Date.parse(job.waitingSince) > manyTries * 2 * 100 + 1_000,
    );
    expect(waiting).toMatchObject({ attempts: 0, waitingFor: expect.stringContaining('event store') });
    expect(waiting!.state).not.toBe('failed');
    await expect(system.work.check()).rejects.toThrow(StoreUnavailable);
    await log.restart();
    await eventually(
      'The freeze',
      () => count('RoundFrozen'),
      (frozen) => frozen === 1,
    );
  }, 60_000);

  it('has its snapshot made by itself, and what was done is not done again', async () => {
    const [snapshot] = (
      await eventually(
        'The snapshot',
        () => system.request('GET', `/v1/rounds/${round}/snapshots`, controller),
        ({ body }) => body.items[0]?.state === 'made',
      )
    ).body.items;
    const verified = await system.request('GET', `/v1/snapshots/${snapshot.id}/verification`, controller);
    expect(verified.body.verdict).toBe('same');
    await eventually('A system that has done what was due', () => system.work.check().then(() => true), Boolean);
    await caughtUp();
    await system.work.look();
    expect(await events()).toEqual([
      ...['RoundPlanned', 'RoundOpened', 'RoundReminded'],
      ...(await events()).filter((type) => type === 'BodyReported'),
      ...['RoundFrozen', 'SnapshotRecorded'],
    ]);
    expect((await jobsOf('round-action')).filter(({ tenant: of }) => of === tenant)).toHaveLength(4);
  });

  it('is opened on the day that it was moved to, and never once it was cancelled, whatever was asked for before', async () => {
    const planned = async (kind: string) => {
      const content = { label: kind, referenceDate: '2025-03-31', deadline: '2025-06-30', scope: ['namndmal'] };
      const { body } = await post(`plans/${plan}/rounds/plan`, {
        kind,
        year: 2025,
        ...content,
        schedule: { opensOn: '2025-05-03' },
      });
      return body.id as string;
    };
    const [moved, cancelled] = [await planned('flyttad'), await planned('installd')];
    await post(`rounds/${moved}/amend`, { schedule: { opensOn: '2025-05-05' }, reason: 'Senare' });
    await post(`rounds/${cancelled}/cancel`, { reason: 'Fel plan' });
    today = '2025-05-03';
    // Jobs that were enqueued before, as they stand in a queue.
    const asked = await Promise.all(
      [moved, cancelled].map((roundId) =>
        system.jobs.enqueue({
          name: 'round-action',
          key: `${roundId}-open-2025-05-03`,
          tenant,
          data: { tenant, roundId, action: 'open', on: '2025-05-03' },
        }),
      ),
    );
    for (const { job } of asked) {
      await eventually(
        'The job',
        () => system.jobs.status(job),
        ({ state }) => state === 'completed',
      );
    }
    const typesOf = async (id: string) =>
      (await system.stores.eventStore.readStream(streamName(tenant, 'round', id))).map(({ type }) => type);
    await caughtUp();
    await Promise.all([system.work.look(), system.work.look()]);
    expect(await typesOf(moved)).toEqual(['RoundPlanned', 'RoundAmended']);
    today = '2025-05-05';
    await system.work.look();
    const events = await eventually(
      'The opening',
      () => typesOf(moved),
      ({ length }) => length === 3,
    );
    expect(events).toEqual(['RoundPlanned', 'RoundAmended', 'RoundOpened']);
    expect(await typesOf(cancelled)).toEqual(['RoundPlanned', 'RoundCancelled']);
  });
});
