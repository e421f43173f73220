import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventMetadata, RecordedEvent, RecordedFact } from '#kernel';
import { abbreviationOn, bodies, dissolutionOf, groupNameOf, groups, kindOf, membersOn, nameOn } from '#organisation';
import type { BodyEvent, BodyRecord, GroupEvent, GroupRecord } from '#organisation';
import { bodyHistories, days, groupHistories } from '../../../../organisation/src/testing/organisation.histories.js';
import { isOfOrganisation, Organisation } from './organisation.js';

const toldOf = <Event extends BodyEvent | GroupEvent>(
  events: readonly RecordedFact<Event>[],
): RecordedFact<Event>[] => {
  const organisation = new Organisation();
  for (const { actor, corrects, effectiveOn, recordedAt, ...event } of events) {
    const metadata = { actor, effectiveOn, recordedAt, ...(corrects && { corrects }) } as EventMetadata;
    const recorded = { ...event, stream: 'uppsala.x-1', metadata } as unknown as RecordedEvent;
    if (isOfOrganisation(recorded)) organisation.take(recorded);
  }
  return organisation.told().map(({ metadata, ...event }, revision) => {
    const { actor, effectiveOn, recordedAt } = metadata;
    return { ...event, actor, effectiveOn, recordedAt, revision } as unknown as RecordedFact<Event>;
  });
};

describe('What a snapshot tells of the organisation', () => {
  it('is what is told of a body on any day, in the words that rule 1 knows', () => {
    fc.assert(
      fc.property(bodyHistories, (events) => {
        const { evolve, initialState } = bodies.decider;
        const live = events.reduce(evolve, initialState) as BodyRecord;
        if (live.status !== 'registered') return;
        const told = toldOf(events).reduce(evolve, initialState) as BodyRecord;
        for (const asOf of days) {
          expect(nameOn(told, { asOf })).toBe(nameOn(live, { asOf }));
          expect(abbreviationOn(told, { asOf })).toBe(abbreviationOn(live, { asOf }));
        }
        expect(kindOf(told)).toBe(kindOf(live));
        expect(dissolutionOf(told)?.since).toBe(dissolutionOf(live)?.since);
      }),
    );
  });

  it('is the name that corrects one by which a registration was corrected', () => {
    const bodyId = '018f0000-0000-7000-9000-000000000070';
    const fact = (revision: number, event: object) =>
      ({
        ...event,
        id: `018f0000-0000-7000-9000-00000000000${revision}`,
        effectiveOn: '2024-06-01',
        recordedAt: `2025-06-01T12:00:0${revision}.000Z`,
        actor: { id: 'controller', role: 'controller' },
        revision,
        position: String(revision).padStart(20, '0'),
      }) as RecordedFact<BodyEvent>;
    const told = toldOf<BodyEvent>([
      fact(0, { type: 'BodyRegistered', data: { bodyId, name: 'Nämden', kind: 'board' } }),
      fact(1, {
        type: 'BodyRegistrationCorrected',
        data: { bodyId, name: 'Nämnden', kind: 'council', reason: 'Fel' },
      }),
      fact(2, {
        type: 'BodyRenamed',
        data: { bodyId, name: 'Äldrenämnden' },
        corrects: '018f0000-0000-7000-9000-000000000001',
      }),
    ]);
    expect(told.map(({ data }) => data)).toEqual([{ bodyId, name: 'Äldrenämnden', kind: 'council' }]);
  });

  it('is what is told of a group on any day', () => {
    fc.assert(
      fc.property(groupHistories, (events) => {
        const { evolve, initialState } = groups.decider;
        const live = events.reduce(evolve, initialState) as GroupRecord;
        if (live.status !== 'defined') return;
        const told = toldOf(events).reduce(evolve, initialState) as GroupRecord;
        expect(groupNameOf(told)).toBe(groupNameOf(live));
        for (const day of days) expect(membersOn(told.memberships, day)).toEqual(membersOn(live.memberships, day));
      }),
    );
  });
});
