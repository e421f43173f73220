import type { Document, IndexDefinition } from '#document-store';
import type { DomainEvent, RecordedEvent } from '#kernel';

/** How one type of event changes documents. Pure: the same event on the same document always gives the same. */
export interface Reaction<Doc extends Document, Event extends DomainEvent> {
  /** The documents that the event touches, by id. */
  readonly key: (event: RecordedEvent<Event>) => string | readonly string[];
  /** The document after the event; `undefined` comes in where there is none yet. */
  readonly evolve: (document: Doc | undefined, event: RecordedEvent<Event>) => Doc;
}

/**
 * A question that is answered from documents, and how events make those documents. What is not mentioned in `on` does
 * not touch them.
 */
export interface Projection<Doc extends Document = Document, Event extends DomainEvent = DomainEvent> {
  /** Lower-case words with hyphens. */
  readonly name: string;
  /** Raised whenever the documents would come out otherwise: they are then made anew beside the old ones. */
  readonly version: number;
  readonly indexes?: readonly IndexDefinition[];
  readonly on: { readonly [Type in Event['type']]?: Reaction<Doc, Extract<Event, { type: Type }>> };
}
