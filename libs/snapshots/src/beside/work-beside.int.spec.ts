import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Snapshot } from '../format/snapshot.js';
import { goldenFolderOf } from '../testing/golden-log.js';
import workOn from './snapshot-in-thread.js';
import type { SnapshotTask } from './snapshot-in-thread.js';
import { workBeside } from './work-beside.js';

const origin = { snapshotId: '9f0c5b0e-0000-5000-8000-000000000000', sha256: 'ab'.repeat(32), bytes: 1234 };
const listening = new AbortController().signal;

/** An issue of which an item has a long title. */
function bytesOf(issue: number): Buffer {
  const text = readFileSync(join(goldenFolderOf(3), `issue-${issue}.json`), 'utf8');
  const snapshot = JSON.parse(text) as Snapshot;
  const items = snapshot.items.map((item, at) => (at > 0 ? item : { ...item, title: 'å'.repeat(100_000) }));
  return Buffer.from(JSON.stringify({ ...snapshot, items }));
}
const [long, other] = [bytesOf(1), bytesOf(2)];

describe('What is made of a long snapshot beside other work', () => {
  it.each<SnapshotTask>([
    { work: 'report', bytes: long, origin },
    { work: 'table', bytes: long },
    { work: 'indicator-table', bytes: long },
    { work: 'workbook', bytes: long, origin },
    { work: 'comparison', bytes: long, other },
  ])('is what is made of it here: a $work', async (task) => {
    expect(long.length).toBeGreaterThan(128 * 1024);
    const [beside, here] = [await workBeside(task, listening), await workOn(task)];
    // A thread gives bytes without the class that they had.
    const plain = (made: object) => ({
      ...made,
      ...('content' in made && { content: Buffer.from(made.content as string) }),
    });
    expect(plain(beside)).toEqual(plain(here));
  });
});
