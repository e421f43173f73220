import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store/sqlite';
import { idOf } from '#kernel';
import type { Counts } from '../../format/snapshot.js';
import { everyEvent, goldenEvents, goldenRound, goldenTenant, record } from '../../testing/golden-log.js';
import { foldSnapshot } from '../fold-snapshot.js';

type Events = ReturnType<typeof goldenEvents>;

const golden = goldenEvents(4);
const frozenAt = golden.findLastIndex(({ data, type }) => type === 'RoundFrozen' && data['roundId'] === goldenRound());
const frozen = golden[frozenAt]!;
const planId = frozen.data['planId'] as string;
const [visits] = golden.filter(({ data, type }) => type === 'IndicatorDefined' && data['key'] === 'besok');
const scaleDefined = golden.find(({ type }) => type === 'ScaleDefined')!;

/** An event that was recorded just before the freeze. */
const told = (type: string, data: object, { stream }: Events[number], effectiveOn = '2025-08-01') => {
  const id = idOf('golden meaning', type, JSON.stringify(data));
  const metadata = { ...frozen.metadata, commandId: id, causationId: id, effectiveOn, schema: 1 };
  return { id, type, stream, data, metadata } as unknown as Events[number];
};
const { key: _key, ...definition } = visits!.data;
const percent = { ...definition, measure: { unit: 'procent', kind: 'share' }, direction: 'increase' };
const value = (period: string, total: object, meant?: number) => {
  const of = { indicatorId: visits!.data['indicatorId'], planId, period, total };
  return told('IndicatorValueRecorded', { ...of, ...(meant && { definition: meant }) }, visits!);
};
const subjectOf = ({ data }: Events[number]) => ({ indicatorId: data['indicatorId'], planId });
const correcting = ({ id }: Events[number], event: Events[number]): Events[number] => ({
  ...event,
  metadata: { ...event.metadata, corrects: id },
});
const takenBack = (event: Events[number], change: string, period?: string) => {
  const data = { ...subjectOf(event), eventId: event.id, change, reason: 'Fel', ...(period && { period }) };
  return correcting(event, told('IndicatorChangeCancelled', data, event));
};
const sumOf = ({ discontinued, levels, notAssessed, onHoldNotAssessed = 0 }: Counts): number =>
  levels.reduce((sum, { count }) => sum + count, discontinued + notAssessed + onHoldNotAssessed);

