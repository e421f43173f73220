import type { Actor, DomainEvent, StoredEvent } from './events/envelope.js';

/**
 * What an aggregate is: pure functions, so that a decision follows from its arguments alone. Time, ids and what other
 * streams know come in with the command.
 *
 * `decide` answers with the events that the command leads to, `[]` where nothing would change, and throws a
 * `RuleViolation` where a rule stands in the way. `evolve` never refuses: what is recorded has happened.
 */
export interface Decider<Command, State, Event> {
  readonly initialState: State;
  readonly decide: (command: Command, state: State) => readonly Event[];
  readonly evolve: (state: State, event: RecordedFact<Event>) => State;
}

/** An event as a fold sees it: what happened, the day that it speaks of, and who had the log learn it when. */
export type RecordedFact<Event> = Event & {
  /** ISO day. */
  readonly effectiveOn: string;
  /** RFC 3339 instant in UTC. */
  readonly recordedAt: string;
  readonly actor: Actor;
  /** Its place in the log. What was just appended together may all have the place of its last event. */
  readonly position: string;
};

/** What a fold is told of an event that the catalog has read. */
export function factOf<Event extends DomainEvent>({
  data,
  metadata: { actor, effectiveOn, recordedAt },
  position,
  type,
}: Pick<StoredEvent<unknown>, 'type' | 'data' | 'metadata' | 'position'>): RecordedFact<Event> {
  return { type, data, effectiveOn, recordedAt, actor, position } as unknown as RecordedFact<Event>;
}

/**
 * A command as a decider sees it.
 * @typeParam Data what was asked: part of the command's identity
 * @typeParam Facts what other streams said when it was asked: looked up by the handler, never given by the caller
 */
export interface DomainCommand<Type extends string = string, Data = unknown, Facts = unknown> {
  readonly type: Type;
  /** The aggregate that decides. */
  readonly id: string;
  readonly data: Data;
  readonly facts: Facts;
  /** The day that the command speaks of, as ISO day. */
  readonly effectiveOn: string;
}
