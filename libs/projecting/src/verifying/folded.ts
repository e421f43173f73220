import type { Document } from '#document-store';
import type { EventStore } from '#event-store';
import type { EventCatalog, RecordedEvent } from '#kernel';
import { reactionTo } from '../projection.js';
import type { Projection } from '../projection.js';
import { LogInspection } from './log-inspection.js';

/** A document, and the last event that it holds. */
export interface FoldedDocument {
  readonly document: Document;
  readonly position: string;
}

/** What the log says the documents of a projection are. */
export class Folded {
  readonly documents = new Map<string, FoldedDocument>();
  /** What was read of the log, and what it has lost. */
  readonly log: LogInspection;
  /** The documents that nobody can tell from what is left of a stream. */
  readonly untold = new Set<string>();

  constructor(
    private readonly projection: Projection,
    private readonly catalog: EventCatalog,
    eventStore: EventStore,
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

  /** What an event of a stream says that lacks others is no document. */
  #giveUp(stored: RecordedEvent): void {
    const reaction = reactionTo(this.projection, stored.type);
    if (!reaction) return;
    const key = reaction.key(this.catalog.decode(stored as never));
    for (const id of typeof key === 'string' ? [key] : key) {
      this.documents.delete(id);
      this.untold.add(id);
    }
  }

  #take(stored: RecordedEvent): void {
    const reaction = reactionTo(this.projection, stored.type);
    if (!reaction) return;
    const event = this.catalog.decode(stored as never) as unknown as RecordedEvent;
    const key = reaction.key(event);
    for (const id of typeof key === 'string' ? [key] : key) {
      if (this.untold.has(id)) continue;
      const document = reaction.evolve(this.documents.get(id)?.document, event);
      this.documents.set(id, { document, position: event.position });
    }
  }
}
