import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store/sqlite';
import {
  everyEvent,
  goldenEvents,
  goldenFolderOf,
  goldenRound,
  goldenTenant,
  record,
} from '../../testing/golden-log.js';
import { foldSnapshot, sha256Of } from '../fold-snapshot.js';

describe('Rule 3', () => {
  let folder: string;
  let store: EventStore;
  const catalog = everyEvent();
  const fold = (issue: number, from = store) =>
    foldSnapshot(from, catalog, { tenant: goldenTenant, roundId: goldenRound(), issue });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-rule-'));
    store = openSqliteEventStore(join(folder, 'events.db'));
    await record(store, goldenEvents(3));
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  // Nothing that is done here may ever change these: what is told otherwise is told by a new rule.
  it.each([
    [1, '7fc5519585c7921e67d85472bbc46a0e4fe47016613c63baf5cfc95938658a75'],
    [2, '2777df4daa3e96aaee540be9e91740e488db8f53199ae0a712ef68c2ef083bdb'],
  ])('gives issue %i the bytes that it has always given it', async (issue, golden) => {
    const { bytes, rule, sha256 } = await fold(issue);
    const kept = await readFile(join(goldenFolderOf(3), `issue-${issue}.json`));
    // Told first, because it says where the bytes part.
    expect(JSON.parse(bytes.toString())).toEqual(JSON.parse(kept.toString()));
    expect([rule, sha256, sha256Of(kept)]).toEqual([3, golden, golden]);
  });

  it('gives the same bytes from another store, in which everything has another place', async () => {
    const other = openSqliteEventStore(join(folder, 'other.db'));
    await record(other, goldenEvents(3), 3);
    for (const issue of [1, 2]) expect((await fold(issue, other)).sha256).toBe((await fold(issue)).sha256);
    await other.close();
  });

  it.each([1, 2])('tells in issue %i nothing else than rule 2 did of lists that stood in the freeze', async (issue) => {
    const kept = await readFile(join(goldenFolderOf(2), `issue-${issue}.json`), 'utf8');
    const { snapshot } = await fold(issue);
    expect(snapshot.coverage.missingAtFreeze).not.toEqual([]);
    expect({ ...snapshot, rule: 2 }).toEqual(JSON.parse(kept));
  });

  it('tells of a list that stands in the freeze itself as well', async () => {
    const older = openSqliteEventStore(join(folder, 'older.db'));
    // As a round that was frozen under an earlier rule is issued anew.
    const events = goldenEvents(2).map((event) =>
      event.type === 'SnapshotReissued' ? { ...event, data: { ...event.data, rule: 3 } } : event,
    );
    await record(older, events);
    expect(await fold(2, older)).toMatchObject({ rule: 3, sha256: (await fold(2)).sha256 });
    await older.close();
  });
});
