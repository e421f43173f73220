import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store/sqlite';
import { canonicalJson } from '#kernel';
import { foldSnapshot, sha256Of } from '../rules/fold-snapshot.js';
import type { FoldedSnapshot } from '../rules/fold-snapshot.js';
import { everyEvent, goldenEvents, goldenFolderOf, goldenRound, goldenTenant, record } from './golden-log.js';
import { streamsOfLog } from './streams-of-log.js';

/** The golden log of a rule in a store of its own, and stores for other logs beside it. */
export interface GoldenRule {
  readonly fold: (issue: number | 'now', from?: EventStore) => Promise<FoldedSnapshot>;
  /** A store that holds other events. It is closed when the tests have ended. @param noise as `record` takes it */
  readonly storeOf: (events: ReturnType<typeof goldenEvents>, noise?: number) => Promise<EventStore>;
  /** The store with the golden log. */
  readonly store: EventStore;
}

/**
 * What every rule that has made a snapshot is held to: an issue has the bytes that it has always had.
 * @param golden the SHA-256 of each issue of the golden log, in lower-case hexadecimal
 */
export function describeGoldenRule(rule: number, golden: Readonly<Record<number, string>>): GoldenRule {
  let folder: string;
  const stores: EventStore[] = [];

  async function storeOf(events: ReturnType<typeof goldenEvents>, noise = 0): Promise<EventStore> {
    const store = openSqliteEventStore(join(folder, `${stores.length}.db`));
    stores.push(store);
    await record(store, events, noise);
    return store;
  }
  const fold = (issue: number | 'now', from = stores[0]!) =>
    foldSnapshot(from, everyEvent(), { tenant: goldenTenant, roundId: goldenRound(), issue });
  const issues = Object.keys(golden).map(Number);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-rule-'));
    await storeOf(goldenEvents(rule));
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
    await rm(folder, { recursive: true });
  });

  // Nothing that is done here may ever change these: what is told otherwise is told by a new rule.
  it.each(issues)('gives issue %i the bytes that it has always given it', async (issue) => {
    const { bytes, rule: folded, sha256, snapshot } = await fold(issue);
    const kept = await readFile(join(goldenFolderOf(rule), `issue-${issue}.json`));
    // Told first, because it says where the bytes part.
    expect(JSON.parse(bytes.toString())).toEqual(JSON.parse(kept.toString()));
    expect(bytes.equals(kept)).toBe(true);
    expect([folded, sha256, await sha256Of(kept)]).toEqual([rule, golden[issue], golden[issue]]);
    expect(canonicalJson(snapshot)).toBe(kept.toString());
  });

  it.each(issues)('gives issue %i the same bytes from the streams that its plan rests on', async (issue) => {
    const other = await storeOf(goldenEvents(rule), 3);
    const streams = streamsOfLog(other, everyEvent());
    const bound = { tenant: goldenTenant, roundId: goldenRound(), issue };
    const folded = await foldSnapshot(other, everyEvent(), bound, { streams });
    expect([folded.rule, folded.sha256]).toEqual([rule, golden[issue]]);
  });

  it('gives the same bytes from another store, in which everything has another place', async () => {
    const other = await storeOf(goldenEvents(rule), 3);
    expect((await other.head()) > (await stores[0]!.head())).toBe(true);
    for (const issue of issues) expect((await fold(issue, other)).sha256).toBe((await fold(issue)).sha256);
  });

  return {
    fold,
    storeOf,
    get store() {
      return stores[0]!;
    },
  };
}
