import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { RunningSystem } from './support/running-system.js';
import type { Places } from './support/running-system.js';

interface Operation {
  readonly method: 'GET' | 'POST';
  /** With ids of nothing. */
  readonly path: string;
  readonly statuses: readonly string[];
  readonly isOpen: boolean;
}

/** One route of each method whose answers stand for those that all give. */
const read = '/v1/bodies';

describe('A route', () => {
  let system: RunningSystem;
  let operations: readonly Operation[];
  let token: string;
  let port: number;

  const start = async (places: Places = {}) => {
    system = await RunningSystem.start(places);
    token = await system.token('controller');
    port = Number(new URL(await system.app.getUrl()).port);
    const { body } = await system.request('GET', '/v1/openapi.json');
    operations = Object.entries(body.paths as Record<string, Record<string, any>>).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses, security }]) => ({
        method: method.toUpperCase() as 'GET' | 'POST',
        path: path.replace(/\{[^}]+\}/g, () => newId()),
        statuses: Object.keys(responses),
        isOpen: security?.length === 0,
      })),
    );
  };
  /** What comes back for what is written to a connection. */
  async function answerTo(...lines: readonly string[]) {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (data) => (text += data.toString())).on('error', () => undefined);
    socket.write(lines.join('\r\n'));
    const timer = setTimeout(() => socket.destroy(), 20_000);
    await once(socket, 'close');
    clearTimeout(timer);
    const last = text.slice(text.lastIndexOf('HTTP/1.1 '));
    const [head = '', ...rest] = last.split('\r\n\r\n');
    const headers = new Headers(
      head
        .split('\r\n')
        .slice(1)
        .map((line) => [line.split(': ')[0]!, line.split(': ').slice(1).join(': ')]),
    );
    return {
      asked: text.includes('100 Continue'),
      status: Number(head.slice(9, 12)),
      headers,
      body: rest.join('\r\n\r\n'),
    };
  }
  const requestOf = (line: string, ...headers: readonly string[]) => [
    `${line} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${token}`,
    ...headers,
    'Connection: close',
    '',
    '',
  ];

  /** What is not as it should be of the refusals of every operation. */
  async function faultsOf(
    status: number,
    of: readonly Operation[],
    refusal: (operation: Operation) => Promise<{ status: number; headers: Headers; body: unknown }>,
  ): Promise<string[]> {
    expect(of.length).toBeGreaterThan(0);
    const told = of.map(async (operation) => {
      const { body, headers, status: given } = await refusal(operation);
      const problem = (typeof body === 'string' ? JSON.parse(body || '{}') : body) as {
        status?: number;
        type?: string;
      };
      const place = `${operation.method} ${operation.path}`;
      return [
        ...(given === status ? [] : [`${place}: ${given}`]),
        ...(/^application\/problem\+json/.test(headers.get('content-type') ?? '') ? [] : [`${place}: no problem`]),
        ...(headers.get('x-request-id') ? [] : [`${place}: no request id`]),
        ...(problem.status === status && problem.type ? [] : [`${place}: ${JSON.stringify(problem)}`]),
        ...(operation.statuses.includes(String(status)) ? [] : [`${place}: ${status} is not listed`]),
      ];
    });
    return (await Promise.all(told)).flat();
  }
  const posts = () => operations.filter(({ method }) => method === 'POST');
  const closed = () => operations.filter(({ isOpen }) => !isOpen);
  const json = 'Content-Type: application/json';

  describe('says in a problem, as it is described, that', () => {
    beforeAll(() => start({ times: { head: 5_000, body: 500 } }));
    afterAll(() => system.stop());

    it('it does not take a method, and which it takes', async () => {
      const methodsOf = (path: string) => operations.filter((each) => each.path === path).map(({ method }) => method);
      const byMethod = ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'];
      for (const method of byMethod) {
        expect(await faultsOf(405, operations, ({ path }) => answerTo(...requestOf(`${method} ${path}`)))).toEqual([]);
      }
      const { headers } = await answerTo(...requestOf(`PUT ${read}`));
      expect(methodsOf(read).sort()).toEqual(['GET', 'POST']);
      expect(headers.get('allow')).toBe('GET, HEAD, POST');
      expect((await answerTo(...requestOf('POST /v1/api-info'))).headers.get('allow')).toBe('GET, HEAD');
      for (const path of ['/health/live', '/v1/openapi.json', '/metrics']) {
        expect(await answerTo(...requestOf(`DELETE ${path}`))).toMatchObject({ status: 405 });
      }
      expect(await answerTo('CONNECT example.org:80 HTTP/1.1', 'Host: example.org:80', '', '')).toMatchObject({
        status: 405,
      });
      expect(await answerTo(...requestOf('PUT /v1/nowhere'))).toMatchObject({ status: 404 });
    });

    it('an address is too long, as a whole or in one value', async () => {
      const refusals = [
        (path: string, method: string) => answerTo(...requestOf(`${method} ${path}?text=${'x'.repeat(8_001)}`)),
        (path: string, method: string) => answerTo(...requestOf(`${method} ${path}?text=${'x'.repeat(40_000)}`)),
      ];
      for (const refusal of refusals) {
        expect(await faultsOf(414, operations, ({ method, path }) => refusal(path, method))).toEqual([]);
      }
      expect(await answerTo(...requestOf(`GET ${read}/${'x'.repeat(201)}`))).toMatchObject({ status: 414 });
    });

    it('an address, a host or a line cannot be read', async () => {
      for (const path of ['/v1/bodies/%ff', '/v1/bodies/%zz', '/%f0%9f']) {
        const { body, headers, status } = await answerTo(...requestOf(`GET ${path}`));
        expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json; charset=utf-8']);
        expect(JSON.parse(body)).toMatchObject({ code: 'malformed-input', status: 400 });
      }
      const hosts = ['Host: a\r\nHost: b', 'X: y'];
      for (const host of hosts) {
        const { body, status } = await answerTo('GET /v1/api-info HTTP/1.1', host, 'Connection: close', '', '');
        expect([status, JSON.parse(body)]).toMatchObject([400, { faults: [{ field: 'Host' }] }]);
      }
      for (const line of ['HELO there', 'GET', 'FOO / HTTP/1.1', '\u0016\u0003\u0001', 'GET / HTTP/9.9']) {
        const { body, status } = await answerTo(line, '', '');
        expect([line, status, JSON.parse(body)]).toMatchObject([line, 400, { code: 'no-http-request' }]);
      }
    });

    it('its headers are too large', async () => {
      const large = `X-A: ${'x'.repeat(20_000)}`;
      expect(
        await faultsOf(431, operations, ({ method, path }) => answerTo(...requestOf(`${method} ${path}`, large))),
      ).toEqual([]);
    });

    it('what is expected of it is not offered', async () => {
      expect(
        await faultsOf(417, operations, ({ method, path }) =>
          answerTo(...requestOf(`${method} ${path}`, 'Expect: 200-maybe')),
        ),
      ).toEqual([]);
    });

    it('a body is too large, and does not ask for it', async () => {
      const refusal = async ({ method, path }: Operation) => {
        const type = path === '/v1/imports' ? 'Content-Type: application/yaml' : json;
        const large = ['Content-Length: 100000000', 'Expect: 100-continue'];
        const answer = await answerTo(...requestOf(`${method} ${path}`, type, ...large));
        expect(answer.asked).toBe(false);
        return answer;
      };
      expect(await faultsOf(413, posts(), refusal)).toEqual([]);
      const body = '{"name":"x"}';
      const head = requestOf(`POST ${read}`, json, `Content-Length: ${body.length}`, 'Expect: 100-continue').slice(
        0,
        -1,
      );
      expect(await answerTo(...head, body)).toMatchObject({ asked: true, status: 400 });
    });

    it.each([
      ['Content-Type: text/plain', 'Content-Length: 2'],
      ['Content-Type: application/json; charset=utf-16', 'Content-Length: 2'],
      ['Content-Type: application/json', 'Content-Encoding: gzip', 'Content-Length: 2'],
      ['Content-Type: application/json', 'Transfer-Encoding: gzip, chunked'],
      ['X-A: b', 'Content-Length: 2'],
    ])('a body has a form that it does not take: %s', async (...headers) => {
      expect(
        await faultsOf(415, posts(), ({ method, path }) => answerTo(...requestOf(`${method} ${path}`, ...headers))),
      ).toEqual([]);
    });

    it('a body did not come in time', async () => {
      const refusal = ({ method, path }: Operation) => {
        const type = path === '/v1/imports' ? 'Content-Type: application/yaml' : json;
        return answerTo(...requestOf(`${method} ${path}`, type, 'Content-Length: 10'));
      };
      expect(await faultsOf(408, posts(), refusal)).toEqual([]);
    });

    it('a head did not come in time', async () => {
      const refusal = ({ method, path }: Operation) => answerTo(...requestOf(`${method} ${path}`).slice(0, -1));
      expect(await faultsOf(408, operations, refusal)).toEqual([]);
    });

    it('there is no token', async () => {
      const refusal = ({ method, path }: Operation) => system.request(method, path);
      expect(await faultsOf(401, closed(), refusal)).toEqual([]);
    });
  });

  describe('started otherwise', () => {
    afterEach(() => system.stop());

    it('says that there are too many requests', async () => {
      await start({ rates: { address: 1 } });
      await Promise.all([1, 2].map(() => system.request('GET', read)));
      expect(
        await faultsOf(429, closed(), async ({ method, path }) => {
          const answers = await Promise.all([1, 2, 3].map(() => system.request(method, path)));
          const refused = answers.find(({ status }) => status === 429) ?? answers[0]!;
          expect(refused.headers.get('retry-after')).toBe('1');
          return refused;
        }),
      ).toEqual([]);
    });

    it('says that what it needs does not answer', async () => {
      await start({ jwksUrl: new URL('http://127.0.0.1:1/keys') });
      expect(
        await faultsOf(503, closed(), async ({ method, path }) => {
          const answer = await system.request(method, path, token);
          expect(answer.headers.get('retry-after')).toBe('1');
          return answer;
        }),
      ).toEqual([]);
    });

    it('is asked in no other form where pages of other origins may ask', async () => {
      await start({ origins: ['https://app.example.org'] });
      expect(await answerTo(...requestOf(`OPTIONS ${read}`))).toMatchObject({ status: 204, body: '' });
      const page = 'Origin: https://app.example.org';
      const refused = await answerTo(...requestOf(`PUT ${read}`, page));
      expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([405, page.slice(8)]);
    });
  });
});
