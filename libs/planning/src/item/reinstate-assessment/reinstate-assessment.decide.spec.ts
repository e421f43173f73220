import { describe, it } from '@jest/globals';
import {
  aboutAssessment,
  adopted,
  assessed,
  assessing,
  command,
  given,
  ids,
  judge,
  withdrawn,
} from '../testing/item.examples.js';
import type { ItemEvent } from '../item.events.js';

const reason = 'Rätt uppdrag';
const { evidence, level, motivation, scale } = assessed().data;
const reinstated = (data: object = {}): ItemEvent => ({
  type: 'AssessmentReinstated',
  data: { ...aboutAssessment, scale, level, motivation, evidence, reason, ...data },
});

describe('An assessment that was withdrawn by mistake stands again', () => {
  const { round } = assessing();
  const reinstate = (more: object = {}, assessmentId = ids.assessment) =>
    command('ReinstateAssessment', { assessmentId, reason }, { round: { ...round, ...more } });
  const corrected: ItemEvent = {
    type: 'AssessmentCorrected',
    data: { ...aboutAssessment, level: 'on-track', motivation, evidence, reason: 'Fel rad' },
  };

  it('as it was last corrected', () => {
    given(adopted(), assessed(), withdrawn).when(reinstate()).then(reinstated());
    given(adopted(), assessed(), corrected, withdrawn)
      .when(reinstate())
      .then(reinstated({ level: 'on-track' }));
    given(adopted(), assessed(), withdrawn, reinstated()).when(judge()).then();
  });

  it('once, until it is withdrawn again', () => {
    given(adopted(), assessed()).when(reinstate()).then();
    given(adopted(), assessed(), withdrawn, reinstated()).when(reinstate()).then();
    given(adopted(), assessed(), withdrawn, reinstated(), withdrawn).when(reinstate()).then(reinstated());
  });

  it('unless the body has said something else in the round since', () => {
    const other = assessed({ assessmentId: ids.otherAssessment, level: 'on-track' });
    given(adopted(), assessed(), withdrawn, other).when(reinstate()).refused('nothing-said-since');
    given(adopted(), other, assessed(), withdrawn).when(reinstate()).then(reinstated());
    const gone: ItemEvent = {
      ...withdrawn,
      data: { ...withdrawn.data, assessmentId: ids.otherAssessment },
    } as ItemEvent;
    given(adopted(), assessed(), withdrawn, other, gone).when(reinstate()).then(reinstated());
  });

  it('unless the round was cancelled, or the item has none such', () => {
    given(adopted(), assessed(), withdrawn)
      .when(reinstate({ isCancelled: true }))
      .refused('round-not-cancelled');
    given(adopted(), assessed()).when(reinstate({}, ids.otherAssessment)).refused('assessment-of-item');
  });
});
