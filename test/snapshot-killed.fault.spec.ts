import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqliteDocumentStore } from '#document-store/sqlite';
import { openSqliteEventStore } from '#event-store/sqlite';
import { eventCatalog } from '../apps/composition/src/contracts.js';
import { SnapshotArchive, snapshotIdOf } from '#follow-up';
import {
  goldenEvents,
  goldenFolder,
  goldenRound,
  goldenTenant,
  record,
} from '../libs/follow-up/src/snapshot/testing/golden-log.js';

const kills = 12;
const killWithinMilliseconds = 45;
const boundMilliseconds = 20_000;

describe('A worker that is killed while it makes a snapshot', () => {
  let folder: string;
  const roundId = goldenRound();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-killed-snapshot-'));
    const log = openSqliteEventStore(join(folder, 'events.db'));
    await record(
      log,
      goldenEvents().filter(({ type }) => type !== 'SnapshotRecorded'),
    );
    await log.close();
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Runs the worker, and kills it so long after it began. @returns whether it came to its end */
  async function work(killAfter?: number): Promise<boolean> {
    const script = join(process.cwd(), 'test', 'support', 'make-snapshot.mjs');
    const child = spawn(process.execPath, [script, folder, goldenTenant, roundId, '1'], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const bound = setTimeout(() => child.kill('SIGKILL'), boundMilliseconds);
    let told = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (told === '' && killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
      told += chunk.toString();
    });
    await once(child, 'exit');
    clearTimeout(bound);
    return told.includes('made');
  }

  it('leaves one snapshot, with the bytes that it always has', async () => {
    let ended = 0;
    for (let kill = 0; kill < kills; kill++) {
      if (await work((kill * killWithinMilliseconds) / kills)) ended++;
    }
    // Nothing would have been tried if every worker had come to its end.
    expect(ended).toBeLessThan(kills);
    expect(await work()).toBe(true);
    const log = openSqliteEventStore(join(folder, 'events.db'));
    const documents = openSqliteDocumentStore(join(folder, 'documents.db'));
    const events = await log.readStream(`${goldenTenant}.round-${roundId}`);
    expect(events.filter(({ type }) => type === 'SnapshotRecorded')).toHaveLength(1);
    expect(await documents.count('snapshots', {})).toBe(1);
    const archive = new SnapshotArchive(log, documents, eventCatalog());
    const snapshotId = snapshotIdOf(goldenTenant, roundId, 1);
    expect(await archive.verify(goldenTenant, snapshotId)).toMatchObject({ verdict: 'same' });
    const golden = await readFile(join(goldenFolder, 'issue-1.json'));
    expect((await archive.read(goldenTenant, snapshotId)).bytes.equals(golden)).toBe(true);
    await log.close();
    await documents.close();
  }, 120_000);
});
