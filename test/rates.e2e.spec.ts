import { afterEach, describe, expect, it } from '@jest/globals';
import { pause } from '#kernel';
import { RunningSystem } from './support/running-system.js';
import type { Answer } from './support/running-system.js';

describe('Requests of one second', () => {
  let system: RunningSystem;
  afterEach(() => system.stop());

  const asked = (token: string | undefined, times: number, from?: (index: number) => string): Promise<Answer[]> =>
    Promise.all(
      Array.from({ length: times }, (_, index) =>
        system.request('GET', '/v1/bodies', token, undefined, from && { 'X-Forwarded-For': from(index) }),
      ),
    );
  const statusesOf = (answers: readonly Answer[]) => new Set(answers.map(({ status }) => status));

  it('are refused where one token sends too many, and taken again after Retry-After', async () => {
    system = await RunningSystem.start({ rates: { token: 20 } });
    const token = await system.token('reader');
    const answers = await asked(token, 200);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]!.headers.get('retry-after')).toBe('1');
    expect(refused[0]!.body).toMatchObject({
      type: 'urn:sparbar:problem:too-many-requests',
      by: 'token',
      perSecond: 20,
    });
    const other = await system.token('reader', { subject: 'another' });
    expect(statusesOf(await asked(other, 1))).toEqual(new Set([200]));
    await pause(1_050);
    expect(statusesOf(await asked(token, 1))).toEqual(new Set([200]));
  });

  it('are bounded as the document says', async () => {
    system = await RunningSystem.start({ rates: { token: 20, tenant: 30, address: 0 } });
    const { body } = await system.request('GET', '/v1/openapi.json');
    expect(body['x-limits']).toEqual({
      requestsOfOneSecond: { token: 20, tenant: 30, address: 0 },
      requestsOfOneTenant: { atOnce: 64, waiting: 1_000 },
    });
  });

  it('are refused again at once, each under its own name and in the language of its caller', async () => {
    system = await RunningSystem.start({ rates: { token: 5 } });
    const token = await system.token('reader');
    const answers = await asked(token, 200);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(100);
    const named = refused.map(({ body, headers }) => [body.instance, `urn:uuid:${headers.get('x-request-id')}`]);
    for (const [instance, request] of named) expect(instance).toBe(request);
    expect(new Set(named.map(([instance]) => instance)).size).toBe(refused.length);
    expect(new Set(refused.map(({ headers }) => headers.get('retry-after')))).toEqual(new Set(['1']));
    const inSwedish = await Promise.all(
      Array.from({ length: 50 }, () =>
        system.request('GET', '/v1/bodies', token, undefined, { 'accept-language': 'sv' }),
      ),
    );
    expect(new Set(inSwedish.filter(({ status }) => status === 429).map(({ body }) => body.title)).size).toBe(1);
    // A body that nobody reads ends its connection.
    const posted = await Promise.all(Array.from({ length: 20 }, () => system.request('POST', '/v1/bodies', token, {})));
    expect(posted.filter(({ status }) => status === 429).map(({ headers }) => headers.get('connection'))).toContain(
      'close',
    );
    for (const open of ['/v1/api-info', '/v1/openapi.json', '/health/live']) {
      expect([open, (await system.request('GET', open, token)).status]).toEqual([open, 200]);
    }
  });

  it('take turns: of one tenant no more wait than may, while others are served', async () => {
    system = await RunningSystem.start({ turns: { atOnce: 1, waiting: 2 } });
    const [loud, quiet] = [await system.token('reader'), await system.token('reader', { of: 'umea' })];
    let isOver = false;
    const flood = (async () => {
      const answers: Answer[] = [];
      while (!isOver) answers.push(...(await asked(loud, 50)));
      return answers;
    })();
    const served = new Set<number>();
    for (let each = 0; each < 20; each++) for (const status of statusesOf(await asked(quiet, 1))) served.add(status);
    isOver = true;
    const answers = await flood;
    expect(served).toEqual(new Set([200]));
    expect(statusesOf(answers)).toEqual(new Set([200, 429]));
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.body).toMatchObject({ code: 'too-many-at-once', params: { most: 2 } });
    expect(refused.headers.get('retry-after')).toBe('1');
    // Whoever comes after the flood finds its places free.
    expect(statusesOf(await asked(loud, 1))).toEqual(new Set([200]));
  });

  it('are refused where all tokens of a tenant send too many, and nobody else’s', async () => {
    system = await RunningSystem.start({ rates: { tenant: 20 } });
    const tokens = await Promise.all(['a', 'b', 'c'].map((subject) => system.token('reader', { subject })));
    const answers = (await Promise.all(tokens.map((token) => asked(token, 60)))).flat();
    expect(answers.find(({ status }) => status === 429)?.body).toMatchObject({ by: 'tenant' });
    expect(statusesOf(await asked(await system.token('reader', { of: 'umea' }), 5))).toEqual(new Set([200]));
  });

  it('are refused where an address sends forgeries, but not with a token that held lately', async () => {
    system = await RunningSystem.start({ rates: { address: 20 } });
    const token = await system.token('reader');
    expect(statusesOf(await asked(token, 1))).toEqual(new Set([200]));
    const forged = `${token.slice(0, -8)}AAAAAAAA`;
    const [forgeries, honest] = await Promise.all([asked(forged, 200), asked(token, 20)]);
    expect(statusesOf(forgeries)).toEqual(new Set([401, 429]));
    expect(statusesOf(honest)).toEqual(new Set([200]));
    expect(statusesOf(await asked(undefined, 200)).has(429)).toBe(true);
    // What a caller says of its own address is not believed.
    expect(statusesOf(await asked(undefined, 200, (index) => `10.0.0.${index}`)).has(429)).toBe(true);
  });

  it('are refused of nobody else where one address sends many without a token or with forgeries', async () => {
    system = await RunningSystem.start({ rates: { address: 20, token: 20 }, proxies: ['127.0.0.1'] });
    const token = await system.token('reader');
    const forged = `${token.slice(0, -8)}AAAAAAAA`;
    const from = (address: string) => () => address;
    const flooder = from('198.51.100.7');
    const [neighbour, another] = [from('198.51.100.8'), from('198.51.100.7, 203.0.113.9')];
    const fresh = await system.token('reader', { subject: 'new' });
    const asking = [asked(undefined, 200, flooder), asked(forged, 200, flooder)];
    const [bare, forgeries, signingIn] = await Promise.all([
      asked(undefined, 8, neighbour),
      asked(forged, 8, neighbour),
      asked(fresh, 8, neighbour),
    ]);
    const flood = (await Promise.all(asking)).flat();
    expect(statusesOf(flood)).toEqual(new Set([401, 429]));
    expect(new Set(flood.flatMap(({ body }) => body.by ?? []))).toEqual(new Set(['address']));
    expect([bare, forgeries, signingIn].map((answers) => [...statusesOf(answers)])).toEqual([[401], [401], [200]]);
    // Of what came through several, the one that the proxy itself met counts.
    expect(statusesOf(await asked(undefined, 5, another))).toEqual(new Set([401]));
  });

  it('are all taken where a rate is 0, and health is never counted', async () => {
    system = await RunningSystem.start({ rates: { token: 1 } });
    const healths = Array.from({ length: 50 }, () => system.request('GET', '/health/live'));
    expect(statusesOf(await Promise.all(healths))).toEqual(new Set([200]));
  });
});
