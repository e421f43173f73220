import type { Document } from '#document-store';
import type { EventStore } from '#event-store';
import { startOfLog } from '#kernel';
import type { EventCatalog, RecordedEvent } from '#kernel';
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

  constructor(
    private readonly projection: Projection,
    private readonly catalog: EventCatalog,
    private readonly eventStore: EventStore,
  ) {}

  /**
   * Folds on, up to a position or the end of the log.
   * @param lacking the ids of events to leave out
   */
  async upTo(end: string, lacking: ReadonlySet<string>): Promise<void> {
    while (this.position < end) {
      const page = await this.eventStore.readAll({ after: this.position, limit: pageSize });
      for (const stored of page) {
        if (stored.position > end) break;
        this.position = stored.position;
        this.events++;
        if (!lacking.has(stored.id)) this.#take(stored);
      }
      if (page.length === 0) break;
    }
  }

  #take(stored: RecordedEvent): void {
    const reaction = reactionTo(this.projection, stored.type);
    if (!reaction) return;
    const event = this.catalog.decode(stored as never) as unknown as RecordedEvent;
    const key = reaction.key(event);
    for (const id of typeof key === 'string' ? [key] : key) {
      const document = reaction.evolve(this.documents.get(id)?.document, event);
      this.documents.set(id, { document, position: event.position });
    }
  }
}
