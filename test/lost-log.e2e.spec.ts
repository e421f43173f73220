import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { copyOfLogFile, replaceLogFile } from '#event-store/testing';
import { eventually } from '#kernel/testing';
import { commandLine } from './support/command-line.js';
import { requestTo } from './support/request-to.js';
import { StandaloneProcess } from './support/standalone-process.js';

/** A standalone that is stopped, whose log is exchanged, and that is started again: each step rests on the ones before. */
describe('A standalone that starts on a log which has lost something', () => {
  let data: string;
  let file: string;
  let older: string;
  let newest: string;
  let standalone: StandaloneProcess | undefined;

  const start = async () => (standalone = await StandaloneProcess.start(data));
  const end = async () => {
    await standalone?.end('SIGTERM');
    standalone = undefined;
  };
  const ask = (method: 'GET' | 'POST', path: string, role: string, body?: unknown) =>
    requestTo(standalone!.url, method, path, { token: standalone!.tokens[role]!, body });
  const found = (name: string) => ask('POST', '/v1/bodies', 'controller', { name, kind: 'board' });
  const namesOfBodies = async () =>
    (await ask('GET', '/v1/bodies', 'reader')).body.items.map(({ name }: { name: string }) => name) as string[];
  const onData = (...words: string[]) => commandLine('--data', data, '--as', 'administrator-1', 'log', ...words);

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'sparbar-lost-'));
    file = join(data, 'events.db');
    await start();
    expect((await found('Nämnd ett')).status).toBe(201);
    await end();
    older = await copyOfLogFile(file, `${file}-older`);
    await start();
    expect((await found('Nämnd två')).status).toBe(201);
    await eventually('both bodies', namesOfBodies, ({ length }) => length === 2);
    await end();
    newest = await copyOfLogFile(file, `${file}-newest`);
  }, 120_000);
  afterEach(end);
  afterAll(() => rm(data, { recursive: true }));

  it('answers questions and says so, and takes no command', async () => {
    await replaceLogFile(file, older);
    await start();
    expect(await found('Nämnd tre')).toMatchObject({
      status: 503,
      body: { type: 'urn:sparbar:problem:log-replaced' },
    });
    expect((await ask('GET', '/v1/bodies', 'reader')).headers.get('sparbar-log')).toBe('replaced');
    expect((await ask('GET', '/health/ready', 'reader')).body).toMatchObject({ log: 'replaced' });
    expect(await namesOfBodies()).toContain('Nämnd två');
  }, 60_000);

  it('goes on where it was when the right log is back, and there is nothing to accept', async () => {
    await replaceLogFile(file, newest);
    const { exitCode, stderr } = await onData('accept', '--reason', 'Av misstag');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('nothing to accept') });
    expect((await onData('status')).exitCode).toBe(0);
    await start();
    expect((await found('Nämnd fyra')).status).toBe(201);
  }, 60_000);

  it('takes commands once the log was accepted on its data, and tells nothing that is lost', async () => {
    await replaceLogFile(file, older);
    expect(await onData('status')).toMatchObject({ exitCode: 5, stdout: expect.stringMatching(/lacks|missing/) });
    expect(await onData('accept', '--reason', 'Disken gick sönder')).toMatchObject({ exitCode: 0 });
    expect((await onData('status')).exitCode).toBe(0);
    await start();
    expect((await found('Nämnd fem')).status).toBe(201);
    await eventually(
      'documents of the log that was accepted',
      namesOfBodies,
      (names) => ['Nämnd ett', 'Nämnd fem'].every((name) => names.includes(name)) && !names.includes('Nämnd två'),
    );
  }, 60_000);
});
