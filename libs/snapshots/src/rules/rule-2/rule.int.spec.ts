import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { goldenEvents, goldenFolderOf } from '../../testing/golden-log.js';
import { describeGoldenRule } from '../../testing/golden-rule.features.js';

describe('Rule 2', () => {
  const { fold, storeOf } = describeGoldenRule(2, {
    1: '651362e654f45b4857efa517f66474e1d842afef9f16d5b835fb9da979b1d268',
    2: '1557526c92372726b9649ade822fc0b38b8a29638097c3d3d6ae176da9f8c88b',
  });
  const item = async (issue: number | 'now', key: string) =>
    (await fold(issue)).snapshot.items.find((one) => one.key === key)!;

  it('tells nothing else than rule 1 where nothing was ever on hold', async () => {
    const events = goldenEvents(2).filter(({ type }) => type !== 'ItemHeld' && type !== 'ItemResumed');
    const { snapshot } = await fold(2, await storeOf(events));
    const kept = await readFile(join(goldenFolderOf(1), 'issue-2.json'), 'utf8');
    const withoutCounts = JSON.parse(JSON.stringify(snapshot).replaceAll(',"onHold":0', '')) as typeof snapshot;
    expect({ ...withoutCounts, rule: 1 }).toEqual(JSON.parse(kept));
  });

  it('tells which items were on hold on the reference date, until when, and why', async () => {
    expect((await item(1, 'u3')).hold).toEqual({
      since: '2025-07-01',
      until: '2025-12-01',
      reason: 'Detaljplanen är överklagad',
    });
  });

  it('tells of no hold that was over, taken up again, cut off by an end, or began later', async () => {
    for (const key of ['a4', 'u2', 'a1', 'u1']) expect([key, (await item(2, key)).hold]).toEqual([key, undefined]);
  });

  it('asks nobody to assess what rests, and counts it apart', async () => {
    const { coverage, totals } = (await fold(1)).snapshot;
    const u3 = (await item(1, 'u3')).itemId;
    expect(coverage.bodies.flatMap(({ missingItemIds }) => missingItemIds)).not.toContain(u3);
    expect(totals.all).toMatchObject({ items: 9, onHold: 1, notAssessed: 3 });
    expect(totals.byKind.find(({ id }) => id === 'uppdrag')).toMatchObject({ onHold: 1, notAssessed: 0 });
  });

  it('tells of a hold that was recorded after the freeze in the next issue, as late; what was assessed stays assessed', async () => {
    expect((await item(1, 'a3')).hold).toBeUndefined();
    expect(await item(2, 'a3')).toMatchObject({
      hold: { until: '2025-11-01', reason: 'Personalbrist' },
      status: { level: { code: 'on-track' } },
    });
    const { revisions } = (await fold(2)).snapshot;
    expect(revisions.find(({ kind, late }) => kind === 'held' && late)).toMatchObject({
      effectiveOn: '2025-08-20',
      before: { heldUntil: null },
      after: { heldUntil: '2025-11-01' },
      reason: 'Personalbrist',
    });
  });

  it('tells of holds among the revisions, by the day that they speak of', async () => {
    const { revisions } = (await fold(1)).snapshot;
    const days = revisions.map(({ effectiveOn }) => effectiveOn);
    expect(days).toEqual([...days].sort());
    const u3 = (await item(1, 'u3')).itemId;
    const holds = revisions.filter(({ item: { itemId }, kind }) => itemId === u3 && kind === 'held');
    expect(holds).toMatchObject([
      { after: { heldUntil: '2025-10-01' }, decision: { diarienummer: 'KSN-2025-00710' } },
      { before: { heldUntil: '2025-10-01' }, after: { heldUntil: '2025-12-01' } },
    ]);
    expect(revisions.find(({ kind }) => kind === 'resumed')).toMatchObject({
      after: { heldUntil: null },
      comment: 'Bidraget beviljades',
    });
  });
});
