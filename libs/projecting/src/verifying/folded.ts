import type { Document } from '#document-store';
import type { EventStore } from '#event-store';
import { faultInMetadata, startOfLog } from '#kernel';
import type { EventCatalog, RecordedEvent } from '#kernel';
import { partsAfter, sourceAfter, sourceOfPart, sourcesOf } from '../folding/folding.js';
import type { HeldDocument, Outcome } from '../folding/folding.js';
import { allPartitions, partitionOfStream } from '../partitions.js';
import { reactionTo } from '../projection.js';
import type { AnyReaction, Projection } from '../projection.js';
import { LogInspection } from './log-inspection.js';
import { Slice } from './slice.js';

const pageSize = 1_000;

/** A document, and the last event that it holds. */
export type FoldedDocument = HeldDocument & { document: Document };

const mostTold = 100;

/** An event whose metadata is not what events say of themselves. */
export interface MisdescribedEvent {
  readonly position: string;
  readonly eventId: string;
  /** Where, and what would be right. */
  readonly fault: string;
}

/** What the log says the documents of a slice of a projection are. */
export class Folded {
  readonly documents = new Map<string, FoldedDocument>();
  /** What was read of the log, and what it has lost. */
  readonly log: LogInspection;
  /** Events that say of themselves what no event would say that is written now. They are read all the same. */
  readonly misdescribed: MisdescribedEvent[] = [];
  misdescribedEvents = 0;
  /** The sources that nobody can tell from what is left of a stream, nor their parts. */
  readonly #untold = new Set<string>();
  /** Up to where each partition is folded. */
  #ends: readonly string[] = allPartitions.map(() => startOfLog);
  /** How many events each partition has up to there. */
  readonly #counts = allPartitions.map(() => 0);
  /** Where events stand that were read, and lie beyond the end of their partition. */
  readonly #beyond = new Set<string>();

  constructor(
    private readonly projection: Projection,
    private readonly catalog: EventCatalog,
    private readonly eventStore: EventStore,
    private readonly slice = new Slice(),
  ) {
    this.log = new LogInspection(eventStore);
  }

  /**
   * Folds on, up to a position in each partition or the end of the log.
   * @param ends by partition, none before where it was
   * @param lacking the ids of events to leave out
   * @param signal ends it, with its reason
   */
  async upTo(ends: readonly string[], lacking: ReadonlySet<string>, signal?: AbortSignal): Promise<void> {
    await this.#goBackTo(ends, lacking, signal);
    this.#ends = ends;
    const furthest = ends.reduce((most, each) => (each > most ? each : most));
    await this.log.upTo(furthest, signal, (stored) => {
      if (stored.position > ends[partitionOfStream(stored.stream)]!) this.#beyond.add(stored.position);
      else this.#fold(stored, lacking);
    });
  }

  /** Whether an event stands beyond the end of its partition. */
  isBeyond(position: string): boolean {
    return position > this.log.position || this.#beyond.has(position);
  }

  /** How many events a partition has up to its end. */
  countOf(partition: number): number {
    return this.#counts[partition]!;
  }

  /** Reads again what lay beyond the end of a partition that has moved on. */
  async #goBackTo(ends: readonly string[], lacking: ReadonlySet<string>, signal?: AbortSignal): Promise<void> {
    if (this.#beyond.size === 0) return;
    const before = this.#ends;
    const moved = before.filter((end, partition) => end < ends[partition]!);
    for (let after = moved.sort()[0]; after !== undefined && after < this.log.position;) {
      signal?.throwIfAborted();
      const page = await this.eventStore.readAll({ after, limit: pageSize });
      for (const stored of page) {
        const partition = partitionOfStream(stored.stream);
        const isNew = this.#beyond.has(stored.position) && stored.position <= ends[partition]!;
        if (isNew && this.#beyond.delete(stored.position)) this.#fold(stored, lacking);
      }
      if (page.length === 0) return;
      after = page.at(-1)!.position;
    }
  }

  #fold(stored: RecordedEvent, lacking: ReadonlySet<string>): void {
    this.#counts[partitionOfStream(stored.stream)]!++;
    const fault = faultInMetadata(stored.metadata);
    if (fault !== undefined) this.#misdescribe(stored, fault);
    if (lacking.has(stored.id)) return;
    if (this.log.gaps.has(stored.stream)) this.#giveUp(stored);
    else this.#take(stored);
  }

  /** Tells of the first of them, and counts the others. */
  #misdescribe({ id: eventId, position }: RecordedEvent, fault: string): void {
    if (this.misdescribedEvents++ < mostTold) this.misdescribed.push({ position, eventId, fault });
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
