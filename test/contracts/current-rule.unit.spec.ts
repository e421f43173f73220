import { describe, expect, it } from '@jest/globals';
import { currentRule } from '#rounds';
import { eventCatalog } from '#running/contracts';
import { snapshotRules } from '#snapshots';

describe('The rule by which snapshots are folded', () => {
  const { ignores, reads } = snapshotRules[currentRule]!;

  // A new event asks for the next rule, which tells it or ignores it by name: what this one has made stands still.
  it('reads every event of the catalog, or ignores it by name', () => {
    const known = [...reads, ...ignores];
    expect(eventCatalog().types.filter((type) => !known.includes(type))).toEqual([]);
    expect(known.filter((type) => !eventCatalog().types.includes(type))).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
  });

  it('is the newest, and none before it is gone', () => {
    const versions = Object.values(snapshotRules).map(({ version }) => version);
    expect(versions).toEqual(Array.from({ length: currentRule }, (_, index) => index + 1));
  });
});
