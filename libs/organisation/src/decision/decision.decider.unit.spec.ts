import { describe, it } from '@jest/globals';
import type { FormalDecision } from '#kernel';
import { idNumbered, specify } from '#kernel/testing';
import { decisions } from './decision.decider.js';
import type { CorrectDecision, DecidedEvent } from './decision.decider.js';
import type { DecisionEvent } from './decision.events.js';

const { given } = specify(decisions.decider);
const [eventId, subjectId, planId, bodyId, otherBody] = [1, 2, 3, 4, 5].map(idNumbered) as [
  string,
  string,
  string,
  string,
  string,
];
const recorded: FormalDecision = { bodyId, date: '2025-05-21', paragraph: '§ 78' };
const right: FormalDecision = { bodyId, date: '2025-05-21', paragraph: '§ 87' };

const correct = (decided: FormalDecision, facts: Partial<DecidedEvent> = {}): CorrectDecision => ({
  type: 'CorrectDecision',
  id: eventId,
  data: { category: 'item', subjectId, decided, reason: 'Fel paragraf' },
  facts: { effectiveOn: '2025-06-01', planId, decision: recorded, ...facts },
  effectiveOn: '2025-06-01',
});
const corrected = (before: FormalDecision, decided: FormalDecision): DecisionEvent => ({
  type: 'DecisionCorrected',
  data: { eventId, category: 'item', subjectId, planId, before, decided, reason: 'Fel paragraf' },
});

describe('The formal decision behind an event', () => {
  it('is corrected with a reason, and again from what it was corrected to', () => {
    given().when(correct(right)).then(corrected(recorded, right));
    given(corrected(recorded, right)).when(correct(right)).then();
    given(corrected(recorded, right)).when(correct(recorded)).then(corrected(right, recorded));
    given().when(correct(recorded)).then();
  });

  it('on a snapshot, stays one of the same body in minutes, after the issue', () => {
    const issued = { issuedOn: '2025-05-20' };
    given().when(correct(right, issued)).then(corrected(recorded, right));
    given()
      .when(correct({ bodyId, date: '2025-05-21' }, issued))
      .refused('decision-formal');
    given()
      .when(correct({ ...right, bodyId: otherBody }, issued))
      .refused('owner-decides');
    given()
      .when(correct({ ...right, date: '2025-05-19' }, issued))
      .refused('decided-after-issue');
  });
});
