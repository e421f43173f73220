import type { Document, DocumentStore, Stored } from '#document-store';
import type { EventStore } from '#event-store';
import { canonicalJson, startOfLog } from '#kernel';
import type { Damage, EventCatalog } from '#kernel';
import { leastOf, placeOf } from '../engine/checkpoints.js';
import type { Checkpoint } from '../engine/checkpoints.js';
import { allPartitions } from '../partitions.js';
import type { Projection } from '../projection.js';
import { documentsInPages } from './documents-in-pages.js';
import { Folded } from './folded.js';
import type { FoldedDocument, MisdescribedEvent } from './folded.js';
import { Slice } from './slice.js';

/** A document that is not what the log says. */
export interface Difference {
  /** The document, or the collection where its checkpoint is what is wrong. */
  readonly id: string;
  /**
   * `ahead-of-log`: it holds events that the log does not. `ahead-of-checkpoint`: it holds events that the others do not
   * yet, and nobody is bringing them there.
   */
  readonly kind: 'missing' | 'needless' | 'different' | 'ahead-of-log' | 'ahead-of-checkpoint';
  /** The first field that differs. `_position` is that of the last event that it holds. */
  readonly field?: string;
}

/** The documents of a slice of a collection beside those that a replay makes. Only those of the slice are in memory. */
export class Comparison {
  readonly #folded: Folded;
  #position = startOfLog;

  constructor(
    projection: Projection,
    private readonly collection: string,
    catalog: EventCatalog,
    private readonly eventStore: EventStore,
    private readonly documentStore: DocumentStore,
    private readonly slice = new Slice(),
  ) {
    this.#folded = new Folded(projection, catalog, eventStore, slice);
  }

  /** Up to where all partitions were compared. */
  get position(): string {
    return this.#position;
  }

  /** The streams of the log that are not whole, as far as it was read: what they lack no document can hold. */
  damaged(signal?: AbortSignal): Promise<Damage[]> {
    return this.#folded.log.damaged(signal);
  }

  /** How many documents are in memory. */
  get held(): number {
    return this.#folded.documents.size;
  }

  /** The events that have been read whose metadata is not as it should be: at most a hundred, and how many there are. */
  get misdescribed(): { readonly misdescribed: readonly MisdescribedEvent[]; readonly misdescribedEvents: number } {
    const { misdescribed, misdescribedEvents } = this.#folded;
    return { misdescribed, misdescribedEvents };
  }

  /** How many events have been read. */
  get events(): number {
    return this.#folded.log.events;
  }

  /** How many events documents hold of which the log says nothing any longer. @param checkpoints as for `run` */
  lostOf(checkpoints: readonly Checkpoint[]): number {
    const counts = allPartitions.map((partition) => this.#folded.countOf(partition));
    const counted = checkpoints.length === 1 ? [counts.reduce((sum, count) => sum + count)] : counts;
    return checkpoints.reduce((lost, { events = 0 }, index) => lost + Math.max(0, events - counted[index]!), 0);
  }

  /**
   * Compares what the documents hold up to their checkpoints.
   * @param checkpoints one for each partition, or one for all
   * @returns what differs; and the documents that hold more than the checkpoints say, which may have been written since
   */
  async run(
    checkpoints: readonly Checkpoint[],
    signal?: AbortSignal,
  ): Promise<{ differences: Difference[]; newer: Difference[]; documents: number }> {
    const lacking = new Set(checkpoints.flatMap(({ skipped = [] }) => skipped.map(({ eventId }) => eventId)));
    this.#position = leastOf(checkpoints);
    const ends = allPartitions.map((partition) => (checkpoints[partition] ?? checkpoints[0]!).position || startOfLog);
    await this.#folded.upTo(ends, lacking, signal);
    const head = await this.eventStore.head();
    const differences: Difference[] = [];
    const newer: Difference[] = [];
    if (await this.#isAheadOfLog(checkpoints)) {
      differences.push({ id: this.collection, kind: 'ahead-of-log', field: 'checkpoint' });
    }
    const seen = new Set<string>();
    for await (const page of documentsInPages(this.documentStore, this.collection, this.slice)) {
      for (const stored of page) {
        seen.add(stored._id);
        if (this.#folded.isUntold(stored._id)) continue;
        if (this.#folded.isBeyond(stored._position)) newer.push(ahead(stored, head));
        else differences.push(...differencesOf(stored, this.#folded.documents.get(stored._id)));
      }
    }
    for (const id of this.#folded.documents.keys()) if (!seen.has(id)) differences.push({ id, kind: 'missing' });
    return { differences, newer, documents: seen.size };
  }

  async #isAheadOfLog(checkpoints: readonly Checkpoint[]): Promise<boolean> {
    const places = new Map(checkpoints.map((checkpoint) => [checkpoint.position, placeOf(checkpoint)]));
    for (const place of places.values()) if ((await this.eventStore.standingOf(place)) === 'replaced') return true;
    return false;
  }
}

const ahead = ({ _id: id, _position }: Stored<Document>, head: string): Difference => ({
  id,
  kind: _position > head ? 'ahead-of-log' : 'ahead-of-checkpoint',
});

function differencesOf(stored: Stored<Document>, folded: FoldedDocument | undefined): Difference[] {
  const { _id: id, _position, ...actual } = stored;
  if (!folded) return [{ id, kind: 'needless' }];
  const { _id, ...expected } = folded.document;
  if (canonicalJson(actual) !== canonicalJson(expected)) {
    const field = firstDiffering(actual, expected);
    return [{ id, kind: 'different', ...(field !== undefined && { field }) }];
  }
  return _position === folded.position ? [] : [{ id, kind: 'different', field: '_position' }];
}

function firstDiffering(
  actual: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
): string | undefined {
  const fields = [...new Set([...Object.keys(actual), ...Object.keys(expected)])].sort();
  return fields.find((name) => canonicalJson([actual[name]]) !== canonicalJson([expected[name]]));
}
