import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, StoreRefused, StoreUnavailable } from '#kernel';
import type { StoreFailure } from '#kernel';
import { Authority } from '../../../../test/support/certificates.js';
import { startKurrentDbDouble } from '../../../../test/support/kurrentdb-double/kurrentdb-double.mjs';
import type { KurrentDbDouble } from '../../../../test/support/kurrentdb-double/kurrentdb-double.mjs';
import { secret, tracesOfSecret } from '../../../../test/support/secret.mjs';
import type { EventStore } from '../event-store.port.js';
import { anEvent } from '../testing/index.js';
import { openKurrentEventStore } from './index.js';

const encoded = encodeURIComponent(secret);

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (error: unknown) => error,
  );

describe('Whom KurrentDB (a protocol double) lets in', () => {
  let authority: Authority;
  let double: KurrentDbDouble;
  let tls: { readonly key: Buffer; readonly cert: Buffer };
  const open = new Set<EventStore>();

  beforeAll(async () => {
    authority = await Authority.make();
    tls = await authority.sign(['IP:127.0.0.1']);
  }, 30_000);
  afterAll(() => authority.remove());
  beforeEach(async () => {
    double = await startKurrentDbDouble({ tls, users: { sparbar: secret } });
  });
  afterEach(async () => {
    await Promise.all([...open].map((store) => store.close()));
    open.clear();
    await double.stop();
  });

  const storeOf = (user: string, onTrouble: (trouble: StoreFailure) => void = () => {}) => {
    const store = openKurrentEventStore(
      `kurrentdb://${user}127.0.0.1:${double.port}?tls=true&tlsCaFile=${encodeURIComponent(authority.file)}`,
      { onTrouble },
    );
    open.add(store);
    return store;
  };
  const calls: Record<string, (store: EventStore) => Promise<unknown>> = {
    'an append': (store) => store.append(`uppsala.a-${newId()}`, [anEvent()], 'no-stream'),
    'a stream': (store) => store.readStream('uppsala.a-1'),
    'the log': (store) => store.readAll({ limit: 1 }),
    'the head': (store) => store.head(),
  };

  it('is the user of the URL, whatever its password is made of, for appends, reads and subscriptions', async () => {
    const store = storeOf(`sparbar:${encoded}@`);
    const ended = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const batch of store.subscribe({ signal: ended.signal })) {
        seen.push(...batch.map(({ stream }) => stream));
        if (seen.length === 2) ended.abort();
      }
    })();
    await store.append('uppsala.a-1', [anEvent()], 'no-stream');
    expect(await store.readStream('uppsala.a-1')).toHaveLength(1);
    expect(await store.readAll({ limit: 10 })).toHaveLength(1);
    await store.append('uppsala.a-1', [anEvent()], 0);
    await following;
    expect(seen).toEqual(['uppsala.a-1', 'uppsala.a-1']);
  });

  it.each(Object.entries(calls))('is nobody with a wrong password or without any: %s says so', async (_, call) => {
    const wrong = await failureOf(call(storeOf('sparbar:wrong@')));
    expect(wrong).toBeInstanceOf(StoreRefused);
    expect(wrong).toMatchObject({ refusal: { right: 'sign-in', user: 'sparbar' } });
    expect(String(wrong)).not.toContain('wrong@');
    const none = await failureOf(call(storeOf('')));
    expect(none).toBeInstanceOf(StoreRefused);
    expect(none).toMatchObject({ refusal: { right: 'sign-in', user: undefined } });
  });

  it('is found anew at each call: an append too is refused as soon as the password is another', async () => {
    const store = storeOf(`sparbar:${encoded}@`);
    await store.append('uppsala.a-1', [anEvent()], 'no-stream');
    double.setUsers({ sparbar: 'another' });
    for (const call of Object.values(calls)) expect(await failureOf(call(store))).toBeInstanceOf(StoreRefused);
    double.setUsers({ sparbar: secret });
    for (const call of Object.values(calls)) await call(store);
  });

  it('may do what it has a right to, and is told which it lacks, on what', async () => {
    const store = storeOf(`sparbar:${encoded}@`);
    await store.append('uppsala.a-1', [anEvent()], 'no-stream');
    double.deny({ call: 'append', user: 'sparbar' });
    const refused = await failureOf(store.append('uppsala.a-1', [anEvent()], 0));
    expect(refused).toBeInstanceOf(StoreRefused);
    expect(refused).toMatchObject({ refusal: { right: 'append', on: 'uppsala.a-1', user: 'sparbar' } });
    expect(await store.readStream('uppsala.a-1')).toHaveLength(1);
    double.deny({ call: 'readAll' });
    expect(await failureOf(store.head())).toMatchObject({ refusal: { right: 'read', on: '$all', user: 'sparbar' } });
  });

  it('is waited for by a subscription that lost its right, which goes on when it has it again', async () => {
    const troubles: StoreFailure[] = [];
    const store = storeOf(`sparbar:${encoded}@`, (trouble) => troubles.push(trouble));
    await store.append('uppsala.a-1', [anEvent()], 'no-stream');
    const ended = new AbortController();
    const seen: number[] = [];
    const following = (async () => {
      for await (const batch of store.subscribe({ signal: ended.signal })) {
        seen.push(...batch.map(({ revision }) => revision));
        if (seen.length === 1) {
          double.deny({ call: 'subscribe' });
          double.dropSubscriptions();
        }
        if (seen.length === 2) ended.abort();
      }
    })();
    while (!troubles.some((trouble) => trouble instanceof StoreRefused))
      await new Promise((done) => setTimeout(done, 10));
    double.allowAll();
    await store.append('uppsala.a-1', [anEvent()], 0);
    await following;
    expect(seen).toEqual([0, 1]);
  }, 20_000);
});

