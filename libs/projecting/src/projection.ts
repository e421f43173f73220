import type { Document, IndexDefinition } from '#document-store';
import type { DomainEvent, EventDefinition, EventOf, RecordedEvent } from '#kernel';

/** How one type of event changes documents. Pure: the same event on the same document always gives the same. */
export interface Reaction<Doc extends Document, Event extends DomainEvent> {
  /** The documents that the event touches, by id. */
  readonly key: (event: RecordedEvent<Event>) => string | readonly string[];
  /** The document after the event; `undefined` comes in where there is none yet. */
  readonly evolve: (document: Doc | undefined, event: RecordedEvent<Event>) => Doc;
}

/** Said of an event that does not touch a projection's documents. */
export const ignored = undefined;

/** How each type of some events changes documents: every one of them is named, also where it is ignored. */
export type Reactions<Doc extends Document, Event extends DomainEvent> = {
  readonly [Type in Event['type']]: Reaction<Doc, Extract<Event, { type: Type }>> | typeof ignored;
};

/**
 * A question that is answered from documents, and how events make those documents.
 * @typeParam Event the events of the aggregates that it follows, all of them: one that `on` forgets does not compile
 */
export interface Projection<Doc extends Document = Document, Event extends DomainEvent = DomainEvent> {
  /** Lower-case words with hyphens. */
  readonly name: string;
  /** Raised whenever the documents would come out otherwise: they are then made anew beside the old ones. */
  readonly version: number;
  readonly indexes?: readonly IndexDefinition[];
  readonly on: Reactions<Doc, Event>;
}

/**
 * One reaction to every event of some aggregates.
 * @param definitions their events, as their contracts list them
 */
export const onEvery = <Doc extends Document, Definition extends EventDefinition>(
  definitions: readonly Definition[],
  reaction: {
    readonly key: (event: RecordedEvent<EventOf<Definition>>) => string | readonly string[];
    readonly evolve: (document: Doc | undefined, event: RecordedEvent<EventOf<Definition>>) => Doc;
  },
): Reactions<Doc, EventOf<Definition>> =>
  Object.fromEntries(definitions.map(({ type }) => [type, reaction])) as unknown as Reactions<Doc, EventOf<Definition>>;

/** A reaction to whatever the log holds under a type. */
export type AnyReaction = Reaction<Document, { type: string; data: unknown }>;

/** What a projection does with events of a type, whoever named it: `constructor` is a type like any other. */
export function reactionTo(projection: Pick<Projection<never, never>, 'on'>, type: string): AnyReaction | undefined {
  const on = projection.on as Readonly<Record<string, AnyReaction | undefined>>;
  return Object.hasOwn(on, type) ? on[type] : undefined;
}
