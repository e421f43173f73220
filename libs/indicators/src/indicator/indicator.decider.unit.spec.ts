import { describe, expect, it } from '@jest/globals';
import { EventCatalog, term } from '#kernel';
import type { Said } from '#kernel';
import { factsOf, fold, idNumbered, specify } from '#kernel/testing';
import { indicators } from './indicator.decider.js';
import type { Definition } from './definitions.js';
import type { Indicator, IndicatorCommand, Observation } from './indicator.decider.js';
import { sourcesKnown } from './derivation.js';
import type { Source } from './derivation.js';
import { indicatorEvents } from './indicator.events.js';
import type { Derivation, IndicatorEvent } from './indicator.events.js';
import { indicatorSeries } from './read-models/indicator-series/indicator-series.projection.js';
import type { IndicatorDocument } from './read-models/indicator-series/indicator-series.projection.js';
import { indicatorView } from './read-models/indicator-series/indicator-series.view.js';

const { given } = specify(indicators.decider);
const [indicatorId, planId, ownerId] = [1, 2, 3].map((n) => `018f0000-0000-7000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];
const subject = { indicatorId, planId };
const definition: Definition = {
  name: 'Vuxna med ekonomiskt bistånd',
  ownerId,
  measure: { unit: 'procent', kind: 'share' },
  direction: 'decrease',
  source: 'Egen uppföljning',
  splitBySex: true,
  itemIds: [],
};
const defined = (more: Partial<Definition> = {}): IndicatorEvent => ({
  type: 'IndicatorDefined',
  data: { ...subject, ...definition, ...more },
});
const recorded = (observation: Observation, period = '2024', version = 1): IndicatorEvent => ({
  type: 'IndicatorValueRecorded',
  data: { ...subject, period, ...observation, definition: version },
});
const corrected = (observation: Observation, version = 1): IndicatorEvent => ({
  type: 'IndicatorValueCorrected',
  data: { ...subject, period: '2024', ...observation, definition: version, reason: 'Fel källa' },
});
const redefined = (more: Partial<Definition>, version?: number): IndicatorEvent => ({
  type: 'IndicatorRedefined',
  data: { ...subject, ...definition, ...more, reason: 'Ny källa', ...(version && { version }) },
});
const retired = (effectiveOn: string) => ({
  type: 'IndicatorRetired' as const,
  data: { ...subject, reason: 'Ersatt' },
  effectiveOn,
});
const command = <C extends IndicatorCommand['type']>(
  type: C,
  data: Extract<IndicatorCommand, { type: C }>['data'],
  effectiveOn = '2025-02-01',
) => ({ type, id: indicatorId, data, facts: undefined, effectiveOn }) as IndicatorCommand;
const record = (observation: Observation, period = '2024') => command('RecordValue', { period, ...observation });
const correct = (observation: Observation, period = '2024') =>
  command('CorrectValue', { period, reason: 'Fel källa', ...observation });

describe('An indicator', () => {
  it('is defined once', () => {
    const define = command('DefineIndicator', { planId, ...definition });
    given().when(define).then(defined());
    given(defined()).when(define).refused('indicator-defined-once');
    given()
      .when(record({ total: { value: '1' } }))
      .refused('indicator-defined');
  });

  it('is redefined with a reason, where something changes', () => {
    const redefine = (more: Partial<Definition>) =>
      command('RedefineIndicator', { comparison: null, ...definition, ...more, reason: 'Ny källa' });
    given(defined())
      .when(redefine({ source: 'SCB' }))
      .then(redefined({ source: 'SCB' }, 2));
    given(defined(), redefined({ source: 'SCB' }))
      .when(redefine({}))
      .then(redefined({}, 3));
    given(defined()).when(redefine({})).then();
    const again = command('RedefineIndicator', {
      ...{ comparison: null, ...definition, reason: 'Ny mätmetod', breaksSeries: true },
    });
    given(defined())
      .when(again)
      .then({
        type: 'IndicatorRedefined',
        data: { ...subject, ...definition, reason: 'Ny mätmetod', version: 2, breaksSeries: true },
      });
  });

  describe('that is derived from two others', () => {
    const [numerator, denominator, third] = [7, 8, 9].map((n) => `018f0000-0000-7000-8000-00000000000${n}`) as [
      string,
      string,
      string,
    ];
    const derived = { numerator, denominator, factor: 100, decimals: 1 };
    const of = (more: Partial<Definition> = {}) => fold(indicators.decider, [defined(more)]);
    const define = (from: Derivation, known: Readonly<Record<string, Source>>) => ({
      ...command('DefineIndicator', { planId, ...definition, derived: from }),
      facts: new Map(Object.entries(known)),
    });
    const redefine = (from: Derivation | null | undefined, known: Readonly<Record<string, Source>> = {}) => ({
      ...command('RedefineIndicator', {
        ...{ comparison: null, ...definition, reason: 'Ny källa' },
        ...(from !== undefined && { derived: from }),
      }),
      facts: new Map(Object.entries(known)),
    });
    const sources = { [numerator]: of(), [denominator]: of() };

    it('says from which, and how', () => {
      given()
        .when(define(derived, sources) as IndicatorCommand)
        .then(defined({ derived }));
      new EventCatalog(indicatorEvents).encode(defined({ derived }));
      given(defined())
        .when(redefine(derived, sources) as IndicatorCommand)
        .then(redefined({ derived }, 2));
    });

    it('stays so until it is said to be derived from nothing', () => {
      given(defined({ derived }))
        .when(redefine(undefined) as IndicatorCommand)
        .then();
      given(defined({ derived }))
        .when(redefine(null) as IndicatorCommand)
        .then(redefined({}, 2));
    });

    it('is derived from two that stand, and never from itself', async () => {
      const refused = (from: Derivation, known: Readonly<Record<string, Source>>, because: string) =>
        given(defined())
          .when(redefine(from, known) as IndicatorCommand)
          .refused(because);
      refused({ ...derived, denominator: numerator }, sources, 'derived-from-two');
      refused({ ...derived, denominator: indicatorId }, sources, 'derived-from-others');
      const cancelled: Source = { status: 'cancelled', name: 'Samtal' };
      refused(derived, { ...sources, [denominator]: cancelled }, 'derived-from-defined');
      const states: Readonly<Record<string, Source>> = {
        ...{ [numerator]: of(), [denominator]: of({ derived: { ...derived, denominator: third } }) },
        [third]: of({ derived: { ...derived, denominator: indicatorId } }),
        [indicatorId]: of({ derived }),
      };
      const known = await sourcesKnown(derived, (id) => Promise.resolve(states[id]!));
      expect([...known!.keys()].sort()).toEqual([indicatorId, numerator, denominator, third].sort());
      refused(derived, Object.fromEntries(known!), 'derived-in-no-circle');
    });
  });

  it('keeps a value as it was given: the zero of 5.0, and what a document printed', () => {
    const cells = {
      total: { value: '5787', asPrinted: '5 787 (okt)', provisionalAsOf: '2024-10' },
      women: { value: '5.0' },
      men: { gap: 'not-measured' as const },
    };
    given(defined()).when(record(cells)).then(recorded(cells));
    new EventCatalog(indicatorEvents).encode(recorded(cells));
  });

  it('takes a value for a period once; what was wrong is corrected, with a reason', () => {
    const first = recorded({ total: { value: '1.25' } });
    given(defined(), first)
      .when(record({ total: { value: '1.25' } }))
      .then();
    given(defined(), first)
      .when(record({ total: { value: '1.3' } }))
      .refused('value-recorded-once');
    given(defined(), first)
      .when(record({ total: { value: '1.3' } }, '2025'))
      .then(recorded({ total: { value: '1.3' } }, '2025'));
    given(defined())
      .when(correct({ total: { value: '1' } }))
      .refused('value-recorded');
  });

  it('is corrected in the columns that differ: 5 is not 5.0', () => {
    const first = recorded({ total: { value: '5' }, women: { value: '4' } });
    given(defined(), first)
      .when(correct({ total: { value: '5.0' }, women: { value: '4' } }))
      .then(corrected({ total: { value: '5.0' } }));
    given(defined(), first)
      .when(correct({ women: { value: '4' } }))
      .then();
  });

  it('says something in every value, and women and men only where it is split', () => {
    given(defined()).when(record({})).refused('value-says-something');
    given(defined({ splitBySex: false }))
      .when(record({ total: { value: '1' }, women: { value: '1' } }))
      .refused('split-by-sex');
    const gap = { total: { value: '1' }, men: { gap: 'not-applicable' as const } };
    given(defined({ splitBySex: false }))
      .when(record(gap))
      .then(recorded(gap));
  });

  it('is given a target: a direction, or a threshold with a deadline', () => {
    const target = { atMost: '1', by: '2026-12-31' };
    const set: IndicatorEvent = { type: 'IndicatorTargetSet', data: { ...subject, target, definition: 1 } };
    given(defined()).when(command('SetTarget', { target })).then(set);
    given(defined(), set).when(command('SetTarget', { target })).then();
    given(defined(), set, redefined({ measure: { unit: 'antal', kind: 'count' } }, 2))
      .when(command('SetTarget', { target }))
      .then({ type: 'IndicatorTargetSet', data: { ...subject, target, definition: 2 } });
  });

  it('takes nothing but corrections from the day it is retired on', () => {
    const history = [defined(), recorded({ total: { value: '1' } }), retired('2025-02-01')];
    given(...history)
      .when(record({ total: { value: '2' } }, '2025'))
      .refused('indicator-followed');
    given(...history)
      .when(correct({ total: { value: '2' } }))
      .then(corrected({ total: { value: '2' } }));
    given(...history)
      .when(command('RetireIndicator', { reason: 'Ersatt' }))
      .then();
    given(defined(), retired('2025-03-01'))
      .when(record({ total: { value: '2' } }))
      .then(recorded({ total: { value: '2' } }));
  });

  it('says of every value which version of the definition it is of: the one that holds on the day', () => {
    const later = { ...redefined({ measure: { unit: 'antal', kind: 'count' } }, 2), effectiveOn: '2025-06-01' };
    const total = { value: '1' };
    given(defined(), later).when(record({ total })).then(recorded({ total }));
    given(defined(), later)
      .when(command('RecordValue', { period: '2024', total }, '2025-06-01'))
      .then(recorded({ total }, '2024', 2));
    given(defined(), later)
      .when(command('RecordValue', { period: '2024', total, definition: 2 }))
      .then(recorded({ total }, '2024', 2));
    given(defined())
      .when(command('RecordValue', { period: '2024', total, definition: 2 }))
      .refused('definition-version-exists');
    const unsplit = { ...redefined({ splitBySex: false }, 2), effectiveOn: '2025-01-31' };
    given(defined(), unsplit)
      .when(record({ total, women: total }))
      .refused('split-by-sex');
  });

  it('is corrected in the version of what is corrected, or told again in another that is named', () => {
    const history = [defined(), recorded({ total: { value: '1' } }), redefined({ source: 'SCB' }, 2)];
    given(...history)
      .when(correct({ total: { value: '2' } }))
      .then(corrected({ total: { value: '2' } }));
    given(...history)
      .when(command('CorrectValue', { period: '2024', total: { value: '1' }, definition: 2, reason: 'Fel källa' }))
      .then(corrected({ total: { value: '1' } }, 2));
  });

  it('takes what was recorded before versions were named to be of the one in force at its place in the stream', () => {
    const unnamed = (type: 'IndicatorValueRecorded' | 'IndicatorValueCorrected', period: string): IndicatorEvent => ({
      ...({ type, data: { ...subject, period, total: { value: '1' }, reason: 'Fel källa' } } as IndicatorEvent),
    });
    const history = [
      defined(),
      unnamed('IndicatorValueRecorded', '2023'),
      unnamed('IndicatorValueRecorded', '2022'),
      { ...redefined({ measure: { unit: 'antal', kind: 'count' } }), effectiveOn: '2026-01-01' },
      unnamed('IndicatorValueRecorded', '2024'),
      unnamed('IndicatorValueCorrected', '2022'),
    ];
    expect(fold(indicators.decider, history)).toMatchObject({
      versions: [{ version: 1 }, { version: 2, since: '2026-01-01' }],
      meant: { 2022: { total: 2 }, 2023: { total: 1 }, 2024: { total: 2 } },
    });
  });

  it('holds the columns of a period together, whichever event told them', () => {
    const history: IndicatorEvent[] = [
      defined(),
      recorded({ total: { value: '4063' }, women: { value: '2230' } }),
      {
        type: 'IndicatorValueCorrected',
        data: { ...subject, period: '2024', men: { value: '1833' }, reason: 'Saknades' },
      },
    ];
    expect(fold(indicators.decider, history)).toMatchObject({
      values: { 2024: { total: { value: '4063' }, women: { value: '2230' }, men: { value: '1833' } } },
    });
  });

  it('is compared with what holds on the day that a definition or a target speaks of', () => {
    const told = (source: string, version: number): IndicatorEvent => ({
      type: 'IndicatorRedefined',
      data: { ...subject, ...definition, source, reason: 'Ny källa', version },
    });
    const history = [defined(), { ...told('SCB', 2), effectiveOn: '2025-06-01' }];
    const redefine = (source: string) =>
      command('RedefineIndicator', { comparison: null, ...definition, source, reason: 'Ny källa' });
    given(...history)
      .when(redefine(definition.source))
      .then();
    given(...history)
      .when(redefine('SCB'))
      .then(told('SCB', 3));
    const threshold = (atMost: string) => ({ atMost, by: '2026-12-31' });
    const set = (atMost: string): IndicatorEvent => ({
      type: 'IndicatorTargetSet',
      data: { ...subject, target: threshold(atMost), definition: 1 },
    });
    const targets = [defined(), set('1'), { ...set('2'), effectiveOn: '2025-06-01' }];
    given(...targets)
      .when(command('SetTarget', { target: threshold('1') }))
      .then();
    given(...targets)
      .when(command('SetTarget', { target: threshold('2') }))
      .then(set('2'));
  });

  it('is taken over from the body that follows it, in each definition from a day on, and measures the same', () => {
    const successor = planId;
    const handOver = (effectiveOn: string, successors = [successor]): IndicatorCommand => ({
      type: 'HandOverIndicator',
      id: indicatorId,
      data: { bodyId: ownerId, successors, reason: 'Slås samman' },
      facts: undefined,
      effectiveOn,
    });
    const told = (more: Partial<Definition>, version: number, effectiveOn: string) => ({
      type: 'IndicatorRedefined' as const,
      effectiveOn,
      data: { ...subject, ...definition, ...more, reason: 'Slås samman', version },
    });
    const begun = { ...defined(), effectiveOn: '2025-01-01' };
    const later = { ...told({ source: 'SCB' }, 2, '2026-01-01') };
    given(begun, later)
      .when(handOver('2025-10-01'))
      .then(
        told({ ownerId: successor }, 3, '2025-10-01'),
        told({ source: 'SCB', ownerId: successor }, 4, '2026-01-01'),
      );
    given(begun).when(handOver('2025-10-01', [])).refused('indicator-has-one-owner');
    given(begun, retired('2025-06-01')).when(handOver('2025-10-01')).then();
  });

  it('goes on being followed where its retirement is taken back, and is cancelled where nothing rests on it', () => {
    const resume = command('CancelRetirement', { reason: 'Fel' });
    const resumed: IndicatorEvent = { type: 'IndicatorRetirementCancelled', data: { ...subject, reason: 'Fel' } };
    given(defined(), retired('2025-01-15')).when(resume).then(resumed);
    given(defined()).when(resume).refused('indicator-retired');
    given(defined(), retired('2025-01-15'), resumed)
      .when(record({ total: { value: '1' } }))
      .then(recorded({ total: { value: '1' } }));
    const cancel = (...resting: Said[]) =>
      ({ ...command('CancelIndicator', { reason: 'Fel' }), facts: { resting } }) as IndicatorCommand;
    const cancelled: IndicatorEvent = { type: 'IndicatorCancelled', data: { ...subject, reason: 'Fel' } };
    given(defined(), retired('2025-01-15')).when(cancel()).then(cancelled);
    given(defined())
      .when(cancel(term('item', 'item', 'uppdraget')))
      .refused('nothing-rests-on-indicator');
    given(defined(), cancelled).when(cancel()).then();
    given(defined(), cancelled)
      .when(record({ total: { value: '1' } }))
      .refused('indicator-not-cancelled');
    given(defined(), cancelled)
      .when(command('DefineIndicator', { planId, ...definition }))
      .then(defined());
  });

  describe('of which something was wrong', () => {
    const begun = { ...defined(), effectiveOn: '2025-01-01' };
    const wrong = { ...redefined({ measure: { unit: 'kronor', kind: 'sum' } }, 2), effectiveOn: '2025-02-01' };
    const value = { ...recorded({ total: { value: '1' } }, '2024', 2), effectiveOn: '2025-02-02' };
    const set = (atMost: string, effectiveOn = '2025-02-03') => ({
      type: 'IndicatorTargetSet' as const,
      data: { ...subject, target: { atMost, by: '2026-12-31' }, definition: 2 },
      effectiveOn,
    });
    const told = [begun, wrong, value, set('1')];
    const redefine = (more: Partial<Definition>, corrects: string, effectiveOn: string) =>
      ({
        ...command('RedefineIndicator', { comparison: null, ...definition, ...more, reason: 'Ny källa' }, effectiveOn),
        corrects,
      }) as IndicatorCommand;
    const cancel = (event: number, effectiveOn = '2025-02-01') =>
      command('CancelIndicatorChange', { eventId: idNumbered(event), reason: 'Fel' }, effectiveOn);
    const cancelled = (event: number, change: 'IndicatorRedefined' | 'IndicatorTargetSet', on: string) => ({
      type: 'IndicatorChangeCancelled' as const,
      data: { ...subject, eventId: idNumbered(event), change, reason: 'Fel' },
      effectiveOn: on,
    });
    const gone = {
      type: 'IndicatorChangeCancelled' as const,
      data: {
        ...subject,
        eventId: idNumbered(2),
        change: 'IndicatorValueRecorded' as const,
        period: '2024',
        reason: 'Fel',
      },
      effectiveOn: '2025-02-02',
    };
    const stateOf = (...events: Parameters<typeof fold<IndicatorCommand, Indicator, IndicatorEvent>>[1]) =>
      fold(indicators.decider, events) as Extract<Indicator, { status: 'defined' }>;

    it('a definition is told anew under its number, also the first, and what is told in it means that', () => {
      const right = { measure: { unit: 'procent', kind: 'share' }, source: 'SCB' };
      given(...told)
        .when(redefine(right, idNumbered(1), '2025-02-01'))
        .then(redefined(right, 2));
      const corrected = { ...redefined(right, 2), effectiveOn: '2025-02-01', corrects: idNumbered(1) };
      const { definition: now, meant, versions } = stateOf(...told, corrected);
      expect(now).toMatchObject(right);
      expect(versions.map(({ eventId, version }) => [version, eventId])).toEqual([
        [1, idNumbered(0)],
        [2, idNumbered(4)],
      ]);
      expect(meant['2024']).toEqual({ total: 2 });
      given(...told, corrected)
        .when(redefine(right, idNumbered(1), '2025-02-01'))
        .refused('corrected-stands');
      given(...told, corrected)
        .when(redefine(right, idNumbered(4), '2025-02-01'))
        .then();
      given(...told)
        .when(redefine(right, idNumbered(1), '2025-03-01'))
        .refused('day-of-corrected');
      given(...told, retired('2025-01-15'))
        .when(redefine({ source: 'SCB' }, idNumbered(0), '2025-01-01'))
        .then(redefined({ source: 'SCB' }, 1));
      new EventCatalog(indicatorEvents).encode(redefined({ source: 'SCB' }, 1));
    });

    it('a target is set anew in its place', () => {
      const again = (target: object, corrects = idNumbered(3)) =>
        ({ ...command('SetTarget', { target } as never, '2025-02-03'), corrects }) as IndicatorCommand;
      const { effectiveOn: _, ...told2 } = set('2');
      given(...told)
        .when(again(set('2').data.target))
        .then(told2);
      const state = stateOf(...told, set('5', '2025-03-01'), { ...set('2'), corrects: idNumbered(3) });
      expect(state.targets.map(({ since, value: { target } }) => [since, target])).toEqual([
        ['2025-02-03', set('2').data.target],
        ['2025-03-01', set('5').data.target],
      ]);
      given(...told)
        .when(again(set('2').data.target, idNumbered(1)))
        .refused('corrected-stands');
    });

    it('a value, a target or a definition is taken back, the last where nothing is told in it', () => {
      const { effectiveOn: _day, ...goneValue } = gone;
      given(...told)
        .when(cancel(2, '2025-02-02'))
        .then(goneValue);
      given(...told)
        .when(cancel(1))
        .refused('nothing-rests-on-it');
      const targetGone = cancelled(3, 'IndicatorTargetSet', '2025-02-03');
      given(...told, gone)
        .when(cancel(1))
        .refused('nothing-rests-on-it');
      const { effectiveOn: _on, ...versionGone } = cancelled(1, 'IndicatorRedefined', '2025-02-01');
      given(...told, gone, targetGone)
        .when(cancel(1))
        .then(versionGone);
      const left = stateOf(...told, gone, targetGone, cancelled(1, 'IndicatorRedefined', '2025-02-01'));
      expect(left).toMatchObject({ definition, values: {}, meant: {}, recordedBy: {}, targets: [], newestVersion: 2 });
      given(...told, gone, targetGone, cancelled(1, 'IndicatorRedefined', '2025-02-01'))
        .when(command('RedefineIndicator', { comparison: null, ...definition, source: 'SCB', reason: 'Ny källa' }))
        .then(redefined({ source: 'SCB' }, 3));
      given(...told)
        .when(cancel(0))
        .refused('corrected-stands');
      given(...told, gone)
        .when(cancel(2))
        .refused('corrected-stands');
    });

    it('is told the same by the document of its series', () => {
      const corrected = { ...redefined({ source: 'SCB' }, 2), effectiveOn: '2025-02-01', corrects: idNumbered(1) };
      const events = factsOf([...told, corrected, gone, { ...set('2'), corrects: idNumbered(3) }]);
      const document = events.reduce<IndicatorDocument | undefined>((known, { actor, effectiveOn, ...event }) => {
        const { corrects, recordedAt } = event;
        const metadata = { tenant: 'uppsala', effectiveOn, recordedAt, actor, ...(corrects && { corrects }) };
        const { evolve } = indicatorSeries.on[event.type] as { evolve: (...given: unknown[]) => IndicatorDocument };
        return evolve(known, { ...event, metadata });
      }, undefined)!;
      const shown = indicatorView(document, '2025-12-31');
      expect(shown).toMatchObject({ source: 'SCB', measure: definition.measure, series: [] });
      expect(shown.definitions.map(({ eventId }) => eventId)).toEqual([idNumbered(0), idNumbered(4)]);
      expect(shown.target).toEqual({ ...set('2').data.target, eventId: idNumbered(6) });
    });
  });
});
