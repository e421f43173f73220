import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Snapshot } from '../../format/snapshot.js';
import { goldenEvents, goldenFolderOf } from '../../testing/golden-log.js';
import { describeGoldenRule } from '../../testing/golden-rule.features.js';

const amn = 'e13aff1f-f350-588e-a419-e91e82aa4797';

describe('Rule 4', () => {
  const { fold, storeOf } = describeGoldenRule(4, {
    1: '6d62210f87ed401b7b7887478f21c6304f0e49de80df558860fce4ec9c665b77',
    2: '8f27ae0d87c4a78f0cda5b9b524c27bfe35eb7a5bbadeb2f073f3ae24fd60c4f',
  });
  const coverageOf = ({ coverage }: Snapshot, bodyId: string) =>
    coverage.bodies.find(({ body }) => body.bodyId === bodyId)!;

  it.each([1, 2])('tells in issue %i nothing else than rule 3 where no round was changed', async (issue) => {
    const events = goldenEvents(3).map((event) =>
      'rule' in event.data ? { ...event, data: { ...event.data, rule: 4 } } : event,
    );
    const kept = await readFile(join(goldenFolderOf(3), `issue-${issue}.json`), 'utf8');
    const { snapshot } = await fold(issue, await storeOf(events));
    expect({ ...snapshot, rule: 3 }).toEqual(JSON.parse(kept));
  });

  it('tells what was changed in the round, while it was planned and while it was open', async () => {
    const { round } = (await fold(1)).snapshot;
    expect(round).toMatchObject({ label: 'Delårsuppföljning per augusti 2025', deadline: '2025-09-12' });
    expect(round.amendments).toMatchObject([
      { before: { deadline: '2025-09-12' }, after: { deadline: '2025-09-11' } },
      {
        recordedAt: '2025-09-02T09:00:00.000Z',
        reason: 'Dagen stod fel',
        before: { deadline: '2025-09-11', label: 'Delårsuppföljning augusti 2025' },
        after: { deadline: '2025-09-12', label: 'Delårsuppföljning per augusti 2025' },
      },
    ]);
  });

  it("lets a body's own deadline say what was late, unless it was taken back", async () => {
    const { snapshot } = await fold(1);
    const [extended, recalled] = [
      coverageOf(snapshot, amn),
      coverageOf(snapshot, '98800357-d04e-533c-bb53-829686f8d015'),
    ];
    // It was ready on the 15th, after the day of the others and before its own.
    expect(extended).toMatchObject({ deadline: '2025-09-16', ready: { recordedAt: '2025-09-15T10:00:00.000Z' } });
    expect(extended.ready!.afterDeadline).toBeUndefined();
    expect(recalled.deadline).toBeUndefined();
    const without = await storeOf(goldenEvents(4).filter(({ type }) => type !== 'BodyDeadlineExtended'));
    const told = (await fold(1, without)).snapshot;
    expect(coverageOf(told, amn).ready!.afterDeadline).toBe(true);
    const late = ({ items }: Snapshot) =>
      items
        .flatMap(({ contributions, status }) => [...(status ? [status] : []), ...contributions])
        .filter(({ afterDeadline, body }) => afterDeadline && body.bodyId === amn).length;
    expect(late(told)).toBeGreaterThan(late(snapshot));
  });

  it('passes over a round that was cancelled', async () => {
    const { previousRound } = (await fold(1)).snapshot;
    expect(previousRound).toMatchObject({ referenceDate: '2025-03-31' });
    const without = await storeOf(goldenEvents(4).filter(({ type }) => type !== 'RoundCancelled'));
    expect((await fold(1, without)).snapshot.previousRound).toMatchObject({ label: 'Uppföljning juni 2025' });
  });
});
