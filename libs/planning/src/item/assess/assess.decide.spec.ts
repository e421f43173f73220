import { describe, it } from '@jest/globals';
import { scaleOf } from '../../plan/plan.decider.js';
import type { ItemEvent } from '../item.events.js';
import {
  aboutAssessment,
  adopted,
  assessed,
  assessing,
  command,
  given,
  ids,
  judge,
  levels,
  plan,
  subject,
  withdrawn,
} from '../testing/item.examples.js';

describe('An item is assessed', () => {
  it("by a body as its contribution, and by the plan's owner as the item's status", () => {
    given(adopted()).when(judge()).then(assessed());
    given(adopted())
      .when(judge({ bodyId: ids.owner }))
      .then(assessed({ bodyId: ids.owner, capacity: 'owner' }));
  });

  it('on the evidence that the body gives', () => {
    const evidence = [{ indicatorId: ids.indicator }, { note: 'Protokoll från juni' }];
    given(adopted()).when(judge({ evidence })).then(assessed({ evidence }));
  });

  it('in a round that has been opened', () => {
    const { round } = assessing();
    given(adopted())
      .when(judge({}, { round: { ...round, isOpened: false } }))
      .refused('round-open');
  });

  it('in a round of its own plan, whose scope its kind is in', () => {
    const { round } = assessing();
    given(adopted())
      .when(judge({}, { round: { ...round, planId: ids.otherPlan } }))
      .refused('round-of-plan');
    given(adopted())
      .when(judge({}, { round: { ...round, scope: ['fokusmal'] } }))
      .refused('kind-in-scope');
  });

  it("on a level of the plan's scale", () => {
    given(adopted())
      .when(judge({ level: 'blue' }))
      .refused('level-on-scale');
  });

  it('only where it was in force on the day that the round speaks of', () => {
    const ended = (type: 'ItemCompleted' | 'ItemDiscontinued', effectiveOn: string) =>
      ({ type, data: { ...subject, reason: 'other', comment: 'Slut' }, effectiveOn }) as ItemEvent;
    given({ ...adopted(), effectiveOn: '2025-04-01' })
      .when({ ...judge(), effectiveOn: '2025-04-08' })
      .refused('item-in-force');
    given(adopted(), ended('ItemDiscontinued', '2025-03-31')).when(judge()).refused('item-in-force');
    given(adopted(), ended('ItemDiscontinued', '2025-04-01')).when(judge()).then(assessed());
    given(adopted(), ended('ItemCompleted', '2025-02-01'))
      .when(judge({ level: 'completed' }))
      .then(assessed({ level: 'completed' }));
  });

  it('only by a body that was there on that day', () => {
    given(adopted())
      .when(judge({}, { bodyDissolvedOn: '2025-03-31' }))
      .refused('body-not-dissolved');
    given(adopted())
      .when(judge({}, { bodyDissolvedOn: '2025-04-01' }))
      .then(assessed());
  });

  it('by a body that it concerns, and by the owner, where its round takes contributions from no others', () => {
    const round = { ...assessing().round, othersMayContribute: false };
    given(adopted())
      .when(judge({}, { round, isTaken: false }))
      .refused('item-concerns-body');
    given(adopted())
      .when(judge({}, { round, isTaken: true }))
      .then(assessed());
    given(adopted())
      .when(judge({ bodyId: ids.owner }, { round, isTaken: false }))
      .then(assessed({ bodyId: ids.owner, capacity: 'owner' }));
  });

  it('again in the same round, where the body has come to another view', () => {
    const facts = { assessmentId: ids.otherAssessment };
    given(adopted(), assessed()).when(judge({}, facts)).then();
    given(adopted(), assessed())
      .when(judge({ level: 'on-track' }, facts))
      .then(assessed({ level: 'on-track', assessmentId: ids.otherAssessment }));
    given(adopted(), assessed())
      .when(judge({ roundId: ids.august }, facts))
      .then(assessed({ roundId: ids.august, assessmentId: ids.otherAssessment }));
    given(adopted(), assessed(), assessed({ level: 'on-track', assessmentId: ids.otherAssessment }))
      .when(judge())
      .then(assessed());
  });

  it('again in the same words after a withdrawal, and on a newer version of the scale', () => {
    given(adopted(), assessed(), withdrawn).when(judge()).then(assessed());
    const scale = { ...scaleOf(plan), version: 2 };
    given(adopted(), assessed())
      .when(judge({}, { plan: { ...plan, scale } }))
      .then(assessed({ scale }));
  });

  it('not in a plan that names no scale', () => {
    const { scale: _, ...without } = plan;
    given(adopted())
      .when(judge({}, { plan: without }))
      .refused('plan-has-scale');
  });

  it('a hundred times by a body in a round, and may still be withdrawn', () => {
    const told = Array.from({ length: 99 }, (_, index) => assessed({ motivation: `Bedömning ${index}` }));
    const last = assessed({ motivation: 'Den sista' });
    given(adopted(), ...told)
      .when(judge({ motivation: 'Den sista' }))
      .then(last);
    given(adopted(), ...told, last)
      .when(judge({ motivation: 'En till' }))
      .refused('judgements-in-round');
    given(adopted(), ...told, last)
      .when(
        command('CorrectAssessment', { assessmentId: ids.assessment, level: 'on-track', reason: 'Fel' }, { levels }),
      )
      .refused('judgements-in-round');
    given(adopted(), ...told, last)
      .when(judge({ bodyId: ids.otherBody }))
      .then(assessed({ bodyId: ids.otherBody }));
    given(adopted(), ...told, last)
      .when(command('WithdrawAssessment', { assessmentId: ids.assessment, reason: 'Fel' }))
      .then({ type: 'AssessmentWithdrawn', data: { ...aboutAssessment, reason: 'Fel' } });
  });
});
