import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventStore } from '#event-store';
import { factOf, provenanceOf, RuleViolation, saidOn, spanOfPeriod } from '#kernel';
import type { EventCatalog, Provenance, RecordedEvent } from '#kernel';
import { factsOf } from '#kernel/testing';
import { Moments } from '#http-api';
import type { Principal } from '#http-api';
import { Replay } from '#projecting';
import type { ReadModels } from '#projecting';
import { indicators } from '../../indicator.decider.js';
import type { Indicator, IndicatorCommand, Observation } from '../../indicator.decider.js';
import type { IndicatorEvent } from '../../indicator.events.js';
import { IndicatorSeriesController } from './indicator-series.controller.js';
import { indicatorSeries } from './indicator-series.projection.js';
import type { IndicatorDocument } from './indicator-series.projection.js';
import { indicatorView } from './indicator-series.view.js';
import type { IndicatorView } from './indicator-series.view.js';

const [id, planId, ownerId] = [1, 2, 3].map((n) => `018f0000-0000-7000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];
const days = ['2025-01-01', '2025-06-01', '2026-01-01', '2026-12-31'];
const periods = ['2023', '2024', '2024', '2024-Q1', '2024/25', '2025', '2025'];

const cell = fc.oneof(
  fc.constantFrom('1', '1.5', '40').map((value) => ({ value })),
  fc.constantFrom('08', '10').map((month) => ({ value: '2', provisionalAsOf: `2025-${month}` })),
  fc.constantFrom('not-measured' as const, 'secrecy' as const).map((gap) => ({ gap })),
);
const observation = fc.record({ total: cell, women: cell, men: cell }, { requiredKeys: ['total'] });
const definition = fc.record({
  ...{ name: fc.constant('Besök'), ownerId: fc.constant(ownerId), itemIds: fc.constant<string[]>([]) },
  measure: fc.record({ unit: fc.constantFrom('besök', 'procent'), kind: fc.constantFrom('count', 'share') }),
  direction: fc.constantFrom('increase' as const, 'decrease' as const, 'maintain' as const),
  source: fc.constantFrom('SCB', 'Kolada'),
  splitBySex: fc.boolean(),
});
const reason = fc.constant('Rätt ska vara rätt');
const version = fc.constantFrom(undefined, undefined, undefined, 1, 2);
const period = fc.constantFrom(...periods);
type Of<Type> = Pick<Extract<IndicatorCommand, { type: Type }>, 'type' | 'data'>;
const recording = fc.tuple(observation, period, version).map(([told, of, named]): Of<'RecordValue'> => {
  return { type: 'RecordValue', data: { ...told, period: of, ...(named && { definition: named }) } };
});
const correcting = fc.tuple(observation, period, version, reason).map(([told, of, named, why]): Of<'CorrectValue'> => {
  return { type: 'CorrectValue', data: { ...told, period: of, reason: why, ...(named && { definition: named }) } };
});
const redefining = fc
  .tuple(definition, fc.constantFrom(false, false, true), reason)
  .map(([defined, breaksSeries, why]): Of<'RedefineIndicator'> => {
    return { type: 'RedefineIndicator', data: { ...defined, comparison: null, breaksSeries, reason: why } };
  });
const targeting = fc.constantFrom('0.9', '1.5').map((atMost): Of<'SetTarget'> => {
  return { type: 'SetTarget', data: { target: { atMost, by: '2025-12-31' } } };
});
const command = fc.oneof(
  { arbitrary: recording, weight: 6 },
  { arbitrary: correcting, weight: 3 },
  { arbitrary: redefining, weight: 1 },
  { arbitrary: targeting, weight: 1 },
);
const step = fc.record({ command, effectiveOn: fc.constantFrom(...days) });

/** What steps lead to, those that are refused left out. */
function recordOf(
  first: Of<'DefineIndicator'>,
  steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[],
) {
  const events: (IndicatorEvent & { readonly effectiveOn: string })[] = [];
  const { decider } = indicators;
  let state: Indicator = decider.initialState;
  for (const { command: told, effectiveOn } of [{ command: first, effectiveOn: days[0]! }, ...steps]) {
    let decided: readonly IndicatorEvent[] = [];
    try {
      decided = decider.decide({ ...told, id, facts: undefined, effectiveOn }, state);
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
    }
    events.push(...decided.map((event) => ({ ...event, effectiveOn })));
    if (decided.length > 0) state = factsOf(events).slice(-decided.length).reduce(decider.evolve, state);
  }
  return { state, record: factsOf(events).map(recorded) };
}

const recorded = ({ effectiveOn, recordedAt, actor, ...fact }: ReturnType<typeof factsOf<IndicatorEvent>>[number]) =>
  ({
    ...fact,
    metadata: { tenant: 'uppsala', effectiveOn, recordedAt, actor },
  }) as unknown as RecordedEvent<IndicatorEvent>;

const evolve = (document: IndicatorDocument | undefined, event: RecordedEvent<IndicatorEvent>): IndicatorDocument => {
  const { evolve: evolveBy } = indicatorSeries.on[event.type] as { evolve: typeof evolve };
  return evolveBy(document, event);
};
const documentOf = (record: readonly RecordedEvent<IndicatorEvent>[]) =>
  record.reduce<IndicatorDocument | undefined>(evolve, undefined)!;

const stored = (document: IndicatorDocument): IndicatorDocument =>
  JSON.parse(JSON.stringify(document)) as IndicatorDocument;

/** As the engine keeps it: stored between one event and the next. */
const storedAfterEach = (record: readonly RecordedEvent<IndicatorEvent>[]): IndicatorDocument =>
  record.reduce<IndicatorDocument | undefined>((document, event) => stored(evolve(document, event)), undefined)!;

/** A history as that of another indicator, recorded from another day on, an event each other day. */
const about = (indicatorId: string, record: readonly RecordedEvent<IndicatorEvent>[], begins: number) =>
  record.map((event, nth) => {
    const recordedAt = new Date(Date.UTC(2025, 0, 1 + begins + 2 * nth, 12)).toISOString();
    const place = { stream: `uppsala.indicator-${indicatorId}`, position: String(nth * 3 + begins).padStart(20, '0') };
    const data = { ...event.data, indicatorId };
    return { ...event, ...place, data, metadata: { ...event.metadata, recordedAt } } as RecordedEvent<IndicatorEvent>;
  });

/** Where what a reader is shown comes from. */
const whenceOf = (told: object): Provenance => provenanceOf(told);

const columns = ['total', 'women', 'men'] as const;

/** By period and column: the value, what it measures, and what was wanted of it. */
function meaningsOf({ series, versions }: IndicatorDocument): ReadonlyMap<string, string> {
  return new Map(
    series.flatMap((entry) =>
      columns.flatMap((column) => {
        const meant = versions.find((known) => known.version === entry.meant[column])?.definition;
        if (!entry[column] || !meant) return [];
        const { direction, measure, source } = meant;
        return [[`${entry.period} ${column}`, JSON.stringify([entry[column], measure, direction, source])] as const];
      }),
    ),
  );
}

const history = fc
  .tuple(definition, fc.array(step, { minLength: 8, maxLength: 25, size: 'max' }))
  .map(([defined, steps]) => {
    const first: Of<'DefineIndicator'> = { type: 'DefineIndicator', data: { ...defined, planId } };
    return recordOf(first, steps);
  });

describe('Whatever is defined anew, corrected or left blank', () => {
  it('a value means what it meant, but for its own correction', () => {
    fc.assert(
      fc.property(history, ({ record, state }) => {
        let before: ReadonlyMap<string, string> = new Map();
        let document: IndicatorDocument | undefined;
        for (const event of record) {
          document = evolve(document, event);
          const after = meaningsOf(document);
          const told = event.data as Observation & { readonly period?: string };
          for (const [key, meaning] of before) {
            const [of, column] = key.split(' ') as [string, keyof Observation];
            if (event.type === 'IndicatorValueCorrected' && told.period === of && told[column]) continue;
            expect(after.get(key)).toBe(meaning);
          }
          before = after;
        }
        // Decided on is what is told.
        const { meant } = state as Extract<Indicator, { status: 'defined' }>;
        for (const entry of document!.series) expect(entry.meant).toEqual(meant[entry.period]);
      }),
      { numRuns: 50 },
    );
  });

  it('a value is of the same version as of any day that sees it, and as events of before say it', () => {
    fc.assert(
      fc.property(history, fc.constantFrom(...days), ({ record }, day) => {
        const then = documentOf(record.filter(({ metadata }) => metadata.effectiveOn <= day));
        const corrected = record.filter(
          ({ metadata, type }) => type === 'IndicatorValueCorrected' && metadata.effectiveOn > day,
        );
        const now = documentOf(record.filter((event) => !corrected.includes(event)));
        for (const entry of then.series) {
          expect(entry.meant).toEqual(now.series.find((one) => one.period === entry.period)!.meant);
        }
        const inForce = record.filter(
          ({ data }) => !('definition' in data) || data.definition === newestBefore(record, data),
        );
        const unnamed = inForce.map((event) => {
          const { definition: _, version: __, ...data } = event.data as Record<string, unknown>;
          return { ...event, data } as unknown as RecordedEvent<IndicatorEvent>;
        });
        expect(documentOf(unnamed)).toEqual(documentOf(inForce));
      }),
      { numRuns: 50 },
    );
  });

  it('a column stands by the correction of it that was said last, whenever it was recorded', () => {
    const said = fc.array(fc.constantFrom(undefined, '2024-03-01', '2024-06-01'), { minLength: 30, maxLength: 30 });
    let late = 0;
    fc.assert(
      fc.property(history, said, ({ record }, on) => {
        const told = record.map((event, nth) => {
          const attested = on[nth] !== undefined && { attested: { on: on[nth], role: 'Ordförande', evidence: [] } };
          return { ...event, metadata: { ...event.metadata, ...attested } };
        });
        const document = documentOf(told);
        const { decider } = indicators;
        const facts = told.map((event) => factOf<IndicatorEvent>(event));
        const state = facts.reduce(decider.evolve, decider.initialState) as Extract<Indicator, { status: 'defined' }>;
        for (const { corrections, period: of, ...entry } of document.series) {
          for (const column of columns) {
            const ofColumn = facts.filter(
              (fact) => fact.type === 'IndicatorValueCorrected' && fact.data.period === of && fact.data[column],
            );
            const recorded = facts.find((fact) => fact.type === 'IndicatorValueRecorded' && fact.data.period === of)!;
            const last = ofColumn.reduce((one, next) => (saidOn(next) >= saidOn(one) ? next : one), ofColumn[0]!);
            const stands = ((last ?? recorded).data as Observation)[column];
            expect([entry[column], state.values[of]?.[column]]).toEqual([stands, stands]);
            expect(entry.meant[column]).toBe(state.meant[of]?.[column]);
            // Each correction tells what stood before it.
            const steps = corrections.filter(({ after }) => after[column]);
            const before = steps.map((one) => one.before[column]);
            const stood = [(recorded.data as Observation)[column], ...steps.map(({ after }) => after[column])];
            expect(before).toEqual(stood.slice(0, -1));
            if (last && last !== ofColumn.at(-1)) late++;
          }
        }
      }),
      { numRuns: 150 },
    );
    expect(late).toBeGreaterThan(0);
  });

  it('each value, correction, definition and target says where it comes from', () => {
    const whence: Provenance[] = [
      { attested: { on: '2025-01-01', role: 'Ordförande', evidence: [{ kind: 'protocol', title: 'Protokoll' }] } },
      ...[{ invented: true as const }, { inferred: [{ ground: 'Omslaget' }], note: 'Tryckt så' }, {}],
    ];
    fc.assert(
      fc.property(history, fc.array(fc.constantFrom(...whence), { minLength: 30 }), ({ record }, from) => {
        const told = record.map((event, nth) => ({ ...event, metadata: { ...event.metadata, ...from[nth] } }));
        const document = documentOf(told);
        const view = indicatorView(document, days[3]!, new Map([[id, document]]));
        const of = (type: IndicatorEvent['type'], at?: string): Provenance[] =>
          told
            .filter(({ data, type: one }) => one === type && (!at || ('period' in data && data.period === at)))
            .map(({ metadata }) => provenanceOf(metadata));
        const definitions = [...of('IndicatorDefined'), ...of('IndicatorRedefined')];
        expect(view.definitions.map(whenceOf)).toEqual(definitions);
        expect(whenceOf(view)).toEqual(definitions.at(-1));
        const targets = told.filter(({ type }) => type === 'IndicatorTargetSet').map(({ metadata }) => metadata);
        const target = targets.reduce((one, next) => (next.effectiveOn >= one.effectiveOn ? next : one), targets[0]!);
        expect(whenceOf(view.target ?? {})).toEqual(target ? provenanceOf(target) : {});
        for (const entry of view.series) {
          expect([whenceOf(entry)]).toEqual(of('IndicatorValueRecorded', entry.period));
          const corrected = entry.corrections.map(whenceOf);
          expect(corrected).toEqual(of('IndicatorValueCorrected', entry.period));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('an answer is the same live, rebuilt and replayed, of whichever day and known at whichever instant', async () => {
    const [share, above, below] = [10, 11, 12].map((n) => `018f0000-0000-7000-8000-0000000000${n}`) as [
      string,
      string,
      string,
    ];
    const derived = { numerator: above, denominator: below, factor: 100, decimals: 1 };
    const instantOf = (nth: number) => new Date(Date.UTC(2025, 0, 1, 12) + nth * 86_400_000).toISOString();
    const moment = fc.record(
      { asOf: fc.constantFrom(...days), knownAt: fc.integer({ min: -1, max: 70 }).map(instantOf) },
      { requiredKeys: [] },
    );
    const told = fc.tuple(history, history, history, fc.array(moment, { minLength: 4, maxLength: 4 }));
    let [limited, computed] = [0, 0];
    await fc.assert(
      fc.asyncProperty(told, async ([first, second, third, moments]) => {
        const stories = [first, second, third].map(({ record }, nth) =>
          about([share, above, below][nth]!, record, nth),
        );
        // One is derived from the two others, from its first day on.
        stories[0] = stories[0]!.map((event) =>
          event.type === 'IndicatorDefined' || event.type === 'IndicatorRedefined'
            ? ({ ...event, data: { ...event.data, derived } } as RecordedEvent<IndicatorEvent>)
            : event,
        );
        const live = new Map(stories.map((story) => [story[0]!.data.indicatorId, storedAfterEach(story)]));
        for (const [index, story] of stories.entries())
          expect([...live.values()][index]).toEqual(stored(documentOf(story)));
        const log = { readStream: async (stream: string) => stories.flat().filter((event) => event.stream === stream) };
        const replay = new Replay(log as unknown as EventStore, { decode: (event: unknown) => event } as EventCatalog);
        const none = { getMany: async () => [], get: async () => undefined };
        const kept = {
          getMany: async (_: unknown, ids: readonly string[]) => ids.flatMap((one) => live.get(one) ?? []),
          get: async (_: unknown, one: string) => live.get(one),
        };
        const of = (readModels: object) =>
          new IndicatorSeriesController(
            readModels as ReadModels,
            replay,
            new Moments({ now: () => new Date(`${days.at(-1)!}T12:00:00Z`) }),
            {} as never,
          );
        const principal = { tenant: 'uppsala' } as Principal;
        const answers = await Promise.all(
          // Asked of the last day by name, the same is replayed.
          [{}, ...moments].map(async (asked) => {
            const by = async (readModels: object, query: object): Promise<unknown> => {
              const answer = await of(readModels)
                .getIndicator(share, query, principal)
                .catch(() => undefined);
              return answer && (JSON.parse(JSON.stringify(answer)) as unknown);
            };
            const answer = await by(kept, asked);
            expect(await by(none, { asOf: days.at(-1)!, ...asked })).toEqual(answer);
            return answer as IndicatorView | undefined;
          }),
        );
        for (const answer of answers.slice(1)) if (JSON.stringify(answer) !== JSON.stringify(answers[0])) limited++;
        for (const { computed: made, contradiction, sumOfSexes } of answers.flatMap((one) => one?.series ?? [])) {
          if (made) computed++;
          if (contradiction) expect(contradiction.sumOfSexes).toBe(sumOfSexes);
        }
      }),
      { numRuns: 30 },
    );
    // Moments that see everything, and nothing that is computed, would say little.
    expect([limited > 0, computed > 0]).toEqual([true, true]);
  });

  it('no movement is told between measures, and no threshold met before it is due or by what is provisional', () => {
    let compared = 0;
    fc.assert(
      fc.property(history, fc.constantFrom(...days), ({ record }, day) => {
        const view = indicatorView(documentOf(record), day);
        const measureOf = (of: number) =>
          JSON.stringify(view.definitions.find(({ version: one }) => one === of)!.measure);
        for (const { against, movement, definition: of, period: at, total } of view.series) {
          if (['unknown', 'not-comparable'].includes(movement)) continue;
          compared++;
          const before = view.series.find((one) => one.period === against)!;
          const [ours, theirs] = [total!.definition ?? of, before.total!.definition ?? before.definition];
          expect(measureOf(ours)).toBe(measureOf(theirs));
          expect(total!.provisionalAsOf?.slice(5)).toBe(before.total!.provisionalAsOf?.slice(5));
          expect(spanOfPeriod(at).from > spanOfPeriod(against!).from).toBe(true);
        }
        if (view.targetMet !== undefined) {
          expect(day >= '2025-12-31').toBe(true);
          const { total } = view.series.findLast(({ period: of }) => ['2025', '2024/25'].includes(of))!;
          expect(total).toHaveProperty('value');
          expect(total).not.toHaveProperty('provisionalAsOf');
        }
      }),
      { numRuns: 200 },
    );
    expect(compared).toBeGreaterThan(0);
  });
});

/** The newest version that was defined before an event. */
function newestBefore(record: readonly RecordedEvent<IndicatorEvent>[], data: IndicatorEvent['data']): number {
  const before = record.slice(
    0,
    record.findIndex((event) => event.data === data),
  );
  return 1 + before.filter(({ type }) => type === 'IndicatorRedefined').length;
}
