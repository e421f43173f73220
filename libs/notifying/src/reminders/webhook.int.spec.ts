import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sendWebhook, signatureOf } from './webhook.js';
import type { WebhookReceiver } from './webhook.js';

const key = Buffer.alloc(32, 7);
const secret = `whsec_${key.toString('base64')}`;
const message = { id: '018f0000-0000-7000-8000-000000000001', body: '{"type":"round.reminded","data":{"å":1}}' };
const at = new Date('2025-04-20T06:00:00.500Z');

/** Checks a message as a receiver does, from the words of the specification and not from our code. */
function isGenuine(headers: IncomingHttpHeaders, body: string, now: Date): boolean {
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((part) =>
    String(headers[`webhook-${part}`]),
  );
  if (Math.abs(now.getTime() / 1_000 - Number(timestamp)) > 300) return false;
  const wanted = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return signatures!.split(' ').some((signature) => {
    const [version, encoded] = signature.split(',');
    const given = Buffer.from(encoded ?? '', 'base64');
    return version === 'v1' && given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}

describe('A webhook', () => {
  let server: Server;
  let receiver: WebhookReceiver;
  let answer: number | undefined;
  let taken: { headers: IncomingHttpHeaders; body: string; method: string | undefined }[];

  beforeEach(async () => {
    answer = 204;
    taken = [];
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        taken.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8'), method: request.method });
        if (answer !== undefined) response.writeHead(answer, { location: '/elsewhere' }).end('ignored');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    receiver = { url: new URL(`http://127.0.0.1:${port}/hook?token=hemlig`), secret };
  });
  afterEach(async () => {
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  });

  it('is signed so that its receiver can tell that it is genuine, whole and new', async () => {
    await sendWebhook(receiver, message, at);
    const [{ body, headers, method }] = taken as [(typeof taken)[0]];
    expect(method).toBe('POST');
    expect(headers).toMatchObject({ 'webhook-id': message.id, 'content-type': 'application/json' });
    expect(JSON.parse(body)).toEqual({ type: 'round.reminded', data: { å: 1 } });
    expect(isGenuine(headers, body, at)).toBe(true);
    expect(isGenuine(headers, body.replace('1', '2'), at)).toBe(false);
    expect(isGenuine({ ...headers, 'webhook-id': 'another' }, body, at)).toBe(false);
    expect(isGenuine(headers, body, new Date('2025-04-20T07:00:00Z'))).toBe(false);
  });

  it('carries the signature that the libraries of the standard make', () => {
    const signature = signatureOf(
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      1_614_265_330,
      '{"test": 2432232314}',
    );
    expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('keeps its id when it is sent again', async () => {
    await sendWebhook(receiver, message, at);
    await sendWebhook(receiver, message, new Date('2025-04-20T06:05:00Z'));
    expect(taken.map(({ headers }) => headers['webhook-id'])).toEqual([message.id, message.id]);
    expect(taken[0]!.headers['webhook-signature']).not.toBe(taken[1]!.headers['webhook-signature']);
  });

  it.each([
    [500, true],
    [503, true],
    [429, true],
    [404, false],
    [410, false],
    [401, false],
    [302, false],
  ])(
    'is not delivered where the receiver answers %d, and says whether that passes by itself',
    async (status, transient) => {
      answer = status;
      await expect(sendWebhook(receiver, message, at)).rejects.toMatchObject({
        message: expect.stringContaining(`answered ${status}`),
        transient,
      });
      expect(taken).toHaveLength(1);
    },
  );

  it('is not delivered where the receiver does not answer in time', async () => {
    answer = undefined;
    const slow = sendWebhook({ ...receiver, timeoutMilliseconds: 100 }, message, at);
    await expect(slow).rejects.toMatchObject({
      message: expect.stringContaining('did not answer within 100 ms'),
      transient: true,
    });
    expect(taken).toHaveLength(1);
  });

  it('is not delivered where nobody listens, and its failure tells neither path nor secret', async () => {
    await new Promise((resolve) => server.close(resolve));
    const failure = await sendWebhook(receiver, message, at).catch((error: unknown) => String(error));
    expect(failure).toMatch(/WebhookFailed: http:\/\/127\.0\.0\.1:\d+ cannot be reached: ECONNREFUSED/);
    expect(failure).not.toContain('hemlig');
    expect(failure).not.toContain(secret);
  });

  it.each(['ftp://127.0.0.1/hook', 'http://user:hemlig@127.0.0.1/hook'])('is not sent to %s', async (url) => {
    const refusal = await sendWebhook({ ...receiver, url: new URL(url) }, message, at).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RangeError);
    expect(String(refusal)).not.toContain('hemlig');
  });

  it.each(['', 'hemligt', 'whsec_', `whsec_${Buffer.alloc(23).toString('base64')}`, 'whsec_###'])(
    'is not signed with what is no secret: %j',
    async (none) => {
      await expect(sendWebhook({ ...receiver, secret: none }, message, at)).rejects.toThrow(RangeError);
      expect(taken).toEqual([]);
    },
  );
});
