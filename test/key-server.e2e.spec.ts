import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import type { CryptoKey } from 'jose';
import { eventually } from '#kernel/testing';
import { RunningSystem, tenant } from './support/running-system.js';

describe('The API on a key server', () => {
  const lines: string[] = [];
  let key: CryptoKey;
  let answer: { status: number; body: string };
  let system: RunningSystem;
  const server = createServer((_, response) => response.writeHead(answer.status).end(answer.body));
  const tokens: string[] = [];

  beforeAll(async () => {
    const pair = await generateKeyPair('ES256');
    key = pair.privateKey;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const jwksUrl = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`);
    answer = { status: 500, body: '' };
    system = await RunningSystem.start({ jwksUrl, log: { write: (line) => void lines.push(line) } });
    given = JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), alg: 'ES256' }] });
  });
  afterAll(async () => {
    await system.stop();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  });

  let given: string;
  const token = async (by = key) => {
    const signed = await system.sign({ tenant, role: 'reader' }, 'someone', '5m', by);
    tokens.push(signed);
    return signed;
  };
  const plans = async (by?: CryptoKey) => system.request('GET', '/v1/plans', await token(by));
  const isUp = async () => /^sparbar_key_server_up (.)$/m.exec((await system.request('GET', '/metrics')).body)?.[1];

  it('starts without it, is not ready, and calls no token invalid', async () => {
    const refused = await plans();
    expect(refused).toMatchObject({ status: 503, body: { type: 'urn:sparbar:problem:keys-unavailable' } });
    expect(refused.body.detail).toBe('Tokens cannot be checked: the key server answers with the status 500');
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.headers.get('www-authenticate')).toBeNull();
    expect(await system.request('GET', '/health/ready')).toMatchObject({
      status: 503,
      body: { type: 'urn:sparbar:problem:keys-unavailable' },
    });
    expect((await system.request('GET', '/health/live')).status).toBe(200);
    expect(await isUp()).toBe('0');
  });

  it('is ready by itself once it answers, and tells tokens that hold from those that do not', async () => {
    answer = { status: 200, body: given };
    const isReady = async () => (await system.request('GET', '/health/ready')).status === 200 || undefined;
    await eventually('the API to be ready', isReady);
    expect((await plans()).status).toBe(200);
    const foreign = await generateKeyPair('ES256');
    expect((await plans(foreign.privateKey)).status).toBe(401);
    expect(await isUp()).toBe('1');
  });

  it('serves those whose keys it knows while it is away, and stays ready', async () => {
    answer = { status: 500, body: '' };
    expect((await plans()).status).toBe(200);
    expect((await system.request('GET', '/health/ready')).status).toBe(200);
  });

  it('logs the outage once for its cause, and no token', () => {
    const text = lines.join('');
    expect(text.match(/no keys for tokens/g)).toHaveLength(1);
    expect(text).toContain('the key server answers with the status 500');
    for (const each of tokens) for (const part of each.split('.')) expect(text).not.toContain(part);
  });
});
