import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Decider, DomainEvent, RecordedFact } from '#kernel';
import { factsOf } from '#kernel/testing';
import type { GivenEvent } from '#kernel/testing';
import { indicators } from '#indicators';
import { bodies, groups } from '#organisation';
import { items, scales } from '#planning';
import { rounds } from '#rounds';

/** How often the parts of a state were looked at or written to. */
let touched: number;

/** A state that counts what is done to it, however deep. */
function counting<Container extends object>(container: Container): Container {
  return new Proxy(container, {
    get: (target, name, receiver) => {
      touched++;
      const value: unknown = Reflect.get(target, name, receiver);
      return typeof value === 'object' && value !== null ? counting(value) : value;
    },
    set: (target, name, value) => {
      touched++;
      return Reflect.set(target, name, value);
    },
    getOwnPropertyDescriptor: (target, name) => {
      touched++;
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
  });
}

/** What one event more costs a fold that has taken so many. */
function costAfter<State, Event extends DomainEvent>(
  { folding, initialState }: Decider<never, State, Event>,
  story: (number: number) => GivenEvent<Event>,
  length: number,
): number {
  const facts = factsOf(Array.from({ length: length + 1 }, (_, number) => story(number)));
  const before = folding!(initialState);
  facts.slice(0, -1).forEach((fact) => before.take(fact));
  const state = before.done();
  // The fold makes the state its own by a copy: this one counts.
  jest.spyOn(globalThis, 'structuredClone').mockImplementation(((own: object) => counting(own)) as never);
  const fold = folding!(state);
  touched = 0;
  fold.take(facts.at(-1) as RecordedFact<Event>);
  jest.restoreAllMocks();
  return touched;
}

const id = (number: number) => `018f0000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const item = { itemId: id(1), planId: id(2) };
const adopted = {
  type: 'ItemAdopted',
  data: { ...item, kind: 'uppdrag', title: 'A', parents: [], responsible: [], documents: [], expectedEffects: [] },
};
const judged = (number: number, roundId: string, bodyId: string) => ({
  type: 'ItemAssessed',
  data: {
    ...item,
    ...{ assessmentId: id(number), roundId, bodyId, capacity: 'owner', scale: { scaleId: id(3), version: 1 } },
    ...{ level: 'on-track', motivation: `Nummer ${number}`, evidence: [] },
  },
});
const round = { roundId: id(5), planId: id(2) };
const indicator = { indicatorId: id(4), planId: id(2) };

/** Stories that can go on for ever. */
const stories: readonly [of: string, Decider<never, any, any>, story: (number: number) => any][] = [
  [
    'judgements of one body in one round',
    items.decider,
    (number) => (number === 0 ? adopted : judged(number, id(5), id(6))),
  ],
  [
    'judgements in ever other rounds',
    items.decider,
    (number) => (number === 0 ? adopted : judged(number, id(number), id(6))),
  ],
  [
    'judgements of ever other bodies',
    items.decider,
    (number) => (number === 0 ? adopted : judged(number, id(5), id(number))),
  ],
  [
    'corrections',
    items.decider,
    (number) => {
      if (number < 2) return number === 0 ? adopted : judged(1, id(5), id(6));
      const { scale: _, ...said } = judged(1, id(5), id(6)).data;
      return { type: 'AssessmentCorrected', data: { ...said, level: 'delayed', reason: `Rättad ${number}` } };
    },
  ],
  [
    'successions',
    items.decider,
    (number) => {
      if (number === 0) return adopted;
      const succession = { successorId: id(number), successorPlanId: id(2), kind: 'split', inferred: false };
      return { type: 'ItemSucceeded', data: { ...item, ...succession } };
    },
  ],
  [
    'values of an indicator',
    indicators.decider,
    (number) => {
      if (number > 0) {
        const data = { ...indicator, period: String(number), total: { value: '1' } };
        return { type: 'IndicatorValueRecorded', data };
      }
      return { type: 'IndicatorDefined', data: { ...indicator, name: 'A', ownerId: id(6), itemIds: [] } };
    },
  ],
  [
    'aliases of a body',
    bodies.decider,
    (number) => {
      if (number === 0) return { type: 'BodyRegistered', data: { bodyId: id(6), name: 'A', kind: 'board' } };
      return { type: 'BodyAliasAdded', data: { bodyId: id(6), alias: `A${number}` } };
    },
  ],
  [
    'members of a group',
    groups.decider,
    (number) => {
      if (number === 0) return { type: 'GroupDefined', data: { groupId: id(7), name: 'A', members: [] } };
      const data = { groupId: id(7), members: [id(number)] };
      return { type: 'GroupMembersChanged', data, effectiveOn: `21${String(number).padStart(4, '0')}` };
    },
  ],
  [
    'reports in a round',
    rounds.decider,
    (number) => {
      if (number > 0) return { type: 'BodyReported', data: { ...round, bodyId: id(number) } };
      return { type: 'RoundOpened', data: { ...round, label: 'A', scope: [] } };
    },
  ],
  [
    'issues of a snapshot',
    rounds.decider,
    (number) => {
      if (number === 0) return { type: 'RoundOpened', data: { ...round, label: 'A', scope: [] } };
      if (number === 1) return { type: 'RoundFrozen', data: { ...round, issue: 1, rule: 1, missing: [] } };
      if (number % 2) return { type: 'SnapshotRecorded', data: { ...round, issue: (number + 1) / 2, sha256: 'a' } };
      return { type: 'SnapshotReissued', data: { ...round, issue: number / 2 + 1, rule: 1, reason: 'A' } };
    },
  ],
  [
    'versions of a scale',
    scales.decider,
    (number) => {
      if (number === 0) return { type: 'ScaleDefined', data: { scaleId: id(3), name: 'A', version: 1, levels: [] } };
      return { type: 'ScaleRevised', data: { scaleId: id(3), version: number + 1, levels: [] } };
    },
  ],
];

describe('An event costs a fold of a long story what it costs a fold of a short one', () => {
  afterEach(() => void jest.restoreAllMocks());

  it.each(stories)('with %s', (_, decider, story) => {
    const [short, long] = [costAfter(decider, story, 10), costAfter(decider, story, 1_000)];
    expect(short).toBeGreaterThan(0);
    expect(long).toBeLessThanOrEqual(short + 10);
  });
});
