import { describe, it } from '@jest/globals';
import { adopted, assessed, command, given, ids, judge, withdrawn } from '../testing/item.examples.js';

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
      .when(judge({ bodyId: ids.otherBody }))
      .then();
  });
});
