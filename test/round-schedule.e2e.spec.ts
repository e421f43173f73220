import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CommandBus } from '@nestjs/cqrs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { followUpJobOf, ItemReader, roundIdOf, RoundSchedule, sendReminderJob } from '#follow-up';
import type { Enqueued, JobRun, Jobs, NewJob } from '#jobs';
import { EventCatalog, streamName } from '#kernel';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { ReadModels } from '#projecting';
import { RunningSystem, tenant } from './support/running-system.js';

const plan = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const amn = bodyIdOf(tenant, 'amn');
const round = roundIdOf(tenant, plan, 'april-2025');
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** A double of the jobs: keeps what is left, once for each key, and runs what a spec asks for. */
class QueueDouble implements Pick<Jobs, 'enqueue'> {
  readonly jobs = new Map<string, NewJob>();

  async enqueue(job: NewJob): Promise<Enqueued> {
    if (!this.jobs.has(job.key)) this.jobs.set(job.key, job);
    return {} as Enqueued;
  }

  of(name: string): NewJob[] {
    return [...this.jobs.values()].filter((job) => job.name === name);
  }
}

const aRun: JobRun = { job: {} as JobRun['job'], progress: () => undefined, signal: new AbortController().signal };

describe('A round with a schedule', () => {
  let system: RunningSystem;
  let controller: string;
  let today: string;
  const queue = new QueueDouble();
  const post = (url: string, body?: unknown) => system.request('POST', `/v1/${url}`, controller, body);
  const clock = { now: () => new Date(`${today}T06:00:00Z`) };
  const schedule = () =>
    new RoundSchedule({
      jobs: queue,
      readModels: system.app.get(ReadModels),
      eventStore: system.stores.eventStore,
      clock,
      execute: (command) => system.app.get(CommandBus).execute(command),
    });
  const sweep = async () => {
    await system.app.get(ReadModels).waitFor(await system.stores.eventStore.head());
    const [sweeping] = schedule().handlers;
    await sweeping.run({}, aRun);
  };
  const act = async (job: NewJob) => {
    const [, acting] = schedule().handlers;
    await acting.run(job.data, aRun);
  };
  const events = async () =>
    (await system.stores.eventStore.readStream(streamName(tenant, 'round', round))).map(({ type }) => type);

  beforeAll(async () => {
    system = await RunningSystem.start();
    controller = await system.token('controller');
    await system.load('uppsala-organisation.yaml', 'uppsala-fokusmal-4.yaml', 'amn-verksamhetsplan-2025.yaml');
    const days = { opensOn: '2025-04-01', remindsOn: ['2025-04-20'], freezesOn: '2025-05-02' };
    const planned = await post(`plans/${plan}/rounds/plan`, { kind: 'april', year: 2025, schedule: days });
    expect(planned.body).toMatchObject({ id: round, recorded: ['RoundPlanned'] });
  });
  afterAll(() => system.stop());

  it('leaves nothing before its first day, and each sweep leaves the next', async () => {
    today = '2025-03-31';
    await schedule().start();
    await schedule().start();
    await sweep();
    expect(queue.of('round-action')).toEqual([]);
    expect(queue.of('sweep-rounds').map(({ runAt }) => runAt?.toISOString())).toEqual([
      '2025-03-31T06:00:00.000Z',
      '2025-03-31T07:00:00.000Z',
    ]);
  });

  it('is opened once, also where the day was missed, swept twice and run twice', async () => {
    today = '2025-04-03';
    await sweep();
    await sweep();
    const [job, ...more] = queue.of('round-action');
    expect(more).toEqual([]);
    expect(job).toMatchObject({ key: `${round}-open-2025-04-01`, data: { action: 'open' } });
    // A day that is not in the schedule any more, or another tenant's job, opens nothing.
    await act({ ...job!, data: { ...job!.data, on: '2025-03-15' } });
    await expect(act({ ...job!, data: { ...job!.data, tenant: 'umea' } })).rejects.toThrow(/no round/);
    expect(await events()).toEqual(['RoundPlanned']);
    await Promise.all([act(job!), act(job!)]);
    await act(job!);
    expect(await events()).toEqual(['RoundPlanned', 'RoundOpened']);
    await sweep();
    expect(queue.of('round-action')).toHaveLength(1);
  });

  it('is not frozen by itself while bodies are missing, and says why', async () => {
    today = '2025-05-02';
    await sweep();
    const [, remind, freeze] = queue.of('round-action');
    expect(remind).toMatchObject({ key: `${round}-remind-2025-04-20` });
    await act(remind!);
    await act(remind!);
    await expect(act(freeze!)).rejects.toMatchObject({
      rule: 'bodies-ready',
      message: expect.stringContaining('Arbetsmarknadsnämnden lacks'),
    });
    expect(await events()).toEqual(['RoundPlanned', 'RoundOpened', 'RoundReminded']);
  });

  describe('tells a receiver of its reminder', () => {
    let server: Server;
    let url: URL;
    const answers = [500, 200];
    const taken: { id: unknown; body: any }[] = [];

    beforeAll(async () => {
      server = createServer((request, response) => {
        const parts: Buffer[] = [];
        request.on('data', (part: Buffer) => parts.push(part));
        request.on('end', () => {
          const body: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'));
          taken.push({ id: request.headers['webhook-id'], body });
          response.writeHead(answers.shift() ?? 200).end();
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
    afterAll(() => new Promise((resolve) => server.close(resolve)));

    it('again where it failed, as the same message', async () => {
      const stored = await system.stores.eventStore.readStream(streamName(tenant, 'round', round));
      const [job, ...more] = stored.flatMap((event) => followUpJobOf(event) ?? []);
      expect(more).toEqual([]);
      const sending = sendReminderJob(
        { url, secret },
        {
          eventStore: system.stores.eventStore,
          catalog: system.app.get(EventCatalog),
          readModels: system.app.get(ReadModels),
          reader: system.app.get(ItemReader, { strict: false }),
          clock,
        },
      );
      expect(job).toMatchObject({ name: sending.name, key: job!.data['eventId'] });
      await expect(sending.run(job!.data, aRun)).rejects.toThrow('answered 500');
      await sending.run(job!.data, aRun);
      expect(taken.map(({ id }) => id)).toEqual([job!.key, job!.key]);
      expect(taken[0]!.body).toEqual(taken[1]!.body);
      const { data, type } = taken[0]!.body;
      expect(type).toBe('round.reminded');
      expect(data).toMatchObject({ tenant, roundId: round, round: 'Delårsuppföljning april', deadline: '2025-04-30' });
      expect(data.bodies[0]).toMatchObject({ bodyId: amn, name: 'Arbetsmarknadsnämnden' });
      expect(data.bodies[0].missing).toContainEqual({
        itemId: itemIdOf(tenant, plan, 'uppdrag-2'),
        label: 'Uppdrag 2',
        title: expect.any(String),
      });
      await expect(sending.run({ ...job!.data, eventId: plan }, aRun)).rejects.toThrow(/no reminder/);
    });
  });

  it('is frozen by itself once all are ready, and what was done by hand is not done again', async () => {
    const { body } = await system.request('GET', `/v1/rounds/${round}/coverage?limit=100`, controller);
    for (const { body: owing } of body.items) await post(`rounds/${round}/ready`, { bodyId: owing.id });
    const [, , freeze] = queue.of('round-action');
    await act(freeze!);
    await act(freeze!);
    expect((await events()).filter((type) => type === 'RoundFrozen')).toHaveLength(1);
    await sweep();
    expect(queue.of('round-action')).toHaveLength(3);
  });
});
