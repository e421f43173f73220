import type { Document, IndexDefinition } from '#document-store';
import type { DomainEvent, EventDefinition, EventOf, RecordedEvent } from '#kernel';

/**
 * How one type of event changes documents. Pure: the same event on the same document always gives the same.
 *
 * An event folds into its **sources**, the documents that `key` names. Most reactions need no more. Where a document would
 * grow with every event, the source keeps what is needed to go on, and the rest goes into **parts**: `derive` tells, from
 * the source as it was just before and just after the event, which parts the event makes or changes.
 *
 * ```ts
 * Noted: {
 *   key: ({ stream }) => stream,
 *   evolve: (head, { stream }) => ({ _id: stream, notes: (head?.notes ?? 0) + 1 }),
 *   derive: ({ after: head }, { data }) => [
 *     { document: { _id: partId(head, head.notes), text: data.text } },               // made: nothing is read
 *     { id: partId(head, data.year), evolve: (page) => paged(page, head, data) },     // changed: read when it is needed
 *   ],
 * }
 * ```
 *
 * The law that makes it safe without transactions: whenever documents are written, parts are written before sources and the
 * checkpoint last. So a source in the store at a position means that the parts of all its events up to there are in the
 * store. An event that a source holds already derives nothing again, and a part that is ahead of its source passes over
 * the events that it holds. For this to hold, a part follows from the events of its one source alone, and its id begins
 * with the source's (`partId`).
 */
export interface Reaction<Doc extends Document, Event extends DomainEvent, Part extends Document = Document> {
  /** The documents that the event touches, by id. */
  readonly key: (event: RecordedEvent<Event>) => string | readonly string[];
  /** The document after the event; `undefined` comes in where there is none yet. */
  readonly evolve: (document: Doc | undefined, event: RecordedEvent<Event>) => Doc;
  /** The parts of one source that the event makes or changes. Pure. */
  readonly derive?: (source: SourceChange<Doc>, event: RecordedEvent<Event>) => readonly Derived<Part>[];
}

/** A source just before an event and just after it. */
export interface SourceChange<Doc extends Document> {
  readonly before: Doc | undefined;
  readonly after: Doc;
}

/** A part that an event makes, or changes. */
export type Derived<Part extends Document> = MadePart<Part> | ChangedPart<Part>;

/** A part that follows from source and event alone, whole. */
export interface MadePart<Part extends Document> {
  readonly document: Part;
}

/** A part that folds events of its own. */
export interface ChangedPart<Part extends Document> {
  readonly id: string;
  /** The part after the event; `undefined` comes in where there is none yet. Pure. */
  evolve(part: Part | undefined): Part;
}

/** The id of a part: that of its source, and what tells it from the others. Sorts as they do. */
export const partId = (source: Pick<Document, '_id'> | string, rest: string): string =>
  `${typeof source === 'string' ? source : source._id}|${rest}`;

/** Said of an event that does not touch a projection's documents. */
export const ignored = undefined;

/** How each type of some events changes documents: every one of them is named, also where it is ignored. */
export type Reactions<Doc extends Document, Event extends DomainEvent, Part extends Document = Document> = {
  readonly [Type in Event['type']]: Reaction<Doc, Extract<Event, { type: Type }>, Part> | typeof ignored;
};

/**
 * A question that is answered from documents, and how events make those documents.
 * @typeParam Event the events of the aggregates that it follows, all of them: one that `on` forgets does not compile
 * @typeParam Part the documents that are derived from others; they stand in the same collection
 */
export interface Projection<
  Doc extends Document = Document,
  Event extends DomainEvent = DomainEvent,
  Part extends Document = Document,
> {
  /** Lower-case words with hyphens. */
  readonly name: string;
  /** Raised whenever the documents would come out otherwise: they are then made anew beside the old ones. */
  readonly version: number;
  /** Of sources and parts: a document stands in those of which it has the first field. */
  readonly indexes?: readonly IndexDefinition[];
  readonly on: Reactions<Doc, Event, Part>;
  /**
   * The day as of which a replay sees an event, where that is another than the event says itself; undefined where no day
   * sees it. Left out where every event is seen as of the day that it speaks of.
   */
  readonly seenOn?: (document: Doc | undefined, event: RecordedEvent<Event>) => string | undefined;
}

/**
 * The parts of a projection, for those who read them (`ReadModels`).
 * @typeParam Part the kind of parts that is asked for, where there are several
 */
export const partsOf = <Part extends Document>(
  projection: Pick<Projection, 'name' | 'version'>,
): Projection<Part, never> => projection as unknown as Projection<Part, never>;

/**
 * One reaction to every event of some aggregates.
 * @param definitions their events, as their contracts list them
 */
export const onEvery = <Doc extends Document, Definition extends EventDefinition, Part extends Document = Document>(
  definitions: readonly Definition[],
  reaction: Reaction<Doc, EventOf<Definition>, Part>,
): Reactions<Doc, EventOf<Definition>, Part> =>
  Object.fromEntries(definitions.map(({ type }) => [type, reaction])) as unknown as Reactions<
    Doc,
    EventOf<Definition>,
    Part
  >;

/** A reaction to whatever the log holds under a type. */
export type AnyReaction = Reaction<Document, { type: string; data: unknown }>;

/** What a projection does with events of a type, whoever named it: `constructor` is a type like any other. */
export function reactionTo(projection: Pick<Projection<never, never>, 'on'>, type: string): AnyReaction | undefined {
  const on = projection.on as Readonly<Record<string, AnyReaction | undefined>>;
  return Object.hasOwn(on, type) ? on[type] : undefined;
}
