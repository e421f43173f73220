import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EventCatalog } from '#kernel';
import type { EventMetadata, RecordedEvent, RecordedFact } from '#kernel';
import { bodyDirectory } from './body/read-models/body-directory/body-directory.projection.js';
import type { BodyDocument } from './body/read-models/body-directory/body-directory.projection.js';
import { bodyView } from './body/read-models/body-directory/body-directory.view.js';
import { bodies } from './body/body.decider.js';
import { bodyEvents } from './body/body.events.js';
import type { BodyEvent } from './body/body.events.js';
import { isRegistered } from './body/body.js';
import { groupDirectory } from './group/read-models/group-directory/group-directory.projection.js';
import type { GroupDocument } from './group/read-models/group-directory/group-directory.projection.js';
import { groupView } from './group/read-models/group-directory/group-directory.view.js';
import { groups } from './group/group.decider.js';
import { groupEvents } from './group/group.events.js';
import type { GroupEvent } from './group/group.events.js';
import { isDefined } from './group/group.js';
import { membersOn } from './group/membership.js';
import { bodyHistories, days, groupHistories, instantOf } from './testing/organisation.histories.js';

const catalog = new EventCatalog([...bodyEvents, ...groupEvents]);

const eventOf = <Event extends BodyEvent | GroupEvent>(fact: RecordedFact<Event>) => {
  const { actor, corrects, data, effectiveOn, id, position, recordedAt, revision, type } = fact;
  const metadata = { tenant: 'uppsala', actor, effectiveOn, recordedAt, ...(corrects && { corrects }) };
  return {
    id,
    type,
    data,
    position,
    revision,
    stream: 'uppsala.x-1',
    metadata: metadata as EventMetadata,
  } as unknown as RecordedEvent<Event>;
};

const bodyAfter = (events: readonly RecordedFact<BodyEvent>[]): BodyDocument | undefined =>
  events.reduce<BodyDocument | undefined>(
    (document, fact) => bodyDirectory.on[fact.type]!.evolve(document, eventOf(fact) as never),
    undefined,
  );
const groupAfter = (events: readonly RecordedFact<GroupEvent>[]): GroupDocument | undefined =>
  events.reduce<GroupDocument | undefined>(
    (document, fact) => groupDirectory.on[fact.type]!.evolve(document, eventOf(fact) as never),
    undefined,
  );

/** Every moment at which something else may be told. */
const moments = (events: readonly object[]) =>
  days.flatMap((asOf) => events.map((_, revision) => ({ asOf, knownAt: instantOf(revision) })));

describe('A body', () => {
  it('is told of any moment by its document as by its stream up to then', () => {
    fc.assert(
      fc.property(bodyHistories, (events) => {
        const whole = bodyAfter(events);
        for (const { asOf, knownAt } of moments(events)) {
          const then = bodyAfter(events.filter(({ recordedAt }) => recordedAt <= knownAt))!;
          const { revision: _now, ...told } = bodyView(whole!, { asOf, knownAt });
          const { revision: _then, ...expected } = bodyView(then, { asOf });
          expect(isRegistered(whole!, { knownAt })).toBe(isRegistered(then, {}));
          if (isRegistered(then, {})) expect(told).toEqual({ ...expected, knownAt });
        }
      }),
    );
  });

  it('is folded in place as event by event, and recorded as it was decided', () => {
    fc.assert(
      fc.property(bodyHistories, (events) => {
        const { evolve, folding, initialState } = bodies.decider;
        const inPlace = folding!(initialState);
        for (const event of events) inPlace.take(event);
        expect(inPlace.done()).toEqual(events.reduce(evolve, initialState));
        for (const event of events) expect(catalog.encode(event).data).toEqual(event.data);
      }),
    );
  });

  it('is there once more under its key after it was cancelled', () => {
    fc.assert(
      fc.property(bodyHistories, (events) => {
        const begun = events.filter(({ type }) => type === 'BodyRegistered').length;
        const ended = events.filter(({ type }) => type === 'BodyCancelled').length;
        expect([0, 1]).toContain(begun - ended);
        const body = bodyAfter(events);
        if (body) expect(isRegistered(body, {})).toBe(begun > ended);
      }),
    );
  });
});

describe('A group', () => {
  it('is told of any moment by its document as by its stream up to then', () => {
    fc.assert(
      fc.property(groupHistories, (events) => {
        const whole = groupAfter(events);
        for (const { asOf, knownAt } of moments(events)) {
          const then = groupAfter(events.filter(({ recordedAt }) => recordedAt <= knownAt))!;
          const { revision: _now, ...told } = groupView(whole!, [], { asOf, knownAt });
          const { revision: _then, ...expected } = groupView(then, [], { asOf });
          expect(isDefined(whole!, { knownAt })).toBe(isDefined(then));
          if (isDefined(then)) expect(told).toEqual({ ...expected, knownAt });
          expect(membersOn(whole!.memberships, asOf, { knownAt })).toEqual(membersOn(then.memberships, asOf));
        }
      }),
    );
  });

  it('is folded in place as event by event, and recorded as it was decided', () => {
    fc.assert(
      fc.property(groupHistories, (events) => {
        const { evolve, folding, initialState } = groups.decider;
        const inPlace = folding!(initialState);
        for (const event of events) inPlace.take(event);
        expect(inPlace.done()).toEqual(events.reduce(evolve, initialState));
        for (const event of events) expect(catalog.encode(event).data).toEqual(event.data);
      }),
    );
  });
});
