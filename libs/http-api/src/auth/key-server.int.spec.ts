import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { describeError } from '#kernel';
import { keyTimes } from './key-server.js';
import { KeysUnavailable } from './keys-unavailable.js';
import { TokenVerifier, Unauthenticated } from './token-verifier.js';

interface Key {
  readonly jwk: JWK;
  readonly sign: () => Promise<string>;
}

async function aKey(kid: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  return {
    jwk: { ...(await exportJWK(publicKey)), alg: 'ES256', kid },
    sign: () => tokenOf(privateKey, kid),
  };
}

const tokenOf = (key: CryptoKey, kid: string): Promise<string> =>
  new SignJWT({ tenant: 'uppsala', role: 'reader' })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setSubject('someone')
    .setExpirationTime('5m')
    .sign(key);

const giving =
  (set: unknown): RequestListener =>
  (_, response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify(set));
const answering =
  (status: number, body = '', headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

describe('Tokens whose keys a server publishes', () => {
  let first: Key;
  let second: Key;
  let server: Server;
  let answer: RequestListener;
  let asked: number;
  /** In milliseconds. */
  let now: number;
  let troubles: KeysUnavailable[];
  let verifier: TokenVerifier;

  beforeAll(async () => {
    [first, second] = [await aKey('first'), await aKey('second')];
  });
  beforeEach(async () => {
    [asked, now, troubles, answer] = [0, 0, [], giving({ keys: [first.jwk] })];
    server = createServer((request, response) => {
      asked++;
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const onTrouble = (trouble: KeysUnavailable) => void troubles.push(trouble);
    verifier = TokenVerifier.fromUrl(new URL(`http://127.0.0.1:${port}/keys`), {}, { onTrouble, now: () => now });
  });
  afterEach(() => stop());

  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const verified = async (token: Promise<string>): Promise<'holds'> => {
    expect(await verifier.verify(await token)).toMatchObject({ tenant: 'uppsala' });
    return 'holds';
  };

  const faults: [what: string, words: RegExp, answer: RequestListener][] = [
    ['fails', /status 500/, answering(500)],
    ['is closed for repairs', /status 503/, answering(503, 'later')],
    ['says that there is no such page', /status 404/, answering(404)],
    ['leads elsewhere', /status 302/, answering(302, '', { location: 'http://127.0.0.1:1/keys' })],
    ['gives a page', /no JWK Set/, answering(200, '<!DOCTYPE html><title>Sign in</title>')],
    ['gives broken JSON', /no JWK Set/, answering(200, '{"keys": [')],
    ['gives other JSON', /no JWK Set/, giving({ error: 'none' })],
    ['gives an empty set', /no JWK Set/, giving({ keys: [] })],
    ['gives nothing for signatures', /no JWK Set/, giving({ keys: [{ kty: 'oct', k: 'c2VjcmV0' }] })],
    ['gives nothing at all', /no JWK Set/, answering(200)],
    ['breaks the connection', /cannot be reached/, (_, response) => response.destroy()],
    [
      'breaks off in the midst',
      /cannot be reached/,
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' }).write('{"keys"');
        setImmediate(() => response.destroy());
      },
    ],
    [
      'never ends',
      /more than/,
      (_, response) => {
        const more = () => {
          while (!response.destroyed && response.write(' '.repeat(65_536)));
        };
        response.on('drain', more);
        more();
      },
    ],
  ];

  describe.each(faults)('where it %s', (_, words, faulty) => {
    it('are not known to hold or not', async () => {
      answer = faulty;
      const refused = await verified(first.sign()).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(KeysUnavailable);
      expect(refused).toMatchObject({ status: 503, message: expect.stringMatching(words) });
      await expect(verifier.ready()).rejects.toThrow(KeysUnavailable);
      expect(verifier.trouble).toBe(refused);
      expect(troubles).toEqual([refused]);
      answer = giving({ keys: [first.jwk] });
      now += keyTimes.afterFailure;
      expect(await verified(first.sign())).toBe('holds');
      expect(verifier.trouble).toBeUndefined();
    });

    it('hold by its known keys, and of unknown ones it is not known', async () => {
      await verified(first.sign());
      answer = faulty;
      now += keyTimes.fresh;
      expect(await verified(first.sign())).toBe('holds');
      expect(troubles).toHaveLength(1);
      await expect(verified(second.sign())).rejects.toThrow(KeysUnavailable);
      await verifier.ready();
      now += keyTimes.kept - keyTimes.fresh - 1;
      expect(await verified(first.sign())).toBe('holds');
      now += 1;
      await expect(verified(first.sign())).rejects.toThrow(KeysUnavailable);
    });
  });

  it('are not known to hold while nobody listens, and hold when somebody does', async () => {
    const { port } = server.address() as AddressInfo;
    await stop();
    await expect(verified(first.sign())).rejects.toThrow(/cannot be reached/);
    expect(describeError(troubles[0])).toContain('ECONNREFUSED');
    server = createServer(giving({ keys: [first.jwk] }));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    now += keyTimes.afterFailure;
    expect(await verified(first.sign())).toBe('holds');
  });

  it('wait for a silent server once, no longer than it may take, and not at all for known keys', async () => {
    answer = () => undefined;
    const started = performance.now();
    const both = await Promise.allSettled([verified(first.sign()), verified(second.sign())]);
    expect(performance.now() - started).toBeGreaterThan(keyTimes.timeout - 100);
    expect(both.map((each) => (each.status === 'rejected' ? String(each.reason) : each.value))).toEqual(
      Array(2).fill('KeysUnavailable: Tokens cannot be checked: the key server takes too long to answer'),
    );
    expect(asked).toBe(1);
    answer = giving({ keys: [first.jwk] });
    now += keyTimes.afterFailure;
    await verified(first.sign());
    answer = answering(500);
    now += keyTimes.fresh;
    await verified(first.sign());
    // It is in trouble: from now on it is asked beside the requests.
    answer = () => undefined;
    now += keyTimes.afterFailure;
    const before = asked;
    expect(await verified(first.sign())).toBe('holds');
    expect(await verified(first.sign())).toBe('holds');
    expect(verifier.trouble).toMatchObject({ message: expect.stringContaining('status 500') });
    expect(asked - before).toBeLessThanOrEqual(1);
  }, 20_000);

  it('leave a server alone for a moment that gave no keys', async () => {
    answer = answering(500);
    for (let each = 0; each < 50; each++) await expect(verified(first.sign())).rejects.toThrow(KeysUnavailable);
    expect(asked).toBe(1);
  });

  it('do not hold where the server has no such key, and cannot make it be asked at will', async () => {
    await verified(first.sign());
    for (let each = 0; each < 50; each++) await expect(verified(second.sign())).rejects.toThrow(Unauthenticated);
    now += keyTimes.newKey;
    for (let each = 0; each < 50; each++) await expect(verified(second.sign())).rejects.toThrow(Unauthenticated);
    expect(asked).toBe(2);
    expect(troubles).toEqual([]);
  });

  it('hold by a key that is new, and no longer by one that was taken back', async () => {
    await verified(first.sign());
    answer = giving({ keys: [second.jwk] });
    now += keyTimes.newKey;
    expect(await verified(second.sign())).toBe('holds');
    await expect(verified(first.sign())).rejects.toThrow(Unauthenticated);
    answer = giving({ keys: [first.jwk] });
    now += keyTimes.fresh;
    await expect(verified(second.sign())).rejects.toThrow(Unauthenticated);
    expect(await verified(first.sign())).toBe('holds');
  });

  it('are not known to hold where the key that they name cannot be used', async () => {
    answer = giving({ keys: [{ ...first.jwk, x: 'AA' }, second.jwk] });
    await expect(verified(first.sign())).rejects.toThrow(KeysUnavailable);
    expect(await verified(second.sign())).toBe('holds');
  });

  it('do not hold where they are no tokens, whatever the server does', async () => {
    answer = answering(500);
    for (const token of ['x', 'a.b.c', '']) await expect(verifier.verify(token)).rejects.toThrow(Unauthenticated);
    expect(asked).toBe(0);
  });
});
