import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Logger } from 'pino';
import { loadEvents, PlanLoader } from '#importing';
import { decideWith, DecisionRunner } from '#deciding';
import type { Readers } from '#deciding';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store/sqlite';
import { EventCatalog, systemClock } from '#kernel';
import { bodyEvents } from '#organisation';
import type { Settings } from '../settings/settings.js';
import { PlansAtStart } from './plans-at-start.js';

const bodies = (name: string) => `sparbar: 1\nbodies: [{ key: amn, name: ${name}, kind: board }]\n`;

describe('The plans of a start', () => {
  let folder: string;
  let store: EventStore;
  const written = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-start-'));
    store = openSqliteEventStore(join(folder, 'events.db'));
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  /** Starts on the same log, and gives what was logged. */
  async function start(...plans: string[]): Promise<string[]> {
    const logged: string[] = [];
    // Doubles: of a log of what happens, and of the body directory, which knows no body.
    const note = (what: object, message: string) => void logged.push(`${message}: ${JSON.stringify(what)}`);
    const logger = { info: note, error: note } as unknown as Logger;
    const nobody = (() => ({ called: () => Promise.resolve([]) })) as unknown as Readers;
    const catalog = new EventCatalog([...loadEvents, ...bodyEvents]);
    const runner = new DecisionRunner(store, catalog, systemClock);
    const loader = new PlanLoader(store, catalog, systemClock, (one) => decideWith(runner, one, nobody), nobody);
    await new PlansAtStart(loader, { plans, tenant: 'test' } as unknown as Settings, logger).load();
    return logged;
  }

  it('goes on where a file says otherwise than when it was loaded, and says so', async () => {
    const file = await written('bodies.yaml', bodies('Arbetsmarknadsnämnden'));
    expect(await start(file)).toEqual([expect.stringMatching(/^loaded a plan file: .*"recorded":1/)]);
    await written('bodies.yaml', bodies('Nämnden för arbete'));
    const groups = await written(
      'next.yaml',
      'sparbar: 1\nbodies: [{ key: ks, name: Kommunstyrelsen, kind: board }]\n',
    );
    const head = await store.head();
    expect(await start(file, groups)).toEqual([
      expect.stringMatching(/^a plan file was loaded before with other content: .*bodies\.yaml/),
      expect.stringMatching(/^loaded a plan file: .*"recorded":1/),
    ]);
    expect(await store.head()).not.toBe(head);
  });

  it('ends where a file has faults of its own', async () => {
    const file = await written('faulty.yaml', 'sparbar: 3\n');
    await expect(start(file)).rejects.toThrow('faulty.yaml has a fault');
  });
});
