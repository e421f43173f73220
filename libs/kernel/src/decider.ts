import type { Fold } from './folding.js';

/**
 * What an aggregate is: pure functions, so that a decision follows from its arguments alone. Time, ids and what other
 * streams know come in with the command.
 *
 * `decide` answers with the events that the command leads to, `[]` where nothing would change, and throws a
 * `RuleViolation` where a rule stands in the way. `evolve` never refuses: what is recorded has happened.
 *
 * The state holds what decisions read and no more, as plain JSON. Where it has parts that grow with its story, it comes
 * with `folding` (`foldOf` gives both), so that a long story is folded without a copy for each event.
 */
export interface Decider<Command, State, Event> extends Pick<Fold<State, Event>, 'evolve'> {
  readonly initialState: State;
  readonly decide: (command: Command, state: State) => readonly DecidedEvent<Event>[];
  readonly folding?: Fold<State, Event>['folding'];
}

/** An event that a decision leads to. It speaks of the day of the command (ISO day), unless it says another. */
export type DecidedEvent<Event> = Event & { readonly effectiveOn?: string };

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
  /** The id of the event that it corrects or takes back, where it does. */
  readonly corrects?: string;
}
