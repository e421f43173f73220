import type { Decider, DomainCommand, DomainEvent } from '#kernel';

/** An aggregate: where its streams are, and how it decides. */
export interface Aggregate<
  Command extends DomainCommand = DomainCommand,
  State = unknown,
  Event extends DomainEvent = DomainEvent,
> {
  /** What one is called, in a stream's name and in messages: `item` in `uppsala.item-<id>`. */
  readonly category: string;
  readonly decider: Decider<Command, State, Event>;
  /**
   * Whether what cannot be read in its streams is passed over. Decisions that keep the system going must not hang on what
   * somebody else has recorded there.
   */
  readonly passesOverCorrupt?: true;
  /**
   * Of an aggregate whose story may be long: the number of its fold, raised whenever a story would lead to another state,
   * so that no state is believed that an earlier fold has left behind. Without it, no state is kept beyond a process.
   */
  readonly foldVersion?: number;
}

/** The state that an aggregate's decider folds. */
export type StateOf<A> = A extends Aggregate<infer _Command, infer State, infer _Event> ? State : never;
