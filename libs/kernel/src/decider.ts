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

/** An event as a fold sees it: what happened, the day that it speaks of, and when the log learnt it. */
export type RecordedFact<Event> = Event & {
  /** ISO day. */
  readonly effectiveOn: string;
  /** RFC 3339 instant in UTC. */
  readonly recordedAt: string;
};

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
