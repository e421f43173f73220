import type { Document } from '#document-store';
import type { RecordedEvent } from '#kernel';
import type { AnyReaction, Derived } from '../projection.js';

/** A document in memory, and the last event that it holds. */
export interface HeldDocument {
  readonly id: string;
  /** Undefined while there is none. */
  document: Document | undefined;
  /** The empty text while there is none. */
  position: string;
}

/** What an event makes of a document. */
export interface Outcome<Held extends HeldDocument = HeldDocument> {
  readonly held: Held;
  readonly after: Document;
}

/** What an event makes of one of its sources, and which parts of it. */
export interface SourceOutcome<Held extends HeldDocument = HeldDocument> extends Outcome<Held> {
  readonly derived: readonly Derived<Document>[];
}

/** The ids of the sources of an event, each once. */
export function sourcesOf(reaction: AnyReaction, event: RecordedEvent): readonly string[] {
  const key = reaction.key(event);
  return typeof key === 'string' ? [key] : [...new Set(key)];
}

/**
 * What an event makes of a source. The source itself stays as it is.
 * @throws TypeError where the projection makes another document than the one that it named; whatever the projection throws
 */
export function sourceAfter<Held extends HeldDocument>(
  reaction: AnyReaction,
  event: RecordedEvent,
  held: Held,
): SourceOutcome<Held> {
  const after = named(held.id, reaction.evolve(held.document, event));
  const derived = reaction.derive?.({ before: held.document, after }, event) ?? [];
  for (const part of derived) {
    if (sourceOfPart(idOfPart(part)) !== held.id) throw new TypeError(`${idOfPart(part)} is no part of ${held.id}`);
  }
  return { held, after, derived };
}

/**
 * What an event makes of parts, which stay as they are: one outcome for each, since two writes of one document would carry
 * one position. A part that holds the event already is passed over.
 * @param partOf gives a part as it is in memory
 * @throws TypeError where the projection makes another document than the one that it named; whatever the projection throws
 */
export function partsAfter<Held extends HeldDocument>(
  derived: readonly Derived<Document>[],
  event: RecordedEvent,
  partOf: (id: string) => Held,
): Outcome<Held>[] {
  const merged = new Map<string, Outcome<Held>>();
  for (const one of derived) {
    const id = idOfPart(one);
    const held = merged.get(id)?.held ?? partOf(id);
    if (held.position >= event.position) continue;
    const part = 'document' in one ? one.document : one.evolve(merged.get(id)?.after ?? held.document);
    merged.set(id, { held, after: named(id, part) });
  }
  return [...merged.values()];
}

export const idOfPart = (part: Derived<Document>): string => ('document' in part ? part.document._id : part.id);

/** The source that a part belongs to; of a source, itself. */
export function sourceOfPart(id: string): string {
  const end = id.indexOf('|');
  return end < 0 ? id : id.slice(0, end);
}

function named(id: string, document: Document): Document {
  if ((document as Document | undefined)?._id !== id)
    throw new TypeError(`The document ${id} came out as something else`);
  return document;
}
