import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqliteDocumentStore } from '#document-store/sqlite';
import { openSqliteEventStore } from '#event-store/sqlite';
import { openInProcessJobs } from '#jobs/in-process';
import { SystemProcesses } from './support/system-processes.js';

const openers = 6;
const rounds = 40;

/** A process that opens stores when it is told to. */
class Opener {
  readonly #lines: AsyncIterator<string>;

  constructor(private readonly child: ChildProcess) {
    this.#lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  }

  static async start(): Promise<Opener> {
    const script = join(process.cwd(), 'test', 'support', 'store-opener.mjs');
    const env = { ...process.env, NODE_OPTIONS: '' };
    const opener = new Opener(spawn(process.execPath, [script], { env, stdio: ['pipe', 'pipe', 'inherit'] }));
    await opener.#told();
    return opener;
  }

  async open(folder: string): Promise<string> {
    this.child.stdin!.write(`${folder}\n`);
    return this.#told();
  }

  async end(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.stdin!.end();
    await gone;
  }

  async #told(): Promise<string> {
    const { done, value } = await this.#lines.next();
    return done ? 'ended' : value;
  }
}

describe('Several processes that start at once on a folder without stores', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-at-once-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('all open each store and write to it, however often it happens', async () => {
    const processes = await Promise.all(Array.from({ length: openers }, () => Opener.start()));
    try {
      for (let round = 0; round < rounds; round++) {
        const place = join(folder, String(round));
        await mkdir(place);
        const told = await Promise.all(processes.map((opener) => opener.open(place)));
        expect([round, told]).toEqual([round, processes.map(() => 'opened')]);
        expect(await keptIn(place)).toEqual({ documents: openers, events: openers, jobs: openers });
      }
    } finally {
      await Promise.all(processes.map((opener) => opener.end()));
    }
  }, 120_000);

  it('come about as an API, projectors and workers', async () => {
    const place = join(folder, 'system');
    await mkdir(place);
    const stores = {
      eventStoreUrl: `sqlite:${join(place, 'events.db')}`,
      documentStoreUrl: `sqlite:${join(place, 'documents.db')}`,
    };
    // Those that end at start say why.
    const system = await SystemProcesses.start(stores, 'uppsala', { projectors: 2 });
    expect(await system.stop()).toEqual(system.all.map(() => 0));
    await system.end();
  }, 120_000);
});

async function keptIn(place: string): Promise<{ documents: number; events: number; jobs: number }> {
  const documents = openSqliteDocumentStore(join(place, 'documents.db'));
  const log = openSqliteEventStore(join(place, 'events.db'));
  const jobs = openInProcessJobs(join(place, 'jobs.db'));
  const kept = {
    documents: await documents.count('things', { plan: 'p' }),
    events: (await log.readAll({ limit: 1_000 })).length,
    jobs: (await jobs.list({ limit: 1, offset: 0 })).total,
  };
  await Promise.all([documents.close(), log.close(), jobs.close()]);
  return kept;
}
