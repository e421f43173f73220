import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqliteEventStore } from '#event-store/sqlite';
import { anEvent } from '#event-store/testing';

const run = promisify(execFile);

describe('The command line', () => {
  let folder: string;
  const urlOf = (name: string) => `sqlite:${join(folder, name)}`;
  /** Runs it, whatever it ends with. */
  const sparbar = (...parameters: string[]) =>
    run(process.execPath, ['scripts/sparbar.mjs', ...parameters], {
      env: { ...process.env, NODE_OPTIONS: '', SPARBAR_TOKEN: '' },
      timeout: 30_000,
    }).then(
      ({ stderr, stdout }) => ({ code: 0, stderr, stdout }),
      (error: { code: number; stderr: string; stdout: string }) => error,
    );

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-cli-'));
    const store = openSqliteEventStore(join(folder, 'from.db'));
    await store.append('uppsala.a-1', [anEvent(1), anEvent(2)], 'no-stream');
    await store.append('uppsala.a-2', [anEvent(3)], 'no-stream');
    await store.close();
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('copies a log, and goes on where it has been copied before', async () => {
    const words = ['--json', 'copy', '--from', urlOf('from.db'), '--to', urlOf('to.db')];
    const first = await sparbar(...words);
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({ events: 3, added: 3 });
    const again = await sparbar(...words);
    expect(JSON.parse(again.stdout)).toEqual({ ...JSON.parse(first.stdout), added: 0 });
  }, 60_000);

  it('copies into no log that holds something else, and names the first event that differs', async () => {
    const other = openSqliteEventStore(join(folder, 'other.db'));
    const [event] = [anEvent(9)];
    await other.append('uppsala.a-1', [event], 'no-stream');
    await other.close();
    const { code, stderr } = await sparbar('copy', '--from', urlOf('from.db'), '--to', urlOf('other.db'));
    expect(code).toBe(5);
    expect(stderr).toContain(event.id);
  }, 60_000);

  it('says which option names no store, and never repeats a URL that may hold a password', async () => {
    const { code, stderr } = await sparbar('copy', '--from', 'mongodb://a:secret@host', '--to', urlOf('to.db'));
    expect(code).toBe(2);
    expect(stderr).toContain('--from must be sqlite:');
    expect(stderr).not.toContain('secret');
  }, 60_000);

  it('ends in order where whoever reads it has read enough', async () => {
    const child = spawn(process.execPath, ['scripts/sparbar.mjs', '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (told += chunk));
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, told }).toEqual({ code: 0, told: '' });
  }, 60_000);

  it('makes keys to try things with, and keeps those that are there', async () => {
    const keys = join(folder, 'keys');
    expect((await sparbar('keys', keys)).code).toBe(0);
    const jwks = await readFile(join(keys, 'jwks.json'), 'utf8');
    expect(JSON.parse(jwks).keys[0]).not.toHaveProperty('d');
    const [, claims] = (await readFile(join(keys, 'reporter.token'), 'utf8')).split('.');
    expect(JSON.parse(Buffer.from(claims!, 'base64url').toString())).toMatchObject({
      role: 'reporter',
      tenant: 'uppsala',
    });
    await sparbar('keys', keys);
    expect(await readFile(join(keys, 'jwks.json'), 'utf8')).toBe(jwks);
  }, 60_000);

  it('ends with a code that says what went wrong', async () => {
    expect((await sparbar('status', 'x')).code).toBe(2);
    const halfSaid = await sparbar('copy', '--from');
    expect(halfSaid.code).toBe(2);
    expect(halfSaid.stderr).toContain('error: option');
    expect((await sparbar('--token', 'x', '--url', 'http://127.0.0.1:9', 'status', 'x')).code).toBe(69);
    expect((await sparbar('--data', join(folder, 'empty'), 'status', 'no-such-plan')).code).toBe(3);
  }, 60_000);
});
