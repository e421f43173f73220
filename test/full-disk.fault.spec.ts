import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteEventStore } from '#event-store/sqlite';
import { startOfLog } from '#kernel';
import { eventually } from '#kernel/testing';
import { requestTo } from './support/request-to.js';
import type { Answer } from './support/request-to.js';
import { StandaloneProcess } from './support/standalone-process.js';

const run = promisify(execFile);
const mostCommands = 3_000;
const answerMilliseconds = 8_000;
/** How much may still be written. */
const roomBytes = 256 * 1024;

/** A disk that can be filled under a process, and have room again. */
interface Disk {
  readonly name: string;
  /** Makes a folder on it, removed by `remove`. */
  make(): Promise<string>;
  fill(folder: string, pid: number): Promise<unknown>;
  free(folder: string, pid: number): Promise<unknown>;
  remove(folder: string): Promise<unknown>;
}

const newFolder = () => mkdtemp(join(tmpdir(), 'sparbar-full-'));

/** Fails writes with EFBIG, needs no rights, and can be lifted while the process runs. Linux only. */
const limitOnFiles: Disk = {
  name: 'its files may grow no more',
  make: newFolder,
  fill: async (folder, pid) => {
    const { size } = await stat(join(folder, 'events.db-wal'));
    return run('prlimit', ['--pid', String(pid), `--fsize=${size + roomBytes}:`]);
  },
  free: (_, pid) => run('prlimit', ['--pid', String(pid), '--fsize=unlimited:']),
  remove: (folder) => rm(folder, { recursive: true }),
};

/** Fails writes with ENOSPC. Mounting needs rights. */
const smallFileSystem: Disk = {
  name: 'its file system has no room left',
  make: async () => {
    const folder = await newFolder();
    await run('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'sparbar-full', folder]);
    return folder;
  },
  fill: async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    await writeFile(join(folder, 'ballast'), Buffer.alloc(bavail * bsize - roomBytes));
  },
  free: (folder) => rm(join(folder, 'ballast')),
  remove: async (folder) => {
    // SQLite may keep its files open until they are collected as garbage.
    await run('umount', ['--lazy', folder]);
    await rm(folder, { recursive: true });
  },
};

const mayMount = await smallFileSystem
  .make()
  .then((folder) => smallFileSystem.remove(folder))
  .then(
    () => true,
    () => false,
  );
const disks: readonly Disk[] = [limitOnFiles, ...(mayMount ? [smallFileSystem] : [])];

if (!mayMount) it.skip(`A standalone of which ${smallFileSystem.name} (file systems cannot be mounted here)`, () => {});

describe.each(disks)('A standalone of which $name', (disk) => {
  let folder: string;
  let running: StandaloneProcess;

  beforeEach(async () => {
    folder = await disk.make();
    running = await StandaloneProcess.start(folder);
  });
  afterEach(async () => {
    await running?.end('SIGKILL');
    await disk.remove(folder);
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
    await disk.fill(folder, running.pid);

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

    await disk.free(folder, running.pid);
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
    for (const { name } of (await ask('GET', '/v1/projections', 'administrator')).body.items) {
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
