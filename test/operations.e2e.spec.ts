import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { RunningSystem } from './support/running-system.js';

describe('A process tells its operator', () => {
  let system: RunningSystem;
  const lines: string[] = [];

  beforeAll(async () => {
    system = await RunningSystem.start({ log: { write: (line) => void lines.push(line) } });
    const { position } = (await system.load('uppsala-organisation.yaml')).at(-1)!;
    const read = await system.request('GET', `/v1/bodies?waitFor=${position}`, await system.token('reader'));
    expect(read.status).toBe(200);
  });
  afterAll(() => system.stop());

  it('what it does, in the text format of Prometheus, without ids or contents', async () => {
    await system.request('GET', '/v1/nowhere', await system.token('reader'));
    const { body, headers, status } = await system.request('GET', '/metrics');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/plain');
    expect(body).toMatch(
      /sparbar_http_request_duration_seconds_count\{method="GET",route="\/v1\/bodies",status="200"} 1/,
    );
    expect(body).toMatch(/sparbar_event_store_append_duration_seconds_count\{outcome="recorded"} [1-9]/);
    expect(body).toMatch(/sparbar_projection_lag_seconds\{projection="item-status"} 0/);
    expect(body).toMatch(/sparbar_projection_parked\{projection="item-status"} 0/);
    expect(body).toMatch(/sparbar_stores_up 1/);
    expect(body).not.toMatch(/Arbetsmarknad|[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  it('of each request in one line of JSON, and nothing of what was said or of who may say it', async () => {
    const token = await system.token('controller');
    const said = 'Hemlig motivering om Kajsa';
    const body = { title: said, motivation: said, reason: said, name: said };
    for (const url of ['items/x/reword', `items/${newId()}/assessments`, 'bodies', 'plans', 'nowhere']) {
      await system.request('POST', `/v1/${url}`, token, body, { 'Idempotency-Key': 'nyckel-som-inte-loggas' });
    }
    await system.request('POST', '/v1/imports', token, `sparbar: 1\nname: ${said}\n`, {
      'content-type': 'application/yaml',
    });
    const told = lines.map((line) => JSON.parse(line) as { msg: string; route?: string; status?: number });
    expect(told.filter(({ msg, route }) => msg === 'request' && route === '/v1/bodies').length).toBeGreaterThan(0);
    expect(lines.join('')).not.toMatch(/Hemlig|Kajsa|nyckel-som/);
    expect(lines.join('')).not.toContain(token);
    expect(lines.join('')).not.toMatch(/eyJ[A-Za-z0-9_-]{10}/);
  });

  it('that it lives, and whether it is ready', async () => {
    expect((await system.request('GET', '/health/live')).body).toEqual({ status: 'live' });
    expect((await system.request('GET', '/health/ready')).body).toEqual({ status: 'ready' });
    await system.stores.eventStore.close();
    // Questions to the documents are answered without the log.
    expect(await system.request('GET', '/health/ready')).toMatchObject({
      status: 200,
      body: { status: 'ready', commands: 'waiting', reason: expect.stringContaining('event store') },
    });
    expect((await system.request('GET', '/v1/plans', await system.token('reader'))).status).toBe(200);
    const { headers, status } = await system.request('GET', '/health/projections');
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
    expect((await system.request('GET', '/health/live')).status).toBe(200);
    expect((await system.request('GET', '/metrics')).body).toMatch(/sparbar_stores_up 0/);
  });
});
