import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#kernel';
import { factsOf, fold, idNumbered, specify } from '#kernel/testing';
import type { GivenEvent } from '#kernel/testing';
import type { Reaction } from '#projecting';
import { plans } from './plan.decider.js';
import type { PlanCommand, PlanContent } from './plan.decider.js';
import type { PlanEvent } from './plan.events.js';
import { amendmentAfter, checkAmendment } from './plan.told.js';
import type { ToldAmendment } from './plan.told.js';
import { planDirectory } from './read-models/plan-directory/plan-directory.projection.js';
import type { PlanDocument } from './read-models/plan-directory/plan-directory.projection.js';

const { given } = specify(plans.decider);
const planId = '018f0000-0000-7000-8000-000000000001';
const scaleId = '018f0000-0000-7000-8000-000000000002';
const bodyId = '018f0000-0000-7000-8000-000000000003';

const kind = (code: string, parents: string[] = [], order = 1) => ({ code, label: code, plural: code, order, parents });
const content: PlanContent = {
  title: 'Verksamhetsplan 2025',
  owner: { bodyId, role: 'Ekonomidirektör' },
  validity: { from: '2025-01-01', to: '2025-12-31' },
  scale: { scaleId, version: 1 },
  kinds: [kind('fokusmal'), kind('uppdrag', ['fokusmal'], 2)],
  documents: [],
  calendar: [],
};
const adopted: PlanEvent = { type: 'PlanAdopted', data: { planId, ...content } };
const amended = (changed: Partial<PlanContent>): PlanEvent => ({ type: 'PlanAmended', data: { planId, ...changed } });
const facts = { scaleVersions: [1, 2] };
const adopt = (changed: Partial<PlanContent> = {}): PlanCommand => ({
  type: 'AdoptPlan',
  id: planId,
  data: { ...content, ...changed },
  facts,
  effectiveOn: '2025-01-01',
});
const amend = (data: Partial<PlanContent>): PlanCommand => ({
  type: 'AmendPlan',
  id: planId,
  data,
  facts,
  effectiveOn: '2025-06-01',
});
const occasion = { kind: 'april', label: 'April', year: 2025, referenceDate: '2025-03-31', deadline: '2025-04-30' };

