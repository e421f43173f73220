import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pause } from '#kernel';
import { RunningSystem } from './support/running-system.js';

const megabyte = 1024 * 1024;
const slow = { head: 1_500, body: 2_000 };

describe('What comes to the API', () => {
  let system: RunningSystem;
  let token: string;
  let port: number;

  beforeAll(async () => {
    system = await RunningSystem.start({ times: slow });
    token = await system.token('controller');
    port = Number(new URL(await system.app.getUrl()).port);
  });
  afterAll(() => system.stop());

  const post = (body: string, headers: Record<string, string> = {}, by: string | undefined = token) =>
    system.request('POST', '/v1/bodies', by, body, { 'content-type': 'application/json', ...headers });
  /** To a route that takes as much as any does. */
  const postMuch = (body: string) =>
    system.request('POST', '/v1/plans', token, body, { 'content-type': 'application/json' });
  const board = JSON.stringify({ name: 'Miljönämnden', kind: 'board' });

  /** A connection that has sent so much, and what has come back when it ends. */
  async function sent(...lines: readonly string[]): Promise<{ socket: Socket; answer: Promise<string> }> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    let text = '';
    socket.on('data', (data) => (text += data.toString())).on('error', () => undefined);
    socket.write(lines.join('\r\n'));
    return { socket, answer: once(socket, 'close').then(() => text) };
  }
  const head = (...headers: readonly string[]) => ['POST /v1/bodies HTTP/1.1', 'Host: localhost', ...headers, '', ''];
  const authorised = () => `Authorization: Bearer ${token}`;

  it('is refused before its body is read where it has no token, and its connection ends', async () => {
    const { answer, socket } = await sent(...head('Content-Type: application/json', `Content-Length: ${8 * megabyte}`));
    const text = await answer;
    expect(text).toMatch(/^HTTP\/1\.1 401 /);
    expect(text).toMatch(/\r\nconnection: close\r\n/i);
    expect(text).toContain('urn:sparbar:problem:unauthenticated');
    socket.destroy();
  });

  it('is refused in many bodies without a token while others are answered', async () => {
    const large = `{"name":"${'x'.repeat(8 * megabyte)}"}`;
    const answerTime = async () => {
      const started = performance.now();
      expect((await system.request('GET', '/v1/bodies', token)).status).toBe(200);
      return performance.now() - started;
    };
    const quiet = await answerTime();
    const refused = Array.from({ length: 5 }, () =>
      post(large, {}, '').then(
        ({ status }) => status,
        () => 'ended',
      ),
    );
    const inFlood = await answerTime();
    for (const outcome of await Promise.all(refused)) expect([401, 'ended']).toContain(outcome);
    // Whoever makes and sends the bodies shares this process with the API, and the machine with others.
    expect(inFlood).toBeLessThan(Math.max(2_500, 20 * quiet));
  });

  it.each([
    ['the health', 'GET', '/health/live', 200],
    ['what the API is', 'GET', '/v1/api-info', 200],
    ['the OpenAPI document', 'GET', '/v1/openapi.json', 200],
    ['a route that is none', 'GET', '/v1/nowhere', 404],
    ['a route that is none, with a body', 'POST', '/v1/nowhere', 404],
    ['a route for tokens', 'GET', '/v1/bodies', 401],
  ] as const)('needs a token where the route does: %s', async (_, method, path, status) => {
    expect((await system.request(method, path, undefined, method === 'POST' ? {} : undefined)).status).toBe(status);
  });

  it('is refused by the role of its token as before', async () => {
    expect(await post(board, {}, await system.token('reader'))).toMatchObject({ status: 403 });
  });

  it.each([
    ['keys', `{${Array.from({ length: 700_000 }, (_, n) => `"k${n}":1`).join()}}`.slice(0, 4 * megabyte)],
    ['depth', '['.repeat(1_000_000)],
    ['depth', '{"a":'.repeat(5_000)],
    ['items', `{"levels":[${'{},'.repeat(50_000)}{}]}`],
    [
      'allItems',
      `[${Array(500)
        .fill(`[${'1,'.repeat(900)}1]`)
        .join()}]`,
    ],
    ['bytes', ' '.repeat(4 * megabyte + 1)],
  ])('is refused by how much it holds of %s, at once', async (limit, body) => {
    const started = performance.now();
    const { body: problem, status } = await postMuch(body);
    expect({ status, problem }).toMatchObject({
      status: 413,
      problem: { type: 'urn:sparbar:problem:body-too-large', limit, status: 413 },
    });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('may be sent in pieces, up to the bytes that a route takes', async () => {
    const pieces = async function* () {
      for (let sent = 0; sent <= 4 * megabyte; sent += 65_536) yield ' '.repeat(65_536);
    };
    const answer = await fetch(`http://127.0.0.1:${port}/v1/bodies`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: ReadableStream.from(pieces()),
      duplex: 'half',
    } as RequestInit);
    expect(answer.status).toBe(413);
  });

  it.each([
    ['no UTF-8', Buffer.from('{"name":"Milj\xf6n\xe4mnden","kind":"board"}', 'latin1'), {}, 400],
    ['UTF-16', Buffer.from(board, 'utf16le'), {}, 400],
    ['text', Buffer.from(board), { 'content-type': 'text/plain' }, 415],
    ['a form', Buffer.from('name=x'), { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['JSON in another encoding', Buffer.from(board), { 'content-type': 'application/json; charset=latin1' }, 415],
    ['what is packed', Buffer.from(board), { 'content-encoding': 'gzip' }, 415],
    ['names that change objects', Buffer.from('{"__proto__":{"name":"x"}}'), {}, 400],
    ['half a text', Buffer.from(board.slice(0, -3)), {}, 400],
  ])('is refused where it is %s', async (_, body, headers, status) => {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/bodies`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body,
    });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it.each([
    ['application/json', '{"kind":"board",\n"name":"N\xe4mnden"}', 'line 2, column 10 (byte 27 of the whole is E4'],
    ['application/yaml', 'sparbar: 1\n# N\xe4mnden\n', 'line 2, column 4 (byte 15 of the whole is E4'],
  ])('that is no UTF-8 is refused with its place: %s', async (type, body, place) => {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/${type.endsWith('json') ? 'bodies' : 'imports'}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body: Buffer.from(body, 'latin1'),
    });
    expect(answer.status).toBe(400);
    const { faults } = (await answer.json()) as { faults: { code: string; message: string }[] };
    expect(faults).toEqual([expect.objectContaining({ code: 'utf-8', message: expect.stringContaining(place) })]);
  });

  it('may begin with a byte order mark', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/bodies`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: Buffer.from(`\ufeff${board}`),
    });
    expect(answer.status).toBe(201);
  });

  it.each([
    ['what is left of letters', 'N\ufffdmnden'],
    ['what turns the direction', 'N\u202edn\u202c'],
    ['nothing that shows', '\u200b\u2060'],
  ])('holds text that is read as it is written: not %s', async (_, name) => {
    const { body, status } = await system.request('POST', '/v1/bodies', token, { name, kind: 'board' });
    expect([status, body.faults]).toMatchObject([400, [{ field: 'name', code: 'not-of-kind' }]]);
  });

  it('has its time: a body that trickles is refused, and its connection ends', async () => {
    const { answer, socket } = await sent(
      ...head(authorised(), 'Content-Type: application/json', 'Content-Length: 1000'),
    );
    const trickle = setInterval(() => socket.write(' '), 200);
    const text = await answer;
    clearInterval(trickle);
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(text).toContain('urn:sparbar:problem:body-too-slow');
  });

  it('has its time: a head that trickles is refused', async () => {
    const { answer, socket } = await sent('GET /v1/bodies HTTP/1.1', 'Host: localhost', '');
    const trickle = setInterval(() => socket.write('X-A: b\r\n'), 200);
    const text = await answer;
    clearInterval(trickle);
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(text).toContain('urn:sparbar:problem:request-too-slow');
  });

  it.each([
    ['is no HTTP', ['HELO there', '', ''], 400],
    ['has a head without end', ['GET / HTTP/1.1', `X-A: ${'x'.repeat(70_000)}`, '', ''], 431],
  ])('is told in a problem where it %s', async (_, lines, status) => {
    const { answer } = await sent(...lines);
    const text = await answer;
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(JSON.parse(text.split('\r\n\r\n')[1]!)).toMatchObject({ status });
  });

  it('is refused at once where it waits for what the log itself has not come to', async () => {
    const started = performance.now();
    const { body, status } = await system.request('GET', `/v1/bodies?waitFor=${'9'.repeat(20)}`, token);
    expect([status, body.faults]).toMatchObject([
      400,
      [{ field: 'waitFor', message: 'must be the position of a receipt' }],
    ]);
    // What may yet come is waited for for five seconds.
    expect(performance.now() - started).toBeLessThan(4_000);
  });

  it('lets go of a sender that hangs up in the midst of a body', async () => {
    const { socket } = await sent(...head(authorised(), 'Content-Type: application/json', 'Content-Length: 1000'), '{');
    await pause(50);
    socket.destroy();
    expect((await post(board)).status).toBe(201);
  });

  it('is answered within bounds, however much is wrong with it', async () => {
    const faults = `{${Array.from({ length: 15_000 }, (_, n) => `"${'x'.repeat(200)}${n}":1`).join()}}`;
    const answer = await fetch(`http://127.0.0.1:${port}/v1/plans`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: faults,
    });
    const text = await answer.text();
    expect(answer.status).toBe(400);
    expect(Buffer.byteLength(text)).toBeLessThan(65_536);
    expect((JSON.parse(text) as { detail: string }).detail).toMatch(/and [\d,]+ more/);
  });
});
