import type { Document } from '#document-store';
import { Revisions } from '#event-store';
import type { EventStore } from '#event-store';
import { startOfLog } from '#kernel';
import type { Damage, EventCatalog, RecordedEvent } from '#kernel';
import { reactionTo } from '../projection.js';
import type { Projection } from '../projection.js';

const pageSize = 1_000;

/** A document, and the last event that it holds. */
export interface FoldedDocument {
  readonly document: Document;
  readonly position: string;
}

/** What the log says the documents of a projection are. */
export class Folded {
  readonly documents = new Map<string, FoldedDocument>();
  position = startOfLog;
  events = 0;
  /** What is missing between the events of a stream. */
  readonly gaps = new Map<string, Damage>();
  /** The documents that nobody can tell from what is left of a stream. */
  readonly untold = new Set<string>();
  readonly #revisions = new Revisions();

  constructor(
    private readonly projection: Projection,
    private readonly catalog: EventCatalog,
    private readonly eventStore: EventStore,
  ) {}

  /** The streams that were met, and the revision that each has come to. */
  get streams(): ReadonlyMap<string, number> {
    return this.#revisions.newest;
  }

  /**
   * Folds on, up to a position or the end of the log.
   * @param lacking the ids of events to leave out
   * @param signal ends it, with its reason
   */
  async upTo(end: string, lacking: ReadonlySet<string>, signal?: AbortSignal): Promise<void> {
    while (this.position < end) {
      signal?.throwIfAborted();
      const page = await this.eventStore.readAll({ after: this.position, limit: pageSize });
      for (const stored of page) {
        if (stored.position > end) break;
        this.position = stored.position;
        this.events++;
        const gap = this.#revisions.follow(stored);
        if (gap) this.gaps.set(gap.stream, gap);
        if (lacking.has(stored.id)) continue;
        if (this.gaps.has(stored.stream)) this.#giveUp(stored);
        else this.#take(stored);
      }
      if (page.length === 0) break;
    }
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
