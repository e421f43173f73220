import { describe, expect, it } from '@jest/globals';
import { NotFound, term } from '#kernel';
import { fold, idNumbered, specify } from '#kernel/testing';
import { organisations } from './reorganisation.decider.js';
import type { DecideReorganisation, PreparedFacts, ReorganisationCommand } from './reorganisation.decider.js';
import { ReorganisationRefused } from './reorganisation-refused.js';
import type { ReorganisationEvent, ReorganisationStep } from './reorganisation.events.js';

const { given } = specify(organisations.decider);
const [organisationId, first, second, bodyId, successor, itemId] = [1, 2, 3, 4, 5, 6].map(idNumbered) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const day = '2025-10-01';
const steps: ReorganisationStep[] = [
  { category: 'item', id: itemId, command: 'HandOverItem', data: { bodyId, successors: [successor] } },
  { category: 'body', id: bodyId, command: 'DissolveBody', data: { successors: [successor] } },
];
const prepared: PreparedFacts = { day, steps, refused: [], doubts: [] };
const decide = (facts: Partial<PreparedFacts> = {}, reorganisationId = first): DecideReorganisation => ({
  type: 'DecideReorganisation',
  id: organisationId,
  data: { reorganisationId, kind: 'merged', bodyId, successors: [successor], named: [], comment: 'Slås samman' },
  facts: { ...prepared, ...facts },
  effectiveOn: day,
});
const revoke = (resting: readonly string[] = []): ReorganisationCommand => ({
  type: 'RevokeReorganisation',
  id: organisationId,
  data: { reorganisationId: second, revokes: first, reason: 'Upphävt' },
  facts: { ...prepared, decidedBy: idNumbered(9), resting: resting.map((one) => term(one, `${one} på svenska`, one)) },
  effectiveOn: day,
});
const close = (reorganisationId: string): ReorganisationCommand => ({
  type: 'CloseReorganisation',
  id: organisationId,
  data: { reorganisationId, undone: [] },
  facts: undefined,
  effectiveOn: day,
});
const decided = (reorganisationId = first): ReorganisationEvent => ({
  type: 'ReorganisationDecided',
  data: {
    organisationId,
    reorganisationId,
    kind: 'merged',
    bodyId,
    successors: [successor],
    comment: 'Slås samman',
    steps,
  },
});
const revoked: ReorganisationEvent = {
  type: 'ReorganisationRevoked',
  data: { organisationId, reorganisationId: second, revokes: first, reason: 'Upphävt', steps },
};
const closed = (reorganisationId: string): ReorganisationEvent => ({
  type: 'ReorganisationCarriedOut',
  data: { organisationId, reorganisationId, undone: [] },
});

describe('A reorganisation', () => {
  it('is decided with all its steps, and alone until it is carried out', () => {
    given().when(decide()).then(decided());
    given(decided()).when(decide({}, second)).refused('reorganisation-under-way');
    given(decided(), closed(first)).when(decide({}, second)).then(decided(second));
  });

  it('is refused with everything that stands in its way', () => {
    const refused = [{ field: `item:${itemId}`, error: new NotFound('item', itemId) }];
    const deciding = () => organisations.decider.decide(decide({ refused }), organisations.decider.initialState);
    expect(deciding).toThrow(ReorganisationRefused);
    expect(deciding).toThrow(itemId);
  });

  it('is closed once', () => {
    given(decided()).when(close(first)).then(closed(first));
    given(decided(), closed(first)).when(close(first)).then();
    given(decided()).when(close(second)).then();
  });

  it('is taken back once, and not while something rests on it or it is under way', () => {
    given(decided(), closed(first)).when(revoke()).then(revoked);
    given(decided()).when(revoke()).refused('reorganisation-under-way');
    given(decided(), closed(first))
      .when(revoke(['item 7']))
      .refused('nothing-rests-on-it');
    given(decided(), closed(first), revoked, closed(second)).when(revoke()).refused('reorganisation-stands');
  });

  it('tells who took over what while it stands', () => {
    const { standing } = fold(organisations.decider, [decided(), closed(first)]);
    expect(standing[first]).toMatchObject({ bodyId, named: { [itemId]: [successor] } });
    expect(fold(organisations.decider, [decided(), closed(first), revoked]).standing).toEqual({});
  });
});
