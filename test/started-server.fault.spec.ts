import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store';
import { openKurrentEventStore } from '#event-store/kurrentdb';
import { anEvent } from '#event-store/testing';
import { StoreUnavailable } from '#kernel';
import type { StoreProcess } from './support/started-server.js';
import { startKurrentDb } from './support/store-processes.js';

const double = join(process.cwd(), 'test', 'support', 'kurrentdb-double', 'start.mjs');

/** As `KURRENTDB_START` names one: a script that starts the server (here the double) beside itself. */
const command = `sh -c '${process.execPath} ${double} {port} {folder}/log & wait'`;

describe('A server that a command starts', () => {
  let folder: string;
  let server: StoreProcess;
  let store: EventStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-started-'));
    server = await startKurrentDb(join(folder, 'data'), 0, command);
    store = openKurrentEventStore(server.url);
  });
  afterEach(async () => {
    await store.close();
    await server.kill();
    await rm(folder, { recursive: true });
  });

  it('is killed with all that it started, goes on where it was, and on a copy of its folder', async () => {
    const events = [anEvent(0), anEvent(1)];
    await store.append('uppsala.a-1', [events[0]!], 'no-stream');
    await server.kill();
    await expect(store.head()).rejects.toThrow(StoreUnavailable);
    await cp(join(folder, 'data'), join(folder, 'copy'), { recursive: true });
    const readBack = async (place: string) => {
      server = await startKurrentDb(join(folder, place), server.port, command);
      const again = openKurrentEventStore(server.url);
      const read = await again.readStream('uppsala.a-1');
      if (read.length === 1 && place === 'data') await again.append('uppsala.a-1', [events[1]!], 0);
      await again.close();
      await server.kill();
      return read.length;
    };
    expect([await readBack('data'), await readBack('copy'), await readBack('data')]).toEqual([1, 1, 2]);
  }, 60_000);

  it('is frozen with all that it started, and goes on', async () => {
    await store.append('uppsala.a-1', [anEvent(0)], 'no-stream');
    await server.freeze();
    await expect(store.head()).rejects.toThrow(StoreUnavailable);
    server.thaw();
    const again = openKurrentEventStore(server.url);
    expect(await again.readStream('uppsala.a-1')).toHaveLength(1);
    await again.close();
  }, 60_000);

  it('is told by what it said where it does not come about', async () => {
    const wrong = `${process.execPath} --eval 'console.error("no licence for {port}"); process.exit(3)'`;
    await expect(startKurrentDb(join(folder, 'none'), 0, wrong)).rejects.toThrow(/ended with 3: no licence for \d+/);
  }, 60_000);
});
