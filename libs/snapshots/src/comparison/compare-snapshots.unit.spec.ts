import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Snapshot } from '../format/snapshot.js';
import { goldenFolder, goldenFolderOf } from '../testing/golden-log.js';
import { compareSnapshots } from './compare-snapshots.js';

const issue = (number: number) =>
  JSON.parse(readFileSync(join(goldenFolder, `issue-${number}.json`), 'utf8')) as Snapshot;

describe('Comparing snapshots', () => {
  it('finds nothing between a snapshot and itself', () => {
    expect(compareSnapshots(issue(1), issue(1))).toMatchObject({
      same: true,
      changedItems: [],
      bodies: [],
      changedIndicators: [],
    });
  });

  it('tells what a new issue says otherwise', () => {
    const { changedItems, now, same, then, totals } = compareSnapshots(issue(1), issue(2));
    expect([same, then.issue, now.issue]).toEqual([false, 1, 2]);
    expect(changedItems).toHaveLength(1);
    expect(changedItems[0]).toMatchObject({
      item: { label: 'Uppdrag 7' },
      changes: [
        { what: 'level', then: 'Gul', now: 'Grön' },
        { what: 'motivation', then: 'E-tjänsten är försenad.', now: 'E-tjänsten är driftsatt.' },
        { what: 'evidence', then: expect.stringContaining('Protokoll') },
        { what: 'contribution', body: { name: 'Kommunstyrelsen' }, then: null, now: 'Grön. Styrelsens del är klar.' },
      ],
    });
    expect(totals.filter((count) => count.then !== count.now)).toEqual([
      { what: 'on-track', label: 'Grön', then: 3, now: 4 },
      { what: 'delayed', label: 'Gul', then: 1, now: 0 },
    ]);
  });

  it('tells which bodies have reported since, and which indicators moved', () => {
    const { bodies, changedIndicators } = compareSnapshots(issue(1), issue(2));
    expect(bodies).toMatchObject([{ body: { name: 'Kommunstyrelsen' }, then: { assessed: 0 }, now: { assessed: 1 } }]);
    expect(changedIndicators).toMatchObject([
      { periods: [{ period: '2025', then: { total: { value: '1.19' } }, now: { total: { value: '1.18' } } }] },
    ]);
  });

  it('tells what rests in an issue of a later rule', () => {
    const held = JSON.parse(readFileSync(join(goldenFolderOf(2), 'issue-1.json'), 'utf8')) as Snapshot;
    const { changedItems, totals } = compareSnapshots(issue(1), held);
    expect(changedItems.flatMap(({ changes }) => changes)).toContainEqual({
      what: 'hold',
      then: null,
      now: 'Vilar till 2025-12-01: Detaljplanen är överklagad',
    });
    expect(totals).toContainEqual({ what: 'on-hold', label: 'Vilande', then: 0, now: 1 });
  });

  it('says of what was made up that it was, on either side, and tells where it comes from otherwise', () => {
    const [told, made] = [1, 2].map(
      (number) => JSON.parse(readFileSync(join(goldenFolderOf(5), `issue-${number}.json`), 'utf8')) as Snapshot,
    ) as [Snapshot, Snapshot];
    const { changedIndicators, changedItems, now, then } = compareSnapshots(told, made);
    expect([then.invented, now.invented]).toEqual([true, true]);
    const renamed = changedItems.find(({ item }) => item.label === 'Uppdrag 7')!;
    expect(renamed.item.invented).toBe(true);
    expect(changedIndicators.find(({ indicator }) => indicator.name.startsWith('Andel genomförda'))).toMatchObject({
      periods: [
        { period: '2024', then: { computed: { total: '20.2' } }, now: { computed: { total: '19.9' }, invented: true } },
      ],
      redefined: false,
    });
    const real = { ...made.items.find(({ key }) => key === 'a3')! };
    const status = { ...real.status!, invented: undefined, attested: undefined };
    const honest = { ...made, items: made.items.map((item) => (item.key === 'a3' ? { ...real, status } : item)) };
    const { changes } = compareSnapshots(honest, made).changedItems[0]!;
    expect(changes).toContainEqual({ what: 'provenance', then: null, now: 'Påhittat' });
    expect(changes).toContainEqual({ what: 'level', then: 'Grön', now: 'Påhittat: Grön' });
  });

  it('tells what is inferred and remarked otherwise, and not that an earlier rule did not tell it', () => {
    const by = (rule: number) =>
      JSON.parse(readFileSync(join(goldenFolderOf(rule), 'issue-1.json'), 'utf8')) as Snapshot;
    const [then, now] = [by(5), by(6)];
    expect(compareSnapshots(then, now)).toMatchObject({ same: true, changedItems: [], changedIndicators: [] });
    const items = now.items.map(({ note: _, given: __, ...item }) => ({
      ...item,
      successors: item.successors.map(({ printedLabel: ___, ...link }) => link),
    }));
    const indicators = now.indicators.map((indicator) => ({
      ...indicator,
      series: indicator.series.map(({ inferred: _, ...entry }) => entry),
    }));
    const { changedIndicators, changedItems } = compareSnapshots({ ...now, indicators, items }, now);
    const changes = changedItems.flatMap((item) => item.changes);
    expect([...new Set(changes.map(({ what }) => what))].sort()).toEqual(['links', 'origin', 'particulars']);
    expect(changes.map((change) => change.now).join()).toMatch(/Anmärkning: .*i dokumentet: Slås ihop med/);
    expect(changedIndicators).toMatchObject([
      { periods: [{ now: { provenance: expect.stringContaining('Avläst') } }] },
    ]);
  });

  it('tells which items came and went', () => {
    const [then, now] = [issue(1), issue(1)];
    const fewer = { ...now, items: now.items.slice(1) };
    expect(compareSnapshots(then, fewer).removedItems).toMatchObject([{ label: 'Fokusmål 1' }]);
    expect(compareSnapshots(fewer, then)).toMatchObject({ same: false, addedItems: [{ label: 'Fokusmål 1' }] });
  });
});
