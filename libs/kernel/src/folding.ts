import type { RecordedFact } from './recorded-fact.js';

/** Gives a container that may be written to: the container itself where nobody else holds it, a copy of it otherwise. */
export type Own = <Container extends object>(container: Container) => Writable<Container>;

/** What a fold writes to once it is its own. What lies in it is not, until it is made so too. */
export type Writable<Container> = { -readonly [Property in keyof Container]: Container[Property] };

/** A fold under way. It costs no more an event however large its state has grown. */
export interface Folding<State, Event> {
  take(event: RecordedFact<Event>): void;
  /** What the events so far lead to. Nothing is taken after it was asked for: the state is then its reader's. */
  done(): State;
}

/** Two faces of one fold: one event, for whoever holds the state before it too; and many, in place. */
export interface Fold<State, Event> {
  /** The state after an event. The one before it stays as it is. */
  readonly evolve: (state: State, event: RecordedFact<Event>) => State;
  /** Begins to fold many events onto a state, which stays as it is. */
  readonly folding: (state: State) => Folding<State, Event>;
}

/**
 * Makes both faces of one description.
 * @param apply the state after an event. It writes to nothing but what `own` has given it, or what it has made itself, and
 * not to what the event holds
 */
export const foldOf = <State, Event>(
  apply: (state: State, event: RecordedFact<Event>, own: Own) => State,
): Fold<State, Event> => ({
  evolve: (state, event) => apply(state, event, copied),
  folding: (state) => {
    let draft = structuredClone(state);
    return {
      take: (event) => {
        draft = apply(draft, event, itself);
      },
      done: () => draft,
    };
  },
});

const itself: Own = (container) => container;

/** For one event on a state that others hold too. */
export const copied: Own = (container) => (Array.isArray(container) ? [...container] : { ...container }) as never;
