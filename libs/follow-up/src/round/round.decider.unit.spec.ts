import { describe, it } from '@jest/globals';
import { EventCatalog } from '#kernel';
import { specify } from '#kernel/testing';
import type { AdoptedPlan } from '#planning';
import { rounds } from './round.decider.js';
import type { OpenRound } from './round.decider.js';
import { roundEvents } from './round.events.js';
import type { RoundEvent } from './round.events.js';

const { given } = specify(rounds.decider);
const id = '018f0000-0000-7000-8000-000000000001';
const content = {
  planId: '018f0000-0000-7000-8000-000000000002',
  key: 'april-2025',
  kind: 'april',
  label: 'Delårsuppföljning april 2025',
  year: 2025,
  referenceDate: '2025-03-31',
  deadline: '2025-04-30',
  scope: ['uppdrag'],
};
const opened: RoundEvent = { type: 'RoundOpened', data: { roundId: id, ...content } };
const kinds = ['fokusmal', 'uppdrag'].map((code, order) => ({ code, label: code, plural: code, order, parents: [] }));
const plan = { status: 'adopted', kinds } as unknown as AdoptedPlan;
const open = (data: Partial<OpenRound['data']> = {}, sameOccasion?: string): OpenRound => ({
  type: 'OpenRound',
  id,
  data: { ...content, ...data },
  facts: { plan, sameOccasion },
  effectiveOn: '2025-01-15',
});

describe('A round', () => {
  it('is opened once', () => {
    given().when(open()).then(opened);
    given(opened).when(open()).refused('round-opened-once');
  });

  it('is the only one of its plan, kind and year', () => {
    given().when(open({}, 'Uppföljning per april')).refused('round-once');
  });

  it('is due on the day that it speaks of at the earliest', () => {
    given()
      .when(open({ deadline: '2025-03-31' }))
      .then({ type: 'RoundOpened', data: { ...opened.data, deadline: '2025-03-31' } });
    given()
      .when(open({ deadline: '2025-03-30' }))
      .refused('deadline-after-reference');
  });

  it('assesses something, and only kinds that the plan has', () => {
    given()
      .when(open({ scope: [] }))
      .refused('round-has-scope');
    given()
      .when(open({ scope: ['uppdrag', 'aktivitet'] }))
      .refused('kind-of-plan');
  });

  it('is recorded as its contract says', () => {
    new EventCatalog(roundEvents).encode(rounds.decider.decide(open(), rounds.decider.initialState)[0]!);
  });
});
