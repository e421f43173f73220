import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqliteEventStore } from '#event-store/sqlite';
import { anEvent } from '#event-store/testing';
import { commandLine } from './support/command-line.js';

const run = promisify(execFile);

describe('The command line', () => {
  let folder: string;
  const urlOf = (name: string) => `sqlite:${join(folder, name)}`;
  /** Runs it within this process, whatever it ends with. */
  const sparbar = async (...words: string[]) => {
    const { exitCode, ...said } = await commandLine(...words);
    return { code: exitCode, ...said };
  };
  /** Runs it as it is shipped. */
  const asProcess = (...parameters: string[]) =>
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

  it('asks in the language of its user, or the one that is asked for', async () => {
    const server = createServer(({ headers }, response) => {
      response.writeHead(409, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ code: 'rule-violation', detail: `asked in ${headers['accept-language']}` }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const env = { ...process.env, NODE_OPTIONS: '', LC_ALL: 'sv_SE.UTF-8', SPARBAR_TOKEN: 'x' };
    const ask = (...words: string[]) =>
      run(process.execPath, ['scripts/sparbar.mjs', ...words, '--url', url, 'plans'], { env, timeout: 30_000 }).catch(
        (error: { code: number; stderr: string }) => error,
      );
    expect(await ask()).toMatchObject({ code: 4, stderr: 'sparbar: asked in sv-SE\n' });
    expect(await ask('--language', 'en')).toMatchObject({ code: 4, stderr: 'sparbar: asked in en\n' });
    server.close();
    expect((await sparbar('--language', 'sv;q=1', 'plans')).code).toBe(2);
  }, 60_000);

  it('tells what fails within it in that language too', async () => {
    const words = ['copy', '--from', urlOf('from.db'), '--to', urlOf('else.db')];
    const other = openSqliteEventStore(join(folder, 'else.db'));
    await other.append('uppsala.a-1', [anEvent(8)], 'no-stream');
    await other.close();
    expect((await sparbar('--language', 'sv', ...words)).stderr).toContain('lika händelser har källan');
    expect((await sparbar('--language', 'en', ...words)).stderr).toContain('events that are the same');
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
    expect((await asProcess('status', 'x')).code).toBe(2);
    expect((await sparbar('status', 'x')).code).toBe(2);
    const halfSaid = await sparbar('copy', '--from');
    expect(halfSaid.code).toBe(2);
    expect(halfSaid.stderr).toContain('error: option');
    expect((await sparbar('--token', 'x', '--url', 'http://127.0.0.1:9', 'status', 'x')).code).toBe(69);
    await mkdir(join(folder, 'empty'));
    expect((await asProcess('--data', join(folder, 'empty'), 'status', 'no-such-plan')).code).toBe(3);
  }, 60_000);

  it('takes text in UTF-8 alone, and says where a file is not', async () => {
    const file = join(folder, 'windows.yaml');
    await writeFile(file, Buffer.from('sparbar: 1\n# N\xe4mnd\n', 'latin1'));
    expect(await sparbar('--url', 'http://127.0.0.1:9', '--token', 'x', 'load', file)).toMatchObject({
      code: 4,
      stderr: expect.stringContaining(
        `${file}: must be UTF-8, and is not in line 2, column 4 (byte 15 of the whole is E4`,
      ),
    });
    expect(await sparbar('--url', 'http://127.0.0.1:9', '--token', 'x', 'status', 'n\ufffdmnden')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('must be UTF-8'),
    });
  }, 60_000);

  it('works on stores that are there, and on no others', async () => {
    const missing = join(folder, 'nowhere');
    expect(await sparbar('--data', missing, 'plans')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(missing),
    });
    expect(existsSync(missing)).toBe(false);
    const file = join(folder, 'from.db');
    for (const words of [['plans'], ['--as', 'x', 'load', 'data/uppsala-organisation.yaml']]) {
      const refused = await sparbar('--data', file, ...words);
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(`${file} is a file`) });
    }
  }, 60_000);

  it('records nothing that nobody answers for', async () => {
    const made = join(folder, 'made');
    for (const words of [
      ['load', 'data/uppsala-organisation.yaml'],
      ['freeze', 'x:y'],
      ['remind', 'x:y'],
      'correct-decision x --category plan --subject x --body x --date 2025-01-01 --reason x'.split(' '),
      ['log', 'accept', '--reason', 'x'],
      ['projections', 'rebuild'],
    ]) {
      const refused = await sparbar('--data', made, ...words);
      expect([words, refused]).toEqual([
        words,
        expect.objectContaining({ code: 2, stderr: expect.stringContaining('--as') }),
      ]);
    }
    expect(existsSync(made)).toBe(false);
  }, 60_000);

  it('tells machines in JSON what failed, whatever it was', async () => {
    const errorOf = async (...words: string[]) => {
      const { code, stderr, stdout } = await sparbar('--json', ...words);
      const { error } = JSON.parse(stderr) as { error: { exitCode: number; message: string } };
      expect([stdout, error.exitCode]).toEqual(['', code]);
      return error;
    };
    expect(await errorOf('lod')).toEqual({ exitCode: 2, message: expect.stringContaining('unknown command') });
    expect((await errorOf('--data', join(folder, 'nowhere'), 'plans')).exitCode).toBe(2);
    expect((await errorOf('--token', 'x', '--url', 'http://127.0.0.1:9', 'plans')).exitCode).toBe(69);
    expect(await errorOf('--token', 'x', 'snapshot', 'list', 'a')).toMatchObject({ exitCode: 3 });
  }, 60_000);

  it('says of what is no Spårbar what it is, and waits for nobody for ever', async () => {
    const page = '<html><head><title>502 Bad Gateway</title></head></html>';
    const proxy = await serving((_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end(page));
    const portal = await serving((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Log in'),
    );
    const silent = await serving(() => undefined);
    try {
      const of = (url: string, ...words: string[]) => sparbar('--token', 'x', '--url', url, ...words, 'plans');
      expect(await of(proxy.url)).toMatchObject({ code: 69, stderr: expect.stringMatching(/502.*“502 Bad Gateway”/) });
      expect(await of(portal.url)).toMatchObject({ code: 69, stderr: expect.stringContaining('200, text/html') });
      expect(await of(silent.url, '--timeout', '0.2')).toMatchObject({
        code: 69,
        stderr: expect.stringContaining('--timeout'),
      });
      expect(await of(silent.url, '--timeout', '0')).toMatchObject({ code: 2 });
    } finally {
      for (const { close } of [proxy, portal, silent]) close();
    }
  }, 60_000);

  it('says which file cannot be used, and why', async () => {
    const asked = (...words: string[]) => sparbar('--token', 'x', '--url', 'http://127.0.0.1:9', ...words);
    const missing = join(folder, 'missing.yaml');
    expect(await asked('load', missing)).toMatchObject({ code: 3, stderr: `sparbar: There is no ${missing}\n` });
    expect(await asked('load', folder)).toMatchObject({ code: 73, stderr: expect.stringContaining('is a folder') });
    expect(await sparbar('keys', join(folder, 'from.db'))).toMatchObject({
      code: 73,
      stderr: expect.stringContaining('a folder is wanted'),
    });
    expect(await sparbar('--as', 'x', '--data', join(folder, 'from.db', 'below'), 'load', missing)).toMatchObject({
      code: 73,
      stderr: expect.stringContaining('a part of its path is a file'),
    });
  });

  it('takes its token from a file, and keeps a path that the URL has', async () => {
    let given: string | undefined;
    let path: string | undefined;
    const api = await serving(({ headers, url }, response) => {
      given = headers.authorization;
      path = url;
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"items":[],"total":0}');
    });
    const file = join(folder, 'token');
    const asking = () => sparbar('--url', `${api.url}/sparbar/`, '--token-file', file, 'plans');
    try {
      await writeFile(file, 'AUDITOR=a.b-c_d\n');
      expect(await asking()).toMatchObject({ code: 0, stdout: 'Inga planer\n' });
      expect(given).toBe('Bearer a.b-c_d');
      expect(path).toMatch(/^\/sparbar\/v1\/plans\?/);
      await writeFile(file, 'two tokens');
      expect(await asking()).toMatchObject({ code: 2, stderr: expect.stringContaining(file) });
      await rm(file);
      expect(await asking()).toMatchObject({ code: 2, stderr: expect.stringContaining(file) });
    } finally {
      api.close();
    }
  }, 60_000);

  it('tells its version, and how a shell completes it', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    expect(await asProcess('--version')).toMatchObject({ code: 0, stdout: `${version}\n` });
    const script = join(folder, 'completion.bash');
    await writeFile(script, (await sparbar('completion', 'bash')).stdout);
    const completed = async (...words: string[]) => {
      const said = ['sparbar', ...words].map((word) => `'${word}'`).join(' ');
      const line = `source ${script}; COMP_WORDS=(${said}); COMP_CWORD=${words.length}; _sparbar; echo "\${COMPREPLY[@]}"`;
      return (await run('bash', ['-c', line])).stdout.trim().split(' ');
    };
    expect(await completed('pro')).toEqual(['projections']);
    expect(await completed('bod')).toEqual(['bodies', 'body']);
    expect(await completed('body', 'amn', '--k')).toEqual(['--known-at']);
    expect(await completed('correct-decision', 'x', '--p')).toEqual(['--paragraph']);
    expect(await completed('snapshot', '')).toEqual(['list', 'verify', 'show', 'compare']);
    expect(await completed('--json', 'snapshot', 'show', 'plan:april', '--f')).toEqual(['--format']);
    expect((await sparbar('completion', 'fish')).stdout).toContain(
      "complete -c sparbar -n '__fish_use_subcommand' -a load",
    );
    expect((await sparbar('completion', 'tcsh')).code).toBe(2);
  }, 60_000);
});

async function serving(listener: RequestListener): Promise<{ url: string; close: () => void }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
