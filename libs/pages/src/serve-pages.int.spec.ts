import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { servePages } from './serve-pages.js';
import type { Person } from './sign-in/person.js';

const auditor: Person = { tenant: 'uppsala', actor: { id: 'someone', role: 'auditor' } };
const own = { host: 'localhost:3000', origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' };
const hostile = '"><script>alert(1)</script>';

describe('Pages beside an API', () => {
  let app: FastifyInstance;
  const tokens: unknown[] = [];
  const failures: unknown[] = [];

  beforeAll(async () => {
    app = fastify();
    app.get('/v1/plans', (request) => {
      tokens.push(request.headers.authorization);
      const { key } = request.query as { key?: string };
      if (key === 'broken') throw new Error('The store is away');
      if (key === 'gone') return { items: [], total: 0 };
      return { items: [{ id: 'p', key: hostile, title: hostile, validity: {}, kinds: [] }], total: 1 };
    });
    servePages(app, {
      people: ({ host }) => (host === 'localhost' ? [auditor] : []),
      tokenOf: async () => 'a-token',
      failed: (error) => void failures.push(error),
    });
    await app.ready();
  });
  afterAll(() => app.close());

  const get = (url: string, headers: InjectOptions['headers'] = {}) =>
    app.inject({ url, headers: { host: 'localhost:3000', ...headers } });
  const post = (url: string, form: Record<string, string>, headers: Record<string, string> = own) =>
    app.inject({
      method: 'POST',
      url,
      payload: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  const signedIn = async (till = '/'): Promise<{ readonly cookie: string; readonly location: unknown }> => {
    const { cookies, headers, statusCode } = await post('/logga-in', { som: '0', till });
    expect(statusCode).toBe(303);
    return { cookie: `sparbar=${cookies[0]!.value}`, location: headers.location };
  };

  it('ask who one is, and lead on to where one wanted to go', async () => {
    const { body, statusCode } = await get('/granska?sok=jobb');
    expect(statusCode).toBe(401);
    expect(body).toContain('value="/granska?sok=jobb"');
    expect((await signedIn('/granska?sok=jobb')).location).toBe('/granska?sok=jobb');
  });

  it.each(['https://example.org/', '//example.org/', '/\\example.org', 'javascript:alert(1)'])(
    'do not lead to %s',
    async (till) => {
      expect((await signedIn(till)).location).toBe('/');
    },
  );

  it('offer nobody to be where one may not choose', async () => {
    expect((await get('/', { host: 'example.org' })).body).not.toContain('Fortsätt som');
    const { statusCode } = await post(
      '/logga-in',
      { som: '0' },
      { ...own, host: 'example.org', origin: 'http://example.org' },
    );
    expect(statusCode).toBe(404);
  });

  it('ask the API as whoever signed in, and show what it answers as text', async () => {
    const { cookie } = await signedIn();
    const { body, headers, statusCode } = await get('/', { cookie });
    expect(statusCode).toBe(200);
    expect(tokens.at(-1)).toBe('Bearer a-token');
    expect(body).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(body).not.toContain('<script');
    expect(headers['content-security-policy']).toMatch(/default-src 'none'/);
    expect(headers['cache-control']).toBe('private, no-store');
    // A browser that told nothing of where a form comes from would have every form refused.
    expect(headers['referrer-policy']).toBe('same-origin');
  });

  it('end a session with the sign-out, whoever keeps its cookie', async () => {
    const { cookie } = await signedIn();
    const page = (await get('/', { cookie })).body;
    const [, csrf] = /name="_fran" value="([^"]+)"/.exec(page)!;
    expect((await post('/logga-ut', { _fran: csrf! }, { ...own, cookie })).statusCode).toBe(303);
    expect((await get('/', { cookie })).body).toContain('Fortsätt som');
  });

  it.each([
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://example.org' }, true],
    ['from a page of another name', { 'sec-fetch-site': 'same-origin', origin: 'https://example.org' }, true],
    ['from nowhere that is told', { 'sec-fetch-site': undefined, origin: undefined }, true],
    ['from a page that the session did not make', {}, false],
  ])('refuse a form %s', async (_, headers, carries) => {
    const { cookie } = await signedIn();
    const [, csrf] = /name="_fran" value="([^"]+)"/.exec((await get('/', { cookie })).body)!;
    const sent = Object.entries({ ...own, cookie, ...headers }).filter((pair): pair is [string, string] =>
      Boolean(pair[1]),
    );
    const { body, statusCode } = await post(
      '/logga-ut',
      { _fran: carries ? csrf! : 'guessed' },
      Object.fromEntries(sent),
    );
    expect(statusCode).toBe(403);
    expect(body).toContain('lang="sv"');
    expect((await get('/', { cookie })).body).toContain('Logga ut');
  });

  it('tell of what is not there, and of what failed, as pages', async () => {
    const { cookie } = await signedIn();
    for (const [url, status] of [
      ['/finns-inte', 404],
      ['/finns/inte/alls', 404],
      ['/planer/gone', 404],
      ['/planer/broken', 500],
    ] as const) {
      const { body, headers, statusCode } = await get(url, { cookie });
      expect([url, statusCode, headers['content-type']]).toEqual([url, status, 'text/html; charset=utf-8']);
      expect(body).toContain('Till startsidan');
    }
  });

  it('leave to the API what is its own', async () => {
    expect((await get('/v1/finns-inte')).headers['content-type']).toContain('application/json');
    expect((await get('/health/finns-inte')).headers['content-type']).toContain('application/json');
  });

  it('have a style that may be kept for ever, by its name', async () => {
    const [, path] = /href="(\/stil-[0-9a-f]+\.css)"/.exec((await get('/')).body)!;
    const { headers, statusCode } = await get(path!);
    expect([statusCode, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
  });
});
