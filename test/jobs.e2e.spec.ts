import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Job } from '#jobs';
import { ProjectionAdmin } from '#projecting';
import { rebuildProjection } from '#operations';
import { RunningSystem, tenant } from './support/running-system.js';

describe('Jobs over the API', () => {
  let system: RunningSystem;
  let administrator: string;
  let auditor: string;
  let controller: string;

  beforeAll(async () => {
    system = await RunningSystem.start();
    await system.load('uppsala-organisation.yaml');
    administrator = await system.token('administrator');
    auditor = await system.token('auditor');
    controller = await system.token('controller');
    system.jobs.work([
      { name: 'broken', attempts: 1, backoffMilliseconds: 1, run: () => Promise.reject(new Error('Out of order')) },
    ]);
  });
  afterAll(() => system.stop());

  const get = (path: string, token: string) => system.request('GET', `/v1/${path}`, token);
  const post = (path: string, token: string) => system.request('POST', `/v1/${path}`, token);
  const generationsOf = async (projection: string) =>
    (await system.app.get(ProjectionAdmin).status()).find(({ name }) => name === projection)!.generations;

  /** The events of a job, until the stream ends. */
  async function follow(id: string, token: string): Promise<Job[]> {
    const answer = await fetch(new URL(`/v1/jobs/${id}/events`, await system.app.getUrl()), {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(15_000),
    });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const text = await answer.text();
    return [...text.matchAll(/^event: job\n(?:id: .*\n)?data: (.*)$/gm)].map(([, data]) => JSON.parse(data!) as Job);
  }

  it('rebuild a projection, and can be followed until it answers', async () => {
    const before = await generationsOf('bodies');
    const { body, status } = await post('projections/bodies/rebuild', administrator);
    expect(status).toBe(202);
    expect(body).toMatchObject({ name: 'rebuild-projection', key: `bodies@${before}`, attempts: expect.any(Number) });
    const seen = await follow(body.id, administrator);
    expect(seen.at(-1)).toMatchObject({ state: 'completed', result: { generation: before + 1 } });
    expect(seen.at(-1)!.progress!.done).toBe(seen.at(-1)!.progress!.total);
    expect(await generationsOf('bodies')).toBe(before + 1);
    expect((await get(`jobs/${body.id}`, auditor)).body).toEqual(seen.at(-1));
    expect((await post('projections/bodies/verify', administrator)).body).toMatchObject({ differing: 0 });
  });

  it('rebuild it once, also where the job runs again after a crash', async () => {
    const after = await generationsOf('groups');
    const handler = rebuildProjection(system.app.get(ProjectionAdmin));
    const run = { job: {} as Job, progress: () => undefined, signal: AbortSignal.timeout(10_000) };
    for (let time = 1; time <= 2; time++) await handler.run({ projection: 'groups', after }, run);
    expect(await generationsOf('groups')).toBe(after + 1);
  });

  it('are no rebuild of what there is not', async () => {
    expect((await post('projections/none/rebuild', administrator)).status).toBe(404);
  });

  it('that failed are shown, and run again when someone asks for it', async () => {
    const { job } = await system.jobs.enqueue({ name: 'broken', key: 'one', tenant, data: { secret: 1 } });
    const seen = await follow(job.id, controller);
    expect(seen.at(-1)).toMatchObject({ state: 'failed', error: 'Out of order', attempts: 1 });
    const { body } = await get('jobs?name=broken&state=failed', controller);
    expect(body).toEqual({ items: [seen.at(-1)], total: 1, limit: 20, offset: 0 });
    expect(JSON.stringify(body)).not.toContain('secret');
    expect((await post(`jobs/${job.id}/retry`, auditor)).status).toBe(403);
    expect(await post(`jobs/${job.id}/retry`, controller)).toMatchObject({ status: 202, body: { id: job.id } });
    await follow(job.id, controller);
  });

  it('that have not failed cannot be retried', async () => {
    const runAt = new Date(Date.now() + 600_000);
    const { job } = await system.jobs.enqueue({ name: 'later', key: 'one', tenant, data: {}, runAt });
    const { body, status } = await post(`jobs/${job.id}/retry`, administrator);
    expect([status, body.rule]).toEqual([409, 'retry-what-failed']);
  });

  it('are those of the own tenant, and for some those of the system', async () => {
    const runAt = new Date(Date.now() + 600_000);
    const other = await system.jobs.enqueue({ name: 'owned', key: 'one', tenant: 'other', data: {}, runAt });
    const none = await system.jobs.enqueue({ name: 'owned', key: 'one', data: {}, runAt });
    const own = await system.jobs.enqueue({ name: 'owned', key: 'one', tenant, data: {}, runAt });
    const idsFor = async (token: string) =>
      (await get('jobs?name=owned', token)).body.items.map(({ id }: { id: string }) => id);
    expect(await idsFor(controller)).toEqual([own.job.id]);
    expect(await idsFor(auditor)).toEqual([own.job.id, none.job.id]);
    expect(await idsFor(administrator)).toEqual([own.job.id, none.job.id]);
    expect((await get(`jobs/${other.job.id}`, administrator)).status).toBe(404);
    expect((await get(`jobs/${other.job.id}/events`, administrator)).status).toBe(404);
    expect((await post(`jobs/${other.job.id}/retry`, administrator)).status).toBe(404);
    expect((await get(`jobs/${none.job.id}`, controller)).status).toBe(404);
  });

  it('are listed a page at a time, and asked for in words that are known', async () => {
    const { body } = await get('jobs?limit=1&offset=1', administrator);
    expect(body.items).toHaveLength(1);
    expect(body.total).toBeGreaterThan(3);
    for (const query of ['limit=0', 'state=lost', 'name=No%20Name', 'other=1']) {
      expect((await get(`jobs?${query}`, administrator)).status).toBe(400);
    }
  });

  it('are followed by listeners that may leave, and that do not keep the process from stopping', async () => {
    const runAt = new Date(Date.now() + 600_000);
    const { job } = await system.jobs.enqueue({ name: 'awaited', key: 'one', tenant, data: {}, runAt });
    const listen = async (signal: AbortSignal) => {
      const answer = await fetch(new URL(`/v1/jobs/${job.id}/events`, await system.app.getUrl()), {
        headers: { authorization: `Bearer ${controller}` },
        signal,
      });
      const reader = answer.body!.getReader();
      await reader.read();
      return reader;
    };
    // More than may listen at once, one after the other: each that leaves makes room.
    for (let number = 0; number < 120; number++) {
      const leaving = new AbortController();
      const reader = await listen(leaving.signal);
      leaving.abort();
      await reader.read().catch(() => undefined);
    }
    const staying = await listen(AbortSignal.timeout(15_000));
    const closed = system.app.close();
    for (let ended = false; !ended;) ended = (await staying.read()).done;
    await closed;
  }, 30_000);
});
