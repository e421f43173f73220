import { expect } from '@jest/globals';
import type { DecidedEvent, Decider, DomainEvent, RecordedFact } from '../index.js';
import { RuleViolation } from '../index.js';

/** What a specification gives: the event, and the day it speaks of where that matters. */
export type GivenEvent<Event> = Event & Partial<RecordedFact<object>>;

/**
 * Starts a sentence about a decider: `given(adopted()).when(reword({ … })).then(reworded({ … }))`, or `.refused('rule')`.
 * Events without a day take effect on 2025-01-01, and a controller recorded them that noon.
 */
export function specify<Command, State, Event extends DomainEvent>(decider: Decider<Command, State, Event>) {
  return {
    given: (...events: readonly GivenEvent<Event>[]) => ({
      when: (command: Command) => ({
        then: (...expected: readonly DecidedEvent<Event>[]) => {
          expect(decider.decide(command, fold(decider, events))).toEqual(expected);
        },
        refused: (rule: string) => {
          let refusal: unknown;
          try {
            decider.decide(command, fold(decider, events));
          } catch (error) {
            refusal = error;
          }
          expect(refusal).toBeInstanceOf(RuleViolation);
          expect((refusal as RuleViolation).rule).toBe(rule);
        },
      }),
    }),
  };
}

/** The state that a history leads to. */
export function fold<Command, State, Event extends DomainEvent>(
  { initialState, evolve }: Decider<Command, State, Event>,
  events: readonly GivenEvent<Event>[],
): State {
  return factsOf(events).reduce(evolve, initialState);
}

/** The id of the event of a revision, as `factsOf` numbers them. */
export const idNumbered = (revision: number): string => `018f0000-0000-7000-9000-${String(revision).padStart(12, '0')}`;

/** Events as a fold sees them, with a place in the log each. */
export const factsOf = <Event extends DomainEvent>(events: readonly GivenEvent<Event>[]): RecordedFact<Event>[] =>
  events.map((event, index) => ({
    id: idNumbered(index),
    effectiveOn: '2025-01-01',
    recordedAt: '2025-01-01T12:00:00.000Z',
    actor: { id: 'controller', role: 'controller' },
    revision: index,
    position: String(index + 1).padStart(20, '0'),
    ...event,
  }));
