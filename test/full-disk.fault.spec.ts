import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteEventStore } from '#event-store/sqlite';
import { startOfLog } from '#kernel';
import { eventually } from './support/patience.js';
import { requestTo } from './support/request-to.js';
import type { Answer } from './support/request-to.js';
import { StandaloneProcess } from './support/standalone-process.js';

const run = promisify(execFile);
const mostCommands = 3_000;
const answerMilliseconds = 8_000;
/** What the journal may still grow by. */
const roomBytes = 256 * 1024;

/**
 * A limit on the size of the files that a process writes fails its writes as a full disk does, needs no rights, and can be
 * lifted while it runs. Linux only.
 */
const limitFiles = (pid: number, bytes: number | 'unlimited') =>
  run('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);

describe('A standalone whose disk is full', () => {
  let folder: string;
  let running: StandaloneProcess;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-full-'));
    running = await StandaloneProcess.start(folder);
  });
  afterEach(async () => {
    await running?.end('SIGKILL');
    await rm(folder, { recursive: true });
  });

  const ask = (method: 'GET' | 'POST', path: string, role: string, body?: unknown): Promise<Answer> =>
    requestTo(running.url, method, path, {
      token: running.tokens[role]!,
      milliseconds: answerMilliseconds,
      ...(body !== undefined && { body }),
    });
  const register = (number: number) =>
    ask('POST', '/v1/bodies', 'controller', { name: `Nämnden ${number}`, kind: 'board' });

  it('answers 503, loses nothing that was acknowledged, and goes on by itself when there is room', async () => {
    const acknowledged: string[] = [];
    const note = ({ body }: Answer) => void acknowledged.push(body.id);
    for (let number = 0; number < 20; number++) note(await register(number));
    const { size } = await stat(join(folder, 'events.db-wal'));
    await limitFiles(running.pid, size + roomBytes);

    let refused: Answer | undefined;
    for (let number = 20; number < mostCommands && !refused; number++) {
      const answer = await register(number);
      if (answer.status === 201) note(answer);
      else refused = answer;
    }
    expect(refused).toMatchObject({ status: 503, body: { type: 'urn:sparbar:problem:store-unavailable' } });
    expect(refused!.headers.get('retry-after')).toBe('1');
    expect((await register(mostCommands)).status).toBe(503);
    // What is there is still told.
    expect((await ask('GET', '/v1/bodies?limit=1', 'reader')).status).toBe(200);
    expect((await requestTo(running.url, 'GET', '/health/live')).status).toBe(200);

    await limitFiles(running.pid, 'unlimited');
    const again = await eventually(
      'A command',
      () => register(mostCommands + 1),
      ({ status }) => status === 201,
    );
    note(again);
    const { position } = again.body as { position: string };
    await eventually(
      'What was recorded',
      () => ask('GET', `/v1/bodies?limit=1&waitFor=${position}`, 'reader'),
      ({ status }) => status === 200,
    );
    for (const { name } of (await ask('GET', '/v1/projections', 'administrator')).body) {
      const { body } = await ask('POST', `/v1/projections/${name}/verify`, 'administrator');
      expect(body).toMatchObject({ name, differing: 0 });
    }
    expect(await running.end('SIGTERM')).toBe(0);

    const store = openSqliteEventStore(join(folder, 'events.db'));
    const events = await store.readAll({ after: startOfLog, limit: 10 * mostCommands });
    await store.close();
    const bodies = events.filter(({ type }) => type === 'BodyRegistered').map(({ data }) => data['bodyId']);
    expect(bodies).toEqual(acknowledged);
  }, 90_000);
});
