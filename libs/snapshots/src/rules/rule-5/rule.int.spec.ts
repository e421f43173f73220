import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { idOf } from '#kernel';
import type { IndicatorContent, ItemContent, Snapshot } from '../../format/snapshot.js';
import { goldenEvents, goldenFolderOf, goldenRound } from '../../testing/golden-log.js';
import { describeGoldenRule } from '../../testing/golden-rule.features.js';

const amn = 'e13aff1f-f350-588e-a419-e91e82aa4797';

/** Every object within something, that itself among them. */
function* within(told: unknown): Generator<Record<string, unknown>, void, undefined> {
  if (typeof told !== 'object' || told === null) return;
  if (!Array.isArray(told)) yield told as Record<string, unknown>;
  for (const inner of Object.values(told)) yield* within(inner);
}

describe('Rule 5', () => {
  const { fold, storeOf } = describeGoldenRule(5, {
    1: '411fbbf51f2c707cb4b07f7c6592d470a5b199503c3b0985f49435f3d8cd0147',
    2: 'f76ac721aa7f40a87c86c31cfd5707e923e74c5c62973e6c5aaaf4ab9be1d079',
  });
  const itemIn = ({ items }: Snapshot, key: string): ItemContent => items.find((one) => one.key === key)!;
  const indicatorIn = ({ indicators }: Snapshot, key: string): IndicatorContent =>
    indicators.find((one) => one.key === key)!;

  it.each([1, 2])('tells in issue %i nothing else than rule 4 where nothing is attested or invented', async (issue) => {
    const events = goldenEvents(4).map((event) =>
      'rule' in event.data ? { ...event, data: { ...event.data, rule: 5 } } : event,
    );
    const kept = JSON.parse(await readFile(join(goldenFolderOf(4), `issue-${issue}.json`), 'utf8')) as Snapshot;
    const { snapshot } = await fold(issue, await storeOf(events));
    expect({ ...snapshot, rule: 4 }).toEqual(kept);
  });

  it('tells who said an assessment, on which day and by what evidence; and that others were made up', async () => {
    const { snapshot } = await fold(1);
    const [attested, invented] = ['u1', 'a3'].map((key) => itemIn(snapshot, key));
    expect(attested!.status!.attested).toEqual({
      on: '2025-09-03',
      role: 'Förvaltningsdirektör',
      body: expect.objectContaining({ name: 'Kommunstyrelsen' }),
      evidence: [
        { kind: 'report', title: 'Delrapport', reference: 'KSN-2025-01200' },
        { kind: 'other', title: 'Bildspel' },
      ],
    });
    expect(attested!.status!.invented).toBeUndefined();
    expect(invented!.status).toMatchObject({ invented: true, corrections: [{ attested: { on: '2025-09-11' } }] });
    const [withdrawn] = attested!.withdrawn;
    expect(withdrawn).toMatchObject({ attested: { on: '2025-09-10' }, made: { invented: true } });
    const compared = itemIn(snapshot, 'u2');
    expect(compared.trend!.against!.invented).toBe(true);
    expect(compared.status!.replaced.map((one) => one.invented)).toEqual([true]);
  });

  it('tells where what an item is comes from, and what was revised of it', async () => {
    const { snapshot } = await fold(1);
    const { revisions } = snapshot;
    // Its wording was made up, and what it is beside that was attested.
    expect(itemIn(snapshot, 'u1')).toMatchObject({ invented: true, title: 'Enklare och digitala processer' });
    expect(itemIn(snapshot, 'u1').attested).toBeUndefined();
    expect(itemIn(snapshot, 'u2')).toMatchObject({ attested: { on: '2024-12-19', body: { bodyId: amn } } });
    expect(itemIn(snapshot, 'a1').lifecycle).toMatchObject({ state: 'completed', invented: true });
    expect(itemIn(snapshot, 'u3').hold).toMatchObject({ attested: { on: '2025-06-27' } });
    const of = (kind: string) => revisions.filter((one) => one.kind === kind);
    expect(of('reworded').filter(({ invented }) => invented)).toHaveLength(1);
    expect(of('discontinued')).toMatchObject([{ attested: { on: '2025-05-21' } }]);
    expect(of('succeeded').find(({ successor }) => successor!.kind === 'merged')).toMatchObject({
      invented: true,
      successor: { invented: true },
    });
  });

  it('tells where indicators, their targets, values and corrections come from', async () => {
    const { snapshot } = await fold(1);
    const share = indicatorIn(snapshot, 'vuxna');
    expect(share).toMatchObject({
      attested: { evidence: [{ kind: 'file', title: 'arsrapport-2023.pdf', sha256: expect.any(String) }] },
      target: { invented: true },
    });
    expect(share.series).toMatchObject([
      { period: '2023', attested: { on: '2024-11-05', role: 'Controller' } },
      { period: '2024', corrections: [{ attested: { on: '2025-02-10' } }] },
      { period: '2025' },
    ]);
    expect(share.series.map(({ attested }) => attested?.on)).toEqual(['2024-11-05', undefined, undefined]);
    expect(indicatorIn(snapshot, 'besok')).toMatchObject({ invented: true, series: [{ invented: true }] });
  });

  it('tells where the round, its plan and scale come from, and that bodies were ready', async () => {
    const { coverage, invented, plan, round } = (await fold(1)).snapshot;
    expect([invented, round.invented]).toEqual([true, true]);
    expect(plan).toMatchObject({ attested: { on: '2024-12-19' }, scale: { attested: { on: '2024-12-19' } } });
    expect(coverage.bodies.map(({ ready }) => ready?.invented)).toContain(true);
  });

  it('says so of everything that it tells of a log that was made up', async () => {
    const events = goldenEvents(5).map((event) => ({
      ...event,
      metadata: { ...event.metadata, invented: true as const },
    }));
    const { snapshot } = await fold(2, await storeOf(events));
    // All that was recorded with an instant of its own, or holds from a day on.
    const told = [...within(snapshot)].filter((one) => 'recordedAt' in one || 'since' in one);
    expect(told.length).toBeGreaterThan(60);
    expect(told.filter(({ invented }) => invented !== true)).toEqual([]);
    for (const one of [snapshot, snapshot.plan, snapshot.round, ...snapshot.items, ...snapshot.indicators]) {
      expect(one.invented).toBe(true);
    }
  });

  it('says nothing of what is invented after the freeze, and of what is corrected back after it', async () => {
    const later = goldenEvents(4).map((event) => {
      const late = event.metadata.recordedAt > '2025-09-20' && event.type !== 'SnapshotReissued';
      const data = 'rule' in event.data ? { ...event.data, rule: 5 } : event.data;
      return { ...event, data, metadata: { ...event.metadata, ...(late && { invented: true as const }) } };
    });
    const store = await storeOf(later);
    expect((await fold(1, store)).snapshot.invented).toBeUndefined();
    const { snapshot } = await fold(2, store);
    expect(snapshot.invented).toBe(true);
    expect(itemIn(snapshot, 'u1').status!.corrections).toMatchObject([{ late: true, invented: true }]);
  });

  it('tells what derived indicators come to, of which values, how it is rounded, and what is recorded otherwise', async () => {
    const { snapshot } = await fold(1);
    const share = indicatorIn(snapshot, 'andel-genomforda');
    expect(share.derived).toMatchObject({
      ...{ numerator: { name: 'Genomförda ungdomssamtal' }, denominator: { name: 'Erbjudna ungdomssamtal' } },
      ...{ factor: 100, decimals: 1, rounding: 'half-away-from-zero' },
    });
    const [first, second, third] = share.series;
    expect(first).toMatchObject({ period: '2023', total: { value: '21.9' }, recordedAt: expect.any(String) });
    expect(first!.computed).toMatchObject({
      total: { value: '21.9', definition: 1 },
      women: { value: '26.3', contradiction: { recorded: '26.4', computed: '26.3' } },
      men: { value: '19.9', numerator: { value: '70' }, denominator: { value: '352' } },
    });
    // 20 is 19,9 with as many decimals as it has itself.
    expect(first!.computed!.men!.contradiction).toBeUndefined();
    // Of 2024 nothing is recorded, and one of the two is of another plan.
    expect(second).toMatchObject({ period: '2024', movement: 'unknown', corrections: [] });
    expect(second!.recordedAt).toBeUndefined();
    expect(second!.computed).toMatchObject({
      total: {
        value: '20.2',
        denominator: { name: 'Erbjudna ungdomssamtal', attested: { on: '2025-01-20' }, eventId: expect.any(String) },
      },
      ...{ women: { value: '27.4' }, men: { value: '12.4' } },
    });
    expect(third!.computed).toMatchObject({ total: { notComputed: 'cut-off' } });
  });

  it('tells what women and men make together, and a total that says otherwise until it is corrected', async () => {
    const of = async (issue: number) => indicatorIn((await fold(issue)).snapshot, 'genomforda').series;
    expect(await of(1)).toMatchObject([
      { period: '2023', sumOfSexes: '111' },
      { period: '2024', sumOfSexes: '70', contradiction: { total: '71', sumOfSexes: '70' } },
      { period: '2025' },
    ]);
    expect((await of(1))[0]!.contradiction).toBeUndefined();
    const [, corrected] = await of(2);
    expect([corrected!.sumOfSexes, corrected!.contradiction]).toEqual(['70', undefined]);
    const share = indicatorIn((await fold(2)).snapshot, 'andel-genomforda');
    // It was made up, and so is what follows from it.
    expect(share.series[1]!.computed!.total).toMatchObject({ value: '19.9', invented: true });
  });

  it('tells nothing of an item that was cancelled before the freeze, and what was said since it was adopted anew', async () => {
    const events = goldenEvents(5);
    const frozen = events.findIndex(({ type }) => type === 'RoundFrozen');
    const { stream, ...adopted } = events.find(
      (event) => event.type === 'ItemAdopted' && events.filter((other) => other.stream === event.stream).length === 1,
    )!;
    const { itemId, planId } = adopted.data;
    const { decision: _, ...metadata } = adopted.metadata;
    const more = (nth: number, type: string, data: typeof adopted.data) => ({
      ...{ stream, id: idOf('more', String(nth)), type, data },
      metadata: { ...metadata, schema: 1, commandId: idOf('more', String(nth)) },
    });
    const cancelled = more(1, 'ItemCancelled', { itemId: itemId!, planId: planId!, reason: 'Lästes in två gånger' });
    const anew = more(2, 'ItemAdopted', { ...adopted.data, title: 'Rätt från början' });
    const titles = async (...between: (typeof cancelled)[]) => {
      const { snapshot } = await fold(1, await storeOf(events.toSpliced(frozen, 0, ...between)));
      const told = [...snapshot.items, ...snapshot.revisions] as readonly { readonly itemId: string; title?: string }[];
      return told.filter((one) => one.itemId === itemId).map(({ title }) => title);
    };
    expect((await titles()).length).toBeGreaterThan(0);
    expect(await titles(cancelled)).toEqual([]);
    expect(new Set(await titles(cancelled, anew))).toContain('Rätt från början');
  });

  it('tells a decision by which a body ends whole, or not at all where the freeze came in between', async () => {
    const golden = goldenEvents(5);
    const isFreeze = ({ data, type }: (typeof golden)[number]) =>
      type === 'RoundFrozen' && data['roundId'] === goldenRound();
    const frozenAt = golden.findLastIndex(isFreeze);
    const frozen = golden[frozenAt]!;
    const { planId } = frozen.data;
    const items = golden.filter(({ data, type }) => type === 'ItemAdopted' && data['planId'] === planId).slice(0, 2);
    const [bodyId, taker] = golden.flatMap(({ data, type }) =>
      type === 'BodyRegistered' ? [data['bodyId'] as string] : [],
    );
    const [organisationId, reorganisationId] = [idOf('organisation'), idOf('reorganisation')];
    const told = (type: string, stream: string, data: object, causationId?: string) => {
      const id = idOf(type, stream);
      const metadata = { ...frozen.metadata, commandId: id, causationId: causationId ?? id, effectiveOn: '2025-06-01' };
      return { id, type, stream, data, metadata: { ...metadata, schema: 1 } } as unknown as (typeof golden)[number];
    };
    const stream = `${frozen.metadata.tenant}.organisation-${organisationId}`;
    const subject = { organisationId, reorganisationId };
    const asked = { ...subject, kind: 'merged', bodyId, successors: [taker], steps: [] };
    const decided = told('ReorganisationDecided', stream, asked);
    const led = items.map((item) => {
      const { itemId } = item.data;
      return told('ItemResponsibleChanged', item.stream, { itemId, planId, responsible: [taker] }, decided.id);
    });
    const closed = told('ReorganisationCarriedOut', stream, { ...subject, undone: [] }, decided.id);
    const responsibleIn = async (events: typeof golden) => {
      const { snapshot } = await fold(1, await storeOf(events));
      return items.map(({ data }) =>
        snapshot.items.find(({ itemId }) => itemId === data['itemId'])!.responsible.map((body) => body.bodyId),
      );
    };
    const before = await responsibleIn(golden);
    expect(before).not.toEqual([[taker], [taker]]);
    expect(await responsibleIn(golden.toSpliced(frozenAt, 0, decided, ...led, closed))).toEqual([[taker], [taker]]);
    for (const done of [1, 2]) {
      const raced = golden.toSpliced(frozenAt + 1, 0, ...led.slice(done), closed);
      expect(await responsibleIn(raced.toSpliced(frozenAt, 0, decided, ...led.slice(0, done)))).toEqual(before);
    }
  });
});
