import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { idOf, partsOfStream } from '#kernel';
import { idNumbered } from '#kernel/testing';
import type { IndicatorContent, Snapshot } from '../../format/snapshot.js';
import { everyEvent, goldenEvents, goldenFolderOf, goldenRound, goldenTenant } from '../../testing/golden-log.js';
import { streamsOfLog } from '../../testing/streams-of-log.js';
import { foldSnapshot } from '../fold-snapshot.js';
import { describeGoldenRule } from '../../testing/golden-rule.features.js';

const amn = 'e13aff1f-f350-588e-a419-e91e82aa4797';

describe('Rule 4', () => {
  const { fold, storeOf } = describeGoldenRule(4, {
    1: 'fd29489299f68b1e4b572636dac94a643e8960268576e9a5fcd1814213c30bec',
    2: 'c45068111234f80f88e642ac85ca77750307c3205044c8ac6a3272c102a90cc1',
  });
  const coverageOf = ({ coverage }: Snapshot, bodyId: string) =>
    coverage.bodies.find(({ body }) => body.bodyId === bodyId)!;

  it.each([1, 2])('tells in issue %i nothing else than rule 3 where no round was changed', async (issue) => {
    const events = goldenEvents(3).map((event) =>
      'rule' in event.data ? { ...event, data: { ...event.data, rule: 4 } } : event,
    );
    const kept = JSON.parse(await readFile(join(goldenFolderOf(3), `issue-${issue}.json`), 'utf8')) as Snapshot;
    const { snapshot } = await fold(issue, await storeOf(events));
    // But for how values are compared, and for those on hold that are not assessed, which are counted too.
    const { indicators, totals, ...others } = snapshot;
    expect({ ...others, rule: 3, indicators: null, totals: null }).toEqual({ ...kept, indicators: null, totals: null });
    expect(totals).toMatchObject(kept.totals);
    const uncompared = (indicator: IndicatorContent): IndicatorContent => ({
      ...{ ...indicator, targetMet: undefined, targetStatus: undefined },
      series: indicator.series.map((entry) => ({
        ...entry,
        ...{ movement: 'unknown', against: undefined, notComparable: undefined, difference: undefined },
      })),
    });
    expect(indicators.map(uncompared)).toEqual(kept.indicators.map(uncompared));
  });

  it('compares values that are counted up to the same month alone, and tells no threshold before its deadline', async () => {
    const [share] = (await fold(1)).snapshot.indicators;
    expect(share).toMatchObject({ target: { atMost: '1', by: '2026-12-31' }, targetStatus: 'not-yet-due' });
    expect(share!.targetMet).toBeUndefined();
    expect(share!.series).toMatchObject([
      { period: '2023', movement: 'unknown' },
      { period: '2024', movement: 'towards', against: '2023' },
      { period: '2025', movement: 'not-comparable', against: '2024', notComparable: ['cut-off'] },
    ]);
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

  it('tells nothing of what was taken back, from the issue on that knows of it', async () => {
    const events = goldenEvents(4);
    const isOfRound = ({ data }: (typeof events)[number]) => data['roundId'] === goldenRound();
    const frozenAt = events.findLastIndex((event) => event.type === 'RoundFrozen' && isOfRound(event));
    const reissuedAt = events.findLastIndex((event) => event.type === 'SnapshotReissued' && isOfRound(event));
    const made = events.findLast(
      (event, at) =>
        at < frozenAt && event.type === 'ItemAssessed' && isOfRound(event) && event.data['capacity'] === 'owner',
    )!;
    const { itemId, planId } = made.data as { itemId: string; planId: string };
    const revision = events.filter((event, at) => at < frozenAt && event.stream === made.stream).length;
    const told = (at: number, type: string, data: object) => {
      const metadata = { ...events[at]!.metadata, effectiveOn: made.metadata.effectiveOn, schema: 1 };
      const event = { id: idOf('taken back', type, String(at)), type, stream: made.stream, metadata };
      return { ...event, data: { itemId, planId, ...data } } as unknown as (typeof events)[number];
    };
    const { evidence, level, motivation, scale, ...about } = made.data;
    const withdrawn = { ...about, scale: undefined, reason: 'Fel' };
    const reinstated = { ...about, scale, level, motivation, evidence, reason: 'Rätt ändå' };
    const gone = (from: number) => ({
      ...{ retracted: 'ItemCompleted', revisions: [from], reason: 'Fel uppdrag' },
      restores: { lifecycle: { value: { state: 'active' }, since: '2025-01-01' } },
    });
    const at = (place: number, ...more: typeof events) => events.toSpliced(place, 0, ...more);
    const itemIn = ({ items }: Snapshot) => {
      const { lifecycle, status } = items.find((item) => item.itemId === itemId)!;
      return [lifecycle.state, status?.assessmentId, status?.late];
    };
    const folded = async (issue: number, log: typeof events) =>
      itemIn((await fold(issue, await storeOf(log))).snapshot);
    const wrong = [told(frozenAt, 'ItemCompleted', {}), told(frozenAt, 'AssessmentWithdrawn', withdrawn)];
    const right = (place: number) => [
      told(place, 'ItemRevisionRetracted', gone(revision)),
      told(place, 'AssessmentReinstated', reinstated),
    ];
    const [state, assessmentId] = await folded(1, events);
    expect((await folded(1, at(frozenAt, ...wrong)))[0]).toBe('completed');
    expect(await folded(1, at(frozenAt, ...wrong, ...right(frozenAt)))).toEqual([state, assessmentId, undefined]);
    const later = at(reissuedAt, ...right(reissuedAt)).toSpliced(frozenAt, 0, ...wrong);
    expect((await folded(1, later))[0]).toBe('completed');
    expect(await folded(2, later)).toEqual([state, assessmentId, true]);
  });

  it('passes over a round that was cancelled', async () => {
    const { previousRound } = (await fold(1)).snapshot;
    expect(previousRound).toMatchObject({ referenceDate: '2025-03-31' });
    const without = await storeOf(goldenEvents(4).filter(({ type }) => type !== 'RoundCancelled'));
    expect((await fold(1, without)).snapshot.previousRound).toMatchObject({ label: 'Uppföljning juni 2025' });
  });

  it('tells formal decisions as they were corrected up to then, and no later correction', async () => {
    const events = goldenEvents(4);
    const [adopted, reworded] = ['PlanAdopted', 'ItemReworded'].map((type) =>
      events.find((event) => event.type === type && event.metadata.decision)!,
    );
    const corrected = ({ data, id, metadata, stream }: (typeof events)[number], nth: number) => {
      const { category, id: subjectId } = partsOfStream(stream);
      const { decision: before, ...told } = metadata;
      const decided = { bodyId: amn, date: '2025-05-22', paragraph: `§ ${nth}` };
      const about = { eventId: id, category, subjectId, planId: data['planId'], before, decided, reason: 'Fel' };
      const eventId = idNumbered(nth);
      return {
        ...{ id: eventId, type: 'DecisionCorrected', stream: `${goldenTenant}.decision-${id}` },
        data: about as (typeof events)[number]['data'],
        metadata: { ...told, corrects: id, commandId: eventId, causationId: eventId },
      } as unknown as (typeof events)[number];
    };
    const frozenAt = events.findLastIndex(({ type }) => type === 'RoundFrozen');
    const log = [
      ...events.slice(0, frozenAt),
      corrected(adopted!, 1),
      corrected(reworded!, 2),
      events[frozenAt]!,
      corrected(reworded!, 3),
      ...events.slice(frozenAt + 1),
    ];
    const store = await storeOf(log);
    const { snapshot } = await fold(1, store);
    expect(snapshot.plan.decisions).toMatchObject([{ about: 'adoption', date: '2025-05-22', paragraph: '§ 1' }]);
    expect(snapshot.plan.decisions[0]!.diarienummer).toBeUndefined();
    const paragraphs = ({ revisions }: Snapshot) => revisions.flatMap(({ decision }) => decision?.paragraph ?? []);
    expect(paragraphs(snapshot)).toEqual(expect.arrayContaining(['§ 2', '§ 88']));
    expect(paragraphs((await fold(2, store)).snapshot)).toContain('§ 3');
    const streams = streamsOfLog(store, everyEvent());
    const bound = { tenant: goldenTenant, roundId: goldenRound(), issue: 1 };
    expect((await foldSnapshot(store, everyEvent(), bound, { streams })).snapshot).toEqual(snapshot);
  });
});