describe('A plan', () => {
  it('is adopted once', () => {
    given().when(adopt()).then(adopted);
    given(adopted).when(adopt()).refused('plan-adopted-once');
  });

  it('is given a scale by an amendment where its document names none', () => {
    const { scale, ...others } = content;
    const without: PlanEvent = { type: 'PlanAdopted', data: { planId, ...others } };
    given(without)
      .when(amend({ scale: scale! }))
      .then(amended({ scale: scale! }));
  });

  it('says nothing of what its document leaves out: a scale, a role, a first day, days of its rounds', () => {
    const { scale: _, ...others } = content;
    const told = {
      ...others,
      owner: { bodyId },
      validity: {},
      calendar: [
        { kind: 'arlig', label: 'Varje år', recurs: { each: 'year' as const, month: 4 }, scope: ['fokusmal'] },
        { kind: 'april', label: 'April', year: 2025, month: '2025-04', scope: ['fokusmal'] },
      ],
    };
    const command = { type: 'AdoptPlan', id: planId, data: told, facts, effectiveOn: '2025-01-01' } as const;
    given()
      .when(command)
      .then({ type: 'PlanAdopted', data: { planId, ...told } });
  });

  it('foresees a round of a year, or one that comes again', () => {
    const { year: _, ...undated } = occasion;
    for (const round of [undated, { ...occasion, recurs: { each: 'year' as const } }]) {
      given()
        .when(adopt({ calendar: [{ ...round, scope: ['uppdrag'] }] }))
        .refused('occasion-year');
    }
  });

  it('may hold until further notice', () => {
    const open = { validity: { from: '2025-01-01' } };
    given()
      .when(adopt(open))
      .then({ type: 'PlanAdopted', data: { planId, ...content, ...open } });
  });

  it.each<[rule: string, changed: Partial<PlanContent>]>([
    ['period-in-order', { validity: { from: '2025-01-01', to: '2024-12-31' } }],
    ['scale-version-exists', { scale: { scaleId, version: 3 } }],
    ['plan-has-kinds', { kinds: [] }],
    ['kinds-differ', { kinds: [kind('uppdrag'), kind('uppdrag')] }],
    ['kinds-known', { kinds: [kind('uppdrag', ['fokusmal'])] }],
    ['kinds-nest', { kinds: [kind('a', ['b']), kind('b', ['a'])] }],
    ['documents-differ', { documents: [1, 2].map(() => ({ code: 'policy', title: 'Policy' })) }],
    [
      'period-in-order',
      { documents: [{ code: 'policy', title: 'Policy', validity: { from: '2025-01-01', to: '2024-01-01' } }] },
    ],
    ['kinds-known', { calendar: [{ ...occasion, scope: ['aktivitet'] }] }],
    ['deadline-after-reference', { calendar: [{ ...occasion, deadline: '2025-03-30', scope: ['uppdrag'] }] }],
  ])('keeps the rule %s, when it is adopted and when it is amended', (rule, changed) => {
    given().when(adopt(changed)).refused(rule);
    given(adopted).when(amend(changed)).refused(rule);
  });

  it('is amended in what differs, each property whole', () => {
    given(adopted)
      .when(amend({ title: 'Verksamhetsplan och budget 2025', scale: { scaleId, version: 2 }, kinds: content.kinds }))
      .then(amended({ title: 'Verksamhetsplan och budget 2025', scale: { scaleId, version: 2 } }));
    given(adopted)
      .when(amend({ title: content.title }))
      .then();
    given()
      .when(amend({ title: 'x' }))
      .refused('plan-adopted');
  });

  it('keeps its kinds, because items may be of them, and takes new ones', () => {
    given(adopted)
      .when(amend({ kinds: [kind('fokusmal')] }))
      .refused('kinds-stay');
    const more = [...content.kinds, kind('atgard', ['uppdrag'], 3)];
    given(adopted)
      .when(amend({ kinds: more }))
      .then(amended({ kinds: more }));
  });

  it('is amended in what differs from the day that is spoken of, whatever holds on others', () => {
    const coming = { ...amended({ title: 'Plan 2027' }), effectiveOn: '2027-01-01' };
    given(adopted, coming)
      .when(amend({ title: content.title }))
      .then();
    given(adopted, coming)
      .when(amend({ title: 'Plan 2027' }))
      .then(amended({ title: 'Plan 2027' }));
    given(adopted, coming)
      .when({ ...amend({ title: content.title }), effectiveOn: '2027-06-01' })
      .then(amended({ title: content.title }));
  });

  it('is on a day what was said of it last, whenever that was recorded', () => {
    const ofJune = { effectiveOn: '2025-06-01', recordedAt: '2025-07-01T12:00:00.000Z' };
    const attested = { on: '2025-05-20', role: 'Ordförande', evidence: [] };
    const newer = { ...amended({ title: 'Plan för fler' }), ...ofJune };
    const older = { ...amended({ title: 'Plan för alla' }), ...ofJune, attested };
    given(adopted, newer, older)
      .when({ ...amend({ title: 'Plan för fler' }), effectiveOn: '2025-06-01' })
      .then();
    expect(documentOf([{ ...adopted, effectiveOn: '2025-01-01' }, newer, older])!.title).toBe('Plan för fler');
  });

  it('takes the right decision where that is all that was wrong', () => {
    const correction = amend({ title: content.title });
    given(adopted)
      .when({ ...correction, facts: { ...facts, correctsDecision: true } } as PlanCommand)
      .then(amended({}));
    const decision = (paragraph: string) => ({ bodyId, date: '2024-11-20', paragraph });
    const wrong = { ...adopted, id: '1', effectiveOn: '2025-01-01', decision: decision('§ 87') };
    const right = { ...amended({}), id: '2', effectiveOn: '2025-01-01', decision: decision('§ 78'), corrects: '1' };
    expect(documentOf([wrong, right])!.decisions).toEqual([{ ...decision('§ 78'), about: 'adoption', eventId: '2' }]);
  });

  it('is corrected on the day of what was wrong, by the newest of its corrections', () => {
    const story = [adopted, { ...amended({ title: 'Fel' }), effectiveOn: '2025-06-01' }];
    const corrected = { ...amended({ title: 'Rätt' }), effectiveOn: '2025-06-01', corrects: idNumbered(1) };
    const check = (events: GivenEvent<PlanEvent>[], revision: number, day?: string) => () => {
      const id = idNumbered(revision);
      const told = factsOf(events).reduce(
        (known: ToldAmendment | undefined, event) => amendmentAfter(known, event, id),
        undefined,
      );
      checkAmendment(told, id, day);
    };
    expect(check(story, 1)).not.toThrow();
    expect(check(story, 0)).not.toThrow();
    expect(check([...story, corrected], 2)).not.toThrow();
    expect(check([...story, corrected], 1)).toThrow(idNumbered(2));
    expect(check(story, 1, '2025-07-01')).toThrow('speaks of the day');
    expect(check(story, 9)).toThrow('no amendment');
  });

  it('is taken over from the body that owns it, from a day on and where that was to own it later', () => {
    const successor = idNumbered(81);
    const handOver = (effectiveOn: string, successors: string[], from = bodyId): PlanCommand => ({
      type: 'HandOverPlan',
      id: planId,
      data: { bodyId: from, successors, reason: 'Slås samman' },
      facts: undefined,
      effectiveOn,
    });
    const owned = (by: string, role = 'Ekonomidirektör') => amended({ owner: { bodyId: by, role } });
    const later = { ...owned(bodyId, 'Direktör'), effectiveOn: '2026-01-01' };
    const elsewhere = { ...owned(idNumbered(82)), effectiveOn: '2025-11-01' };
    given(adopted, elsewhere, later)
      .when(handOver('2025-10-01', [successor]))
      .then(
        { ...owned(successor), effectiveOn: '2025-10-01' },
        { ...owned(successor, 'Direktör'), effectiveOn: '2026-01-01' },
      );
    given(adopted).when(handOver('2025-10-01', [])).refused('plan-has-one-owner');
    given(adopted)
      .when(handOver('2025-10-01', [], idNumbered(82)))
      .then();
  });

  it('is what the newest day says, also where an older one is recorded late', () => {
    const june = { ...amended({ title: 'Juni', validity: { from: '2025-01-01' } }), effectiveOn: '2025-06-01' };
    const march = { ...amended({ title: 'Mars', scale: { scaleId, version: 2 } }), effectiveOn: '2025-03-01' };
    const state = fold(plans.decider, [adopted, june, march]);
    expect(state).toMatchObject({ title: 'Juni', validity: { from: '2025-01-01' }, scale: { version: 2 } });
    const document = documentOf([{ ...adopted, effectiveOn: '2025-01-01' }, june, march]);
    expect(document).toMatchObject({ title: 'Juni', scale: { version: 2 } });
  });
});

/** What the plans' projection makes of events. */
function documentOf(events: readonly (GivenEvent<PlanEvent> & { decision?: object })[]): PlanDocument | undefined {
  return factsOf<PlanEvent & { decision?: object }>(events).reduce<PlanDocument | undefined>((plan, fact) => {
    const { attested, corrects, decision, effectiveOn, recordedAt, ...event } = fact;
    const { evolve } = planDirectory.on[event.type] as Reaction<PlanDocument, PlanEvent>;
    const metadata = { tenant: 'uppsala', effectiveOn, recordedAt, decision, corrects, attested };
    return evolve(plan, { ...event, metadata } as unknown as RecordedEvent<PlanEvent>);
  }, undefined);
}
