import { describe, it } from '@jest/globals';
import { specify } from '#kernel/testing';
import type { AssessmentFacts } from './assessment.decider.js';
import { items } from './item.decider.js';
import type { ItemEvent } from './item.events.js';
import { adopted, assessed, assessing, command, ids, levels, plan } from './testing/item.examples.js';

const { given } = specify(items.decider);
const subject = { itemId: ids.item, planId: ids.plan };
const judgement = {
  roundId: ids.april,
  bodyId: ids.body,
  level: 'delayed',
  motivation: 'Upphandlingen är överklagad.',
};
const about = {
  ...subject,
  assessmentId: ids.assessment,
  roundId: ids.april,
  bodyId: ids.body,
  capacity: 'contribution' as const,
};
const withdrawn: ItemEvent = { type: 'AssessmentWithdrawn', data: { ...about, reason: 'Fel uppdrag' } };

const assess = (data: object = {}, facts: Partial<AssessmentFacts> = {}) =>
  command('AssessItem', { ...judgement, ...data }, assessing(facts));

describe('An item is assessed', () => {
  it("by a body as its contribution, and by the plan's owner as the item's status", () => {
    given(adopted()).when(assess()).then(assessed());
    given(adopted())
      .when(assess({ bodyId: ids.owner }))
      .then(assessed({ bodyId: ids.owner, capacity: 'owner' }));
  });

  it('on the evidence that the body gives', () => {
    const evidence = [{ indicatorId: ids.indicator }, { note: 'Protokoll från juni' }];
    given(adopted()).when(assess({ evidence })).then(assessed({ evidence }));
  });

  it('in a round of its own plan, whose scope its kind is in', () => {
    const { round } = assessing();
    given(adopted())
      .when(assess({}, { round: { ...round, planId: ids.otherPlan } }))
      .refused('round-of-plan');
    given(adopted())
      .when(assess({}, { round: { ...round, scope: ['fokusmal'] } }))
      .refused('kind-in-scope');
  });

  it("on a level of the plan's scale", () => {
    given(adopted())
      .when(assess({ level: 'blue' }))
      .refused('level-on-scale');
  });

  it('only where it was in force on the day that the round speaks of', () => {
    const ended = (type: 'ItemCompleted' | 'ItemDiscontinued', effectiveOn: string) =>
      ({ type, data: { ...subject, reason: 'other', comment: 'Slut' }, effectiveOn }) as ItemEvent;
    given({ ...adopted(), effectiveOn: '2025-04-01' })
      .when({ ...assess(), effectiveOn: '2025-04-08' })
      .refused('item-in-force');
    given(adopted(), ended('ItemDiscontinued', '2025-03-31')).when(assess()).refused('item-in-force');
    given(adopted(), ended('ItemDiscontinued', '2025-04-01')).when(assess()).then(assessed());
    given(adopted(), ended('ItemCompleted', '2025-02-01'))
      .when(assess({ level: 'completed' }))
      .then(assessed({ level: 'completed' }));
  });

  it('only by a body that was there on that day', () => {
    given(adopted())
      .when(assess({}, { bodyDissolvedOn: '2025-03-31' }))
      .refused('body-not-dissolved');
    given(adopted())
      .when(assess({}, { bodyDissolvedOn: '2025-04-01' }))
      .then(assessed());
  });

  it('again in the same round, where the body has come to another view', () => {
    const facts = { assessmentId: ids.otherAssessment };
    given(adopted(), assessed()).when(assess({}, facts)).then();
    given(adopted(), assessed())
      .when(assess({ level: 'on-track' }, facts))
      .then(assessed({ level: 'on-track', assessmentId: ids.otherAssessment }));
    given(adopted(), assessed())
      .when(assess({ roundId: ids.august }, facts))
      .then(assessed({ roundId: ids.august, assessmentId: ids.otherAssessment }));
    given(adopted(), assessed(), assessed({ level: 'on-track', assessmentId: ids.otherAssessment }))
      .when(assess())
      .then(assessed());
  });

  it('again in the same words after a withdrawal, and on a newer version of the scale', () => {
    given(adopted(), assessed(), withdrawn).when(assess()).then(assessed());
    const scale = { ...plan.scale, version: 2 };
    given(adopted(), assessed())
      .when(assess({}, { plan: { ...plan, scale } }))
      .then(assessed({ scale }));
  });
});

describe('An assessment is corrected', () => {
  const correct = (data: object, assessmentId = ids.assessment) =>
    command('CorrectAssessment', { assessmentId, reason: 'Fel rad', ...data }, { levels });

  it('in what was wrong, and what it should have said is told whole', () => {
    given(adopted(), assessed({ evidence: [{ note: 'Protokoll' }] }))
      .when(correct({ level: 'on-track' }))
      .then({
        type: 'AssessmentCorrected',
        data: {
          ...about,
          level: 'on-track',
          motivation: judgement.motivation,
          evidence: [{ note: 'Protokoll' }],
          reason: 'Fel rad',
        },
      });
  });

  it('without a trace where it says so already, also by an earlier correction', () => {
    given(adopted(), assessed())
      .when(correct({ level: 'delayed' }))
      .then();
    const corrected: ItemEvent = {
      type: 'AssessmentCorrected',
      data: { ...about, level: 'on-track', motivation: judgement.motivation, evidence: [], reason: 'Fel rad' },
    };
    given(adopted(), assessed(), corrected)
      .when(correct({ level: 'on-track' }))
      .then();
    given(adopted(), assessed(), corrected)
      .when(assess({ level: 'on-track' }))
      .then();
  });

  it('to a level of the scale', () => {
    given(adopted(), assessed())
      .when(correct({ level: 'blue' }))
      .refused('level-on-scale');
  });

  it('only while it stands, and where it is the item’s', () => {
    given(adopted(), assessed(), withdrawn)
      .when(correct({ level: 'on-track' }))
      .refused('assessment-stands');
    given(adopted(), assessed())
      .when(correct({ level: 'on-track' }, ids.otherAssessment))
      .refused('assessment-of-item');
  });

  it('also after the item has ended', () => {
    const completed: ItemEvent = { type: 'ItemCompleted', data: subject };
    given(adopted(), assessed(), completed)
      .when(command('WithdrawAssessment', { assessmentId: ids.assessment, reason: 'Fel uppdrag' }))
      .then(withdrawn);
  });
});

describe('An assessment is withdrawn', () => {
  const withdraw = (assessmentId = ids.assessment) =>
    command('WithdrawAssessment', { assessmentId, reason: 'Fel uppdrag' });

  it('once', () => {
    given(adopted(), assessed()).when(withdraw()).then(withdrawn);
    given(adopted(), assessed(), withdrawn).when(withdraw()).then();
  });

  it('where it is the item’s', () => {
    given(adopted(), assessed()).when(withdraw(ids.otherAssessment)).refused('assessment-of-item');
  });

  it('and leaves those of other bodies standing', () => {
    const other = assessed({ bodyId: ids.otherBody, assessmentId: ids.otherAssessment });
    given(adopted(), assessed(), other, withdrawn)
      .when(assess({ bodyId: ids.otherBody }))
      .then();
  });
});
