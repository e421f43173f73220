import { describe, expect, it } from '@jest/globals';
import { fold } from '#kernel/testing';
import type { ItemEvent } from '../item.events.js';
import { judgementIn } from '../item.state.js';
import type { JudgedItem } from '../item.state.js';
import {
  aboutAssessment,
  adopted,
  assessed,
  assessing,
  command,
  decider,
  given,
  ids,
  judge,
  judgement,
  levels,
  onDay,
  subject,
  withdrawn,
} from '../testing/item.examples.js';

describe('An assessment is corrected', () => {
  const correct = (data: object, assessmentId = ids.assessment) =>
    command('CorrectAssessment', { assessmentId, reason: 'Fel rad', ...data }, { levels });

  it('in what was wrong, and what it should have said is told whole', () => {
    given(adopted(), assessed({ evidence: [{ note: 'Protokoll' }] }))
      .when(correct({ level: 'on-track' }))
      .then({
        type: 'AssessmentCorrected',
        data: {
          ...aboutAssessment,
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
      data: {
        ...aboutAssessment,
        level: 'on-track',
        motivation: judgement.motivation,
        evidence: [],
        reason: 'Fel rad',
      },
    };
    given(adopted(), assessed(), corrected)
      .when(correct({ level: 'on-track' }))
      .then();
    given(adopted(), assessed(), corrected)
      .when(judge({ level: 'on-track' }))
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

describe('An assessment that was recorded for the wrong day, or in the wrong round', () => {
  const own = '2025-01-01';
  const { assessmentId: _, round } = assessing();
  const anew = { assessmentId: ids.otherAssessment };
  const moved = { assessmentId: ids.otherAssessment, round, bodyDissolvedOn: undefined, isTaken: true };
  const move = (data: object = {}, facts: object = {}, day = '2025-03-31') =>
    command(
      'CorrectAssessment',
      { assessmentId: ids.assessment, reason: 'Fel dag', ...data },
      { levels, moved: { ...moved, ...facts } },
      day,
    );
  const gone = (day = own): ItemEvent =>
    onDay(day, { type: 'AssessmentWithdrawn', data: { ...aboutAssessment, reason: 'Fel dag' } });

  it('is withdrawn on its own day, and made anew on the right one, as it was last corrected', () => {
    given(adopted(), assessed()).when(move()).then(gone(), assessed(anew));
    const corrected: ItemEvent = {
      type: 'AssessmentCorrected',
      data: { ...aboutAssessment, level: 'on-track', motivation: judgement.motivation, evidence: [], reason: 'Fel' },
    };
    given(adopted(), onDay('2025-02-15', assessed()), onDay('2025-02-15', corrected))
      .when(move({ motivation: 'Rätt' }))
      .then(gone('2025-02-15'), assessed({ ...anew, level: 'on-track', motivation: 'Rätt' }));
  });

  it('is made anew in the right one of the rounds', () => {
    given(adopted(), assessed())
      .when(move({ roundId: ids.august }))
      .then(gone(), assessed({ ...anew, roundId: ids.august }));
  });

  it('is what its body says since, and the wrong one can be neither corrected nor made to stand beside it', () => {
    const story = [adopted(), assessed(), gone(), onDay('2025-03-31', assessed(anew))];
    const item = fold(decider, story) as JudgedItem;
    expect(judgementIn(item, ids.april, ids.body)).toMatchObject({ assessmentId: ids.otherAssessment });
    given(...story)
      .when(move())
      .refused('assessment-stands');
    const back = { assessmentId: ids.assessment, reason: 'Rätt ändå' };
    given(...story)
      .when(command('ReinstateAssessment', back, { round }))
      .refused('nothing-said-since');
  });

  it('goes out of a round that was cancelled, also where that has withdrawn it, and nowhere else', () => {
    const freed = { isFreed: true };
    given(adopted(), assessed(), withdrawn)
      .when(move({ roundId: ids.august }, freed))
      .then(assessed({ ...anew, roundId: ids.august }));
    given(adopted(), assessed(), withdrawn).when(move({}, freed)).refused('assessment-stands');
    given(adopted(), assessed(), withdrawn)
      .when(move({ roundId: ids.august }))
      .refused('assessment-stands');
    given(adopted(), assessed())
      .when(move({ roundId: ids.august }, freed))
      .then(gone(), assessed({ ...anew, roundId: ids.august }));
  });

  it('stays where the round was cancelled, and before the item was adopted', () => {
    given(adopted(), assessed())
      .when(move({}, { round: { ...round, isCancelled: true } }))
      .refused('round-not-cancelled');
    given(adopted(), assessed())
      .when(move({}, {}, '2024-12-31'))
      .refused('effective-after-adoption');
  });

  it('is made in no round in which the item or the body would not be assessed', () => {
    const to = (facts: object) => move({ roundId: ids.august }, facts);
    const story = [adopted(), assessed()];
    given(...story)
      .when(to({ round: { ...round, isOpened: false } }))
      .refused('round-open');
    given(...story)
      .when(to({ round: { ...round, planId: ids.otherPlan } }))
      .refused('round-of-plan');
    given(...story)
      .when(to({ bodyDissolvedOn: '2025-03-31' }))
      .refused('body-not-dissolved');
    given(...story)
      .when(to({ isTaken: false }))
      .refused('item-concerns-body');
  });

  it('takes the place of nothing else that its body says in the round', () => {
    const other = (data: object = {}) => assessed({ assessmentId: ids.successor, level: 'on-track', ...data });
    given(adopted(), assessed(), other()).when(move()).refused('nothing-else-said');
    given(adopted(), other(), assessed()).when(move()).then(gone(), assessed(anew));
    given(adopted(), assessed(), other({ roundId: ids.august }))
      .when(move({ roundId: ids.august }))
      .refused('nothing-else-said');
  });
});
