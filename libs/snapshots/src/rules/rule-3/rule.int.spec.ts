import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { goldenEvents, goldenFolderOf } from '../../testing/golden-log.js';
import { describeGoldenRule } from '../../testing/golden-rule.features.js';

describe('Rule 3', () => {
  const { fold, storeOf } = describeGoldenRule(3, {
    1: '7fc5519585c7921e67d85472bbc46a0e4fe47016613c63baf5cfc95938658a75',
    2: '2777df4daa3e96aaee540be9e91740e488db8f53199ae0a712ef68c2ef083bdb',
  });

  it.each([1, 2])('tells in issue %i nothing else than rule 2 did of lists that stood in the freeze', async (issue) => {
    const kept = await readFile(join(goldenFolderOf(2), `issue-${issue}.json`), 'utf8');
    const { snapshot } = await fold(issue);
    expect(snapshot.coverage.missingAtFreeze).not.toEqual([]);
    expect({ ...snapshot, rule: 2 }).toEqual(JSON.parse(kept));
  });

  it('tells of a list that stands in the freeze itself as well', async () => {
    // As a round that was frozen under an earlier rule is issued anew.
    const events = goldenEvents(2).map((event) =>
      event.type === 'SnapshotReissued' ? { ...event, data: { ...event.data, rule: 3 } } : event,
    );
    const older = await storeOf(events);
    expect(await fold(2, older)).toMatchObject({ rule: 3, sha256: (await fold(2)).sha256 });
  });
});
