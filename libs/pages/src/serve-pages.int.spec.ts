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
    app.get('/v1/bodies', () => ({ items: [], total: 0 }));
    app.get('/v1/plans/p/items', () => ({ items: [], total: 0 }));
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

  it.each([
    ...[
      'https://example.org/',
      '//example.org/',
      '/\\example.org',
      'javascript:alert(1)',
      '/..//example.org',
      '/\\\\a',
    ],
    ...['/\t/example.org', '/\n/example.org', '\t//example.org', '/\r\\example.org', '//', '///', '//['],
  ])('do not lead to %j', async (till) => {
    expect((await signedIn(till)).location).toBe('/');
  });

  it.each([
    ['/granska?sok=å+€', '/granska?sok=%C3%A5+%E2%82%AC'],
    ['/granska?sok=a\r\nSet-Cookie:+a=b', '/granska?sok=aSet-Cookie:+a=b'],
    ['/\u0000\u001ba', '/%00%1Ba'],
  ])('lead to %j as a header may say it', async (till, location) => {
    expect((await signedIn(till)).location).toBe(location);
  });

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

  describe('take whatever is sent to them, and fail at nothing', () => {
    const texts = [
      '',
      '.',
      '__proto__',
      'constructor',
      '../..',
      '\u0000\u001b[2J\r\n',
      '😀\u202e€',
      hostile,
      'x'.repeat(5_000),
    ];
    const names = ['sok', 'laget', 'kant', 'sagt', 'efter', 'fran', 'till', 'fran-post', 'sparad', '__proto__', 'a[b]'];
    const paths = [
      'planer/x',
      'planer/x/punkt/x',
      'indikatorer/x',
      'mitt',
      'granska',
      'granska/utgavor/x',
      'granska/x',
    ];
    const formPaths = ['uppfoljningar/x', 'mitt/x', 'mitt/x/alla', 'mitt/x/x'];
    const more = ['granska/x/jamfor', 'granska/utgavor/x/rapport', 'granska/bilaga/x/x', ...formPaths];
    const isTaken = (status: number) => status < 500;

    it('as a query or in a path', async () => {
      const { cookie } = await signedIn();
      const queries = texts.flatMap((text) => {
        const one = new URLSearchParams(names.map((name): [string, string] => [name, text])).toString();
        return [one, `${one}&${one}`];
      });
      const raw = ['%', '%ff=%fe', '%00', '&&==&', 'sok[]=1&sok[a]=2', 'sok=%ed%a0%80', `${'a&'.repeat(5_000)}`];
      const urls = ['', ...paths, ...more].flatMap((path) => [
        ...[...queries, ...raw].map((query) => `/${path}?${query}`),
        ...[...texts, 'a/b'].map((text) => `/${path.replaceAll('x', encodeURIComponent(text))}`),
        ...['%', '%ff', '%ed%a0%80', '%2e%2e', ';', '\\'].map((text) => `/${path.replaceAll('x', text)}`),
      ]);
      const failed: unknown[] = [];
      for (const url of urls) {
        const { statusCode } = await get(url, { cookie });
        if (!isTaken(statusCode)) failed.push([url.slice(0, 200), statusCode]);
      }
      expect(failed).toEqual([]);
    });

    it('as a form, or as what is none', async () => {
      const { cookie } = await signedIn();
      const [, csrf] = /name="_fran" value="([^"]+)"/.exec((await get('/', { cookie })).body)!;
      const fields = [
        'gor',
        'skal',
        'niva',
        'motivering',
        'stammer',
        'niva-x',
        'punkt-',
        'anteckning-0',
        'som',
        'till',
      ];
      const mark = `_fran=${csrf}`;
      const bodies = texts.flatMap((text) => {
        const one = new URLSearchParams(
          [...fields, '__proto__'].map((name): [string, string] => [name, text]),
        ).toString();
        return [`${mark}&${one}`, `${mark}&${one}&${one}`];
      });
      const form = 'application/x-www-form-urlencoded';
      const json = Object.fromEntries([['_fran', csrf], ...fields.map((name) => [name, { a: [1] }])]);
      const sent: [string | undefined, string | Buffer][] = [
        ...[...bodies, mark, `${mark}&%ff=%`, `${mark}&a[b]=1`, `${mark}&`.padEnd(200_000, 'a&')].map(
          (body): [string, string] => [form, body],
        ),
        [form, Buffer.from(`${mark}&motivering=Grön`, 'latin1')],
        [`${form}; charset=utf-16`, `${mark}&gor=frys`],
        ['application/json', JSON.stringify(json)],
        ['application/json', JSON.stringify({ ...json, stammer: 7, 'niva-x': 7 })],
        ['application/json', 'null'],
        ['text/plain', mark],
        ['multipart/form-data; boundary=a', '--a--'],
        [undefined, mark],
      ];
      const failed: unknown[] = [];
      // A sign-in ends the session that there was.
      for (const path of [...formPaths, 'mitt/%0a%e2%82%ac/alla', 'mitt/__proto__/alla', 'logga-in'])
        for (const [type, payload] of sent) {
          const headers = { ...own, cookie, ...(type && { 'content-type': type }) };
          const { statusCode } = await app.inject({ method: 'POST', url: `/${path}`, payload, headers });
          if (!isTaken(statusCode) || statusCode === 403)
            failed.push([path, type, payload.toString().slice(0, 200), statusCode]);
        }
      expect(failed).toEqual([]);
    });
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
