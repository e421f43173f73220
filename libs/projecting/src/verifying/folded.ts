import type { Document } from '#document-store';
import type { EventStore } from '#event-store';
import type { EventCatalog, RecordedEvent } from '#kernel';
import { partsAfter, sourceAfter, sourceOfPart, sourcesOf } from '../folding/folding.js';
import type { HeldDocument, Outcome } from '../folding/folding.js';
import { reactionTo } from '../projection.js';
import type { AnyReaction, Projection } from '../projection.js';
import { LogInspection } from './log-inspection.js';
import { Slice } from './slices.js';

/** A document, and the last event that it holds. */
export type FoldedDocument = HeldDocument & { document: Document };

/** What the log says the documents of a slice of a projection are. */
export class Folded {
  readonly documents = new Map<string, FoldedDocument>();
  /** What was read of the log, and what it has lost. */
  readonly log: LogInspection;
  /** The sources that nobody can tell from what is left of a stream, nor their parts. */
  readonly #untold = new Set<string>();

  constructor(
    private readonly projection: Projection,
    private readonly catalog: EventCatalog,
    eventStore: EventStore,
    private readonly slice = new Slice(),
  ) {
    this.log = new LogInspection(eventStore);
  }

  /**
   * Folds on, up to a position or the end of the log.
   * @param lacking the ids of events to leave out
   * @param signal ends it, with its reason
   */
  upTo(end: string, lacking: ReadonlySet<string>, signal?: AbortSignal): Promise<void> {
    return this.log.upTo(end, signal, (stored) => {
      if (lacking.has(stored.id)) return;
      if (this.log.gaps.has(stored.stream)) this.#giveUp(stored);
      else this.#take(stored);
    });
  }

  /** Whether a document is one that nobody can tell from what is left of a stream. */
  isUntold(id: string): boolean {
    return this.#untold.has(sourceOfPart(id));
  }

  /** What an event of a stream says that lacks others is no document. */
  #giveUp(stored: RecordedEvent): void {
    const reaction = reactionTo(this.projection, stored.type);
    if (!reaction) return;
    const given = this.#sourcesOf(reaction, this.#decoded(stored));
    if (given.length === 0) return;
    for (const id of given) this.#untold.add(id);
    for (const id of this.documents.keys()) if (this.isUntold(id)) this.documents.delete(id);
  }

  #take(stored: RecordedEvent): void {
    const reaction = reactionTo(this.projection, stored.type);
    if (!reaction) return;
    const event = this.#decoded(stored);
    for (const id of this.#sourcesOf(reaction, event)) {
      const source = sourceAfter(reaction, event, this.#held(id));
      for (const outcome of [source, ...partsAfter(source.derived, event, (part) => this.#held(part))]) {
        this.#put(outcome, event);
      }
    }
  }

  /** Those of the slice that can be told. */
  #sourcesOf(reaction: AnyReaction, event: RecordedEvent): string[] {
    return sourcesOf(reaction, event).filter((id) => this.slice.holds(id) && !this.#untold.has(id));
  }

  #decoded(stored: RecordedEvent): RecordedEvent {
    return this.catalog.decode(stored as never);
  }

  #held(id: string): HeldDocument {
    return this.documents.get(id) ?? { id, document: undefined, position: '' };
  }

  #put({ after, held }: Outcome, { position }: RecordedEvent): void {
    this.documents.set(held.id, { id: held.id, document: after, position });
  }
}