describe('Meanings, in a snapshot by rule 4', () => {
  let folder: string;
  const stores: EventStore[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-meanings-'));
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
    await rm(folder, { recursive: true });
  });

  async function foldOf(...events: Events) {
    const store = openSqliteEventStore(join(folder, `${stores.length}.db`));
    stores.push(store);
    await record(store, golden.toSpliced(frozenAt, 0, ...events));
    return (await foldSnapshot(store, everyEvent(), { tenant: goldenTenant, roundId: goldenRound(), issue: 1 }))
      .snapshot;
  }
  const visitsIn = ({ indicators }: Awaited<ReturnType<typeof foldOf>>) =>
    indicators.find(({ indicatorId }) => indicatorId === visits!.data['indicatorId'])!;

  it('are as they were corrected, and of what was taken back there are none', async () => {
    const redefined = told('IndicatorRedefined', { ...percent, reason: 'Ny mätning', version: 2 }, visits!);
    const mistaken = value('2025', { value: '41' }, 2);
    const target = told('IndicatorTargetSet', { ...subjectOf(visits!), target: { direction: 'increase' } }, visits!);
    const right = { ...percent, measure: { unit: 'antal', kind: 'count' } };
    const indicator = visitsIn(
      await foldOf(
        redefined,
        value('2023', { value: '40' }, 2),
        mistaken,
        target,
        correcting(redefined, told('IndicatorRedefined', { ...right, reason: 'Fel enhet', version: 2 }, visits!)),
        correcting(
          visits!,
          told('IndicatorRedefined', { ...definition, source: 'SCB', reason: 'Fel', version: 1 }, visits!),
        ),
        takenBack(mistaken, 'IndicatorValueRecorded', '2025'),
        takenBack(target, 'IndicatorTargetSet'),
      ),
    );
    expect(indicator.definitions).toMatchObject([
      { version: 1, source: 'SCB' },
      { version: 2, measure: { unit: 'antal' } },
    ]);
    expect(indicator.series.find(({ period }) => period === '2023')).toMatchObject({ definition: 2 });
    expect(indicator.series.map(({ period }) => period)).not.toContain('2025');
    expect(indicator.target).not.toEqual({ direction: 'increase' });
    const without = visitsIn(await foldOf(redefined, takenBack(redefined, 'IndicatorRedefined')));
    expect(without).toEqual(visitsIn(await foldOf()));
  });

  it('of values are those of the version that was in force at their place in the log, or that they name', async () => {
    const indicator = visitsIn(
      await foldOf(
        value('2023', { value: '6609', asPrinted: '6 609 (okt)', provisionalAsOf: '2023-10' }),
        told('IndicatorRedefined', { ...percent, reason: 'Ny mätning' }, visits!),
        value('2025', { value: '41', provisionalAsOf: '2025-08' }),
        value('2022', { value: '6000', provisionalAsOf: '2022-10' }, 1),
      ),
    );
    expect(indicator).toMatchObject({
      measure: { unit: 'procent' },
      definitions: [
        { version: 1, measure: { unit: 'besök' }, direction: 'maintain' },
        { version: 2, measure: { unit: 'procent' }, since: '2025-08-01', reason: 'Ny mätning' },
      ],
      series: [
        { period: '2022', definition: 1, movement: 'unknown' },
        { period: '2023', definition: 1, movement: 'changed', against: '2022' },
        { period: '2024', definition: 1, movement: 'changed', against: '2023' },
        { period: '2025', definition: 2, break: ['unit', 'measure-kind'], movement: 'not-comparable' },
      ],
    });
    expect(indicator.series[3]!.notComparable).toEqual(['unit', 'measure-kind', 'cut-off']);
    expect(indicator.series.slice(0, 3).some((entry) => entry.break)).toBe(false);
  });

  it('of a definition that begins after what the issue tells are left to the next one', async () => {
    const later = told('IndicatorRedefined', { ...percent, reason: 'Ny mätning' }, visits!, '2026-01-01');
    const indicator = visitsIn(await foldOf(later));
    expect(indicator.measure.unit).toBe('besök');
    expect(indicator).not.toHaveProperty('definitions.1');
  });

  it('of levels are those of the version that an item was judged on, and every item is counted once', async () => {
    const without = await foldOf();
    const { scaleId } = scaleDefined.data;
    const level = (code: string, label: string, rank: number) => {
      return { code, label, meaning: label, colour: 'green', icon: 'circle', rank };
    };
    const levels = [level('good', 'Bra', 1), level('bad', 'Dåligt', 2)];
    const plan = golden.find(({ data, type }) => type === 'PlanAdopted' && data['planId'] === planId)!;
    const snapshot = await foldOf(
      told('ScaleRevised', { scaleId, version: 2, levels }, scaleDefined),
      told('PlanAmended', { planId, scale: { scaleId, version: 2 } }, plan),
    );
    for (const { totals } of [without, snapshot]) {
      for (const counts of [totals.all, ...totals.byKind, ...totals.byTopItem, ...totals.byBody]) {
        expect(sumOf(counts)).toBe(counts.items);
      }
    }
    const rows = ({ totals }: typeof snapshot) => totals.all.levels.map(({ count, label }) => [label, count]);
    expect(rows(without).filter(([, count]) => count !== 0)).toEqual([
      ['Grön', 3],
      ['Gul', 1],
    ]);
    expect(rows(snapshot)).toEqual([
      ['Bra', 0],
      ['Dåligt', 0],
      ['Grön enligt skala version 1', 3],
      ['Gul enligt skala version 1', 1],
    ]);
    expect(snapshot.plan.otherScales).toMatchObject([{ scaleId, version: 1, levels: { length: 4 } }]);
    const judged = snapshot.items.filter(({ status }) => status !== null);
    expect(judged.map(({ status }) => status!.scale)).toEqual(judged.map(() => ({ scaleId, version: 1 })));
    expect(without.items.some(({ status }) => status?.scale)).toBe(false);
  });
});