describe('A connection to KurrentDB that does not come about', () => {
  let authority: Authority;
  let other: Authority;
  let servers: { stop(): Promise<void> }[] = [];
  let store: EventStore | undefined;

  beforeAll(async () => {
    [authority, other] = [await Authority.make(), await Authority.make()];
  }, 30_000);
  afterAll(() => Promise.all([authority.remove(), other.remove()]));
  afterEach(async () => {
    await store?.close();
    await Promise.all(servers.map((server) => server.stop()));
    servers = [];
  });

  const double = async (options: Parameters<typeof startKurrentDbDouble>[0] = {}) => {
    const started = await startKurrentDbDouble(options);
    servers.push(started);
    return started.port;
  };
  /** Something that listens, and answers whoever speaks to it in a language of its own. */
  const stranger = async (answer: string) => {
    const server: Server = createServer((socket) => socket.on('error', () => {}).on('data', () => socket.end(answer)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push({ stop: async () => void server.close() });
    return (server.address() as AddressInfo).port;
  };
  const trusted = () => `tls=true&tlsCaFile=${encodeURIComponent(authority.file)}`;
  const good = () => authority.sign(['IP:127.0.0.1', 'DNS:localhost']);
  const user = `sparbar:${encoded}@`;

  const ways: Record<string, { readonly url: () => Promise<string>; readonly reason: string; readonly words: RegExp }> =
    {
      'an authority that nobody knows': {
        url: async () => `127.0.0.1:${await double({ tls: await good() })}?tls=true`,
        reason: 'tls-authority-unknown',
        words: /tlsCaFile/,
      },
      'another authority than the one that is named': {
        url: async () =>
          `127.0.0.1:${await double({ tls: await good() })}?tls=true&tlsCaFile=${encodeURIComponent(other.file)}`,
        reason: 'tls-authority-unknown',
        words: /tlsCaFile/,
      },
      'a certificate for another host': {
        url: async () =>
          `127.0.0.1:${await double({ tls: await authority.sign(['DNS:elsewhere.example']) })}?${trusted()}`,
        reason: 'tls-host-not-covered',
        words: /does not cover/,
      },
      'a certificate that has expired': {
        url: async () => {
          const tls = await authority.sign(['IP:127.0.0.1'], ['20200101000000Z', '20210101000000Z']);
          return `127.0.0.1:${await double({ tls })}?${trusted()}`;
        },
        reason: 'tls-expired',
        words: /not valid now/,
      },
      'a server without TLS': {
        url: async () => `127.0.0.1:${await double()}?${trusted()}`,
        reason: 'tls-not-spoken',
        words: /does not speak TLS.*tls=false/,
      },
      'a server that asks for TLS': {
        url: async () => `127.0.0.1:${await double({ tls: await good() })}?tls=false`,
        reason: 'protocol-not-spoken',
        words: /TLS be needed/,
      },
      'a name that cannot be resolved': {
        url: async () => 'nowhere.invalid:2113?tls=false',
        reason: 'name-not-found',
        words: /nowhere\.invalid/,
      },
      'a port where nobody listens': {
        url: async () => '127.0.0.1:1?tls=false',
        reason: 'connection-refused',
        words: /nothing listens at 127\.0\.0\.1:1/,
      },
      'the port of a web server': {
        url: async () => `127.0.0.1:${await stranger('HTTP/1.1 400 Bad Request\r\n\r\n')}?tls=false`,
        reason: 'protocol-not-spoken',
        words: /another server's port/,
      },
      'the port of Redis': {
        url: async () => `127.0.0.1:${await stranger('-ERR unknown command\r\n')}?tls=false`,
        reason: 'protocol-not-spoken',
        words: /another server's port/,
      },
    };

  it.each(Object.entries(ways))(
    'because of %s says so, for every call, and tells no password',
    async (_, way) => {
      store = openKurrentEventStore(`kurrentdb://${user}${await way.url()}`, { deadline: 3_000 });
      const calls = [
        () => store!.head(),
        () => store!.readStream('uppsala.a-1'),
        () => store!.append('uppsala.a-1', [anEvent()], 'no-stream'),
      ];
      for (const call of calls) {
        const failure = await failureOf(call());
        expect(failure).toBeInstanceOf(StoreUnavailable);
        expect(failure).toMatchObject({ reason: way.reason, message: expect.stringMatching(way.words) });
        expect(JSON.stringify(failure) + String((failure as Error).cause)).not.toContain(tracesOfSecret[0]);
      }
    },
    30_000,
  );

  it('is one that a URL without any options may ask for: with TLS', async () => {
    store = openKurrentEventStore(`kurrentdb://127.0.0.1:${await double({ tls: await good() })}`);
    await expect(store.head()).rejects.toMatchObject({ reason: 'tls-authority-unknown' });
  });

  it('does not matter where certificates are not looked at, which is warned of', async () => {
    store = openKurrentEventStore(`kurrentdb://127.0.0.1:${await double({ tls: await good() })}?tlsVerifyCert=false`);
    await store.append('uppsala.a-1', [anEvent()], 'no-stream');
    expect(await store.readStream('uppsala.a-1')).toHaveLength(1);
  });
});
