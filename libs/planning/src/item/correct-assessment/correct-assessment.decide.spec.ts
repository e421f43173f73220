import { describe, it } from '@jest/globals';
import type { ItemEvent } from '../item.events.js';
import {
  aboutAssessment,
  adopted,
  assessed,
  command,
  given,
  ids,
  judge,
  judgement,
  levels,
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
