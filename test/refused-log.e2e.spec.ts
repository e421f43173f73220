import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#kernel/testing';
import { Authority } from './support/certificates.js';
import { startKurrentDbDouble } from './support/kurrentdb-double/kurrentdb-double.mjs';
import type { KurrentDbDouble } from './support/kurrentdb-double/kurrentdb-double.mjs';
import { RunningSystem } from './support/running-system.js';
import { secret } from './support/secret.mjs';

describe('A system that its log (a protocol double of KurrentDB) refuses', () => {
  let authority: Authority;
  let double: KurrentDbDouble;
  let system: RunningSystem;
  const lines: string[] = [];
  let number = 0;

  beforeAll(async () => {
    authority = await Authority.make();
    double = await startKurrentDbDouble({ tls: await authority.sign(['IP:127.0.0.1']), users: { sparbar: secret } });
    system = await RunningSystem.start({
      eventStoreUrl:
        `kurrentdb://sparbar:${encodeURIComponent(secret)}@127.0.0.1:${double.port}` +
        `?tls=true&tlsCaFile=${encodeURIComponent(authority.file)}`,
      log: { write: (line: string) => void lines.push(line) },
    });
  }, 60_000);
  afterAll(async () => {
    await system?.stop();
    await double?.stop();
    await authority?.remove();
  });

  const command = async () =>
    system.request('POST', '/v1/bodies', await system.token('controller'), {
      name: `Nämnd ${++number}`,
      kind: 'board',
    });
  const question = async () => system.request('GET', '/v1/bodies?limit=1', await system.token('reader'));
  const metric = async () => /^sparbar_stores_up (.)$/m.exec((await system.request('GET', '/metrics')).body)?.[1];

  it('takes commands as long as it is let in', async () => {
    expect((await command()).status).toBe(201);
    expect((await system.request('GET', '/health/ready')).body).toEqual({ status: 'ready' });
    expect(await metric()).toBe('1');
  });

  it('says whom it refuses where the password is another: 503, never 500, and questions are answered', async () => {
    double.setUsers({ sparbar: 'another' });
    expect(await command()).toMatchObject({
      status: 503,
      body: { type: 'urn:sparbar:problem:store-refused', detail: expect.stringContaining('the user "sparbar"') },
    });
    expect(await system.request('GET', '/health/ready')).toMatchObject({
      status: 200,
      body: { status: 'ready', commands: 'waiting', reason: expect.stringContaining('the user "sparbar"') },
    });
    expect(await system.request('GET', '/health/projections')).toMatchObject({
      status: 503,
      body: { type: 'urn:sparbar:problem:store-refused' },
    });
    expect(await metric()).toBe('0');
    expect((await question()).status).toBe(200);
    double.setUsers({ sparbar: secret });
    expect((await command()).status).toBe(201);
    expect(await metric()).toBe('1');
  });

  it('names the right that is missing, though reads go on', async () => {
    double.deny({ call: 'append' });
    expect(await command()).toMatchObject({
      status: 503,
      body: { detail: expect.stringMatching(/does not let the user "sparbar" append to uppsala\.body-/) },
    });
    expect((await system.request('GET', '/health/ready')).body).toMatchObject({ commands: 'waiting' });
    expect(await metric()).toBe('0');
    const head = await system.stores.eventStore.head();
    double.allowAll();
    // Without a command, and nothing is recorded for it.
    expect(await metric()).toBe('1');
    expect((await system.request('GET', '/health/ready')).body).toEqual({ status: 'ready' });
    expect(await system.stores.eventStore.head()).toBe(head);
    await eventually('a command to be taken', async () => (await command()).status === 201 || undefined);
    expect((await system.request('GET', '/health/ready')).body).toEqual({ status: 'ready' });
  });

  it('has told each cause in the log, and no password', () => {
    const text = lines.join('');
    expect(text).toContain('does not accept the user');
    expect(text).not.toContain(secret);
  });
});
