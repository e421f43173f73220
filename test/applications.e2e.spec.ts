import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { itemIdOf, planIdOf } from '#planning';
import { plans, RunningSystem, tenant } from './support/running-system.js';

const plan = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const item = itemIdOf(tenant, plan, 'uppdrag-1');
const app = 'https://app.example.org';

const allButTheDate = [
  ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const),
  ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
];

describe('An application on the API', () => {
  let system: RunningSystem;
  let token: string;
  let base: string;

  beforeAll(async () => {
    system = await RunningSystem.start({ origins: [app] });
    token = await system.token('controller');
    base = await system.app.getUrl();
    await system.load(...plans);
  });
  afterEach(() => void jest.useRealTimers());
  afterAll(() => system.stop());

  const get = (path: string, headers: Record<string, string> = {}) =>
    system.request('GET', `/v1/${path}`, token, undefined, headers);
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    system.request('POST', `/v1/${path}`, token, body, headers);
  const afterwards = async () => `waitFor=${await system.stores.eventStore.head()}`;

  /** The first body whose name the item shows. */
  const firstBody = async (): Promise<string> => {
    const { body } = await get(`items/${item}?${await afterwards()}`);
    return body.concerned.bodies[0].id;
  };

  it('may ask from the pages of its origin, and others may not', async () => {
    const preflight = (origin: string) =>
      fetch(`${base}/v1/bodies`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type,idempotency-key,if-match',
        },
      });
    const allowed = await preflight(app);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(app);
    expect(allowed.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
    expect((await preflight('https://elsewhere.example.org')).headers.get('access-control-allow-origin')).toBeNull();
    const answer = await get('bodies', { origin: app });
    expect(answer.headers.get('access-control-allow-origin')).toBe(app);
    expect(answer.headers.get('access-control-expose-headers')).toContain('ETag');
    const refused = await fetch(`${base}/v1/bodies`, { headers: { origin: app } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, app]);
  });

  it.each(['bodies', 'plans', `plans/${plan}`, `items/${item}`, `items/${item}/history`, `plans/${plan}/items`])(
    'is told that nothing has changed of %s where it has it already',
    async (path) => {
      const url = `${path}?${await afterwards()}`;
      const first = await get(url);
      const tag = first.headers.get('etag')!;
      expect(first.headers.get('cache-control')).toBe('private, no-cache');
      expect(tag).toMatch(/^"(\d+-)?[\w-]{22}"$/);
      for (const told of [tag, `"other", ${tag}`, `W/${tag}`, '*']) {
        expect(await get(url, { 'if-none-match': told })).toMatchObject({ status: 304, body: '' });
      }
      expect((await get(url, { 'if-none-match': '"other"' })).status).toBe(200);
    },
  );

  it('is told what a name that is shown has become, though the item stayed as it is', async () => {
    const shown = await get(`items/${item}?${await afterwards()}`);
    const [old, revision] = [shown.headers.get('etag')!, shown.body.revision as number];
    expect(old).toMatch(new RegExp(`^"${revision}-`));
    await post(`bodies/${await firstBody()}/rename`, { name: 'Nämnden för arbete' });
    const again = await get(`items/${item}?${await afterwards()}`, { 'if-none-match': old });
    expect(again).toMatchObject({ status: 200, body: { revision } });
    expect(again.headers.get('etag')).not.toBe(old);
    // What it has seen of the item itself is still the newest.
    const renamed = await post(`items/${item}/reword`, { title: 'Ett nytt ord' }, { 'if-match': old });
    expect(renamed).toMatchObject({ status: 200 });
    expect(await post(`items/${item}/reword`, { title: 'Ett annat' }, { 'if-match': old })).toMatchObject({
      status: 412,
      body: { code: 'revision-mismatch' },
    });
  });

  it('is told when a day has come on which an item goes on, though nothing was recorded', async () => {
    const held = { until: '2099-01-01', reason: 'Väntar', effectiveOn: '2026-01-01', confirm: ['hold-ends-soon'] };
    expect((await post(`items/${item}/hold`, held)).status).toBe(200);
    const url = `items/${item}?${await afterwards()}`;
    const tag = (await get(url)).headers.get('etag')!;
    expect((await get(url, { 'if-none-match': tag })).status).toBe(304);
    jest.useFakeTimers({ now: new Date('2099-03-01T09:00:00.000Z'), doNotFake: [...allButTheDate] });
    token = await system.token('controller');
    const later = await get(url, { 'if-none-match': tag });
    expect(later.status).toBe(200);
    expect(later.body).not.toHaveProperty('hold');
  });

  it('decides by the code of a problem, and reads its parameters', async () => {
    expect((await post('bodies', { name: '', kind: 'board' })).body).toMatchObject({
      code: 'malformed-input',
      faults: [{ field: 'name' }],
    });
    expect((await get('nowhere')).body).toMatchObject({ code: 'http-404' });
  });
});
