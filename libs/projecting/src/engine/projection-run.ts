import type { Document, DocumentStore, GuardedWrite } from '#document-store';
import { startOfLog } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { LRUCache } from 'lru-cache';
import type { Projection, Reaction } from '../projection.js';
import { checkpointCollection, LostRace, readCheckpoint } from './bookkeeping.js';
import type { Checkpoint, Parked } from './bookkeeping.js';

/** How many documents are kept between batches, so that a busy one is not read again for each. */
const documentsKept = 1_000;

interface Held {
  readonly document: Document;
  readonly position: string;
}

type AnyReaction = Reaction<Document, { type: string; data: unknown }>;

/**
 * One projection filling one collection. Events are folded in memory and written in one go, each document once and
 * guarded by the position of the last event that it holds; then the checkpoint moves.
 *
 * A document is a pure fold of its events up to its position, whoever folds: a write that comes twice, late, or from a
 * runner that was thought dead, is the same document or is refused. So an event never counts twice.
 */
export class ProjectionRun {
  #checkpoint: Checkpoint | undefined;
  #position = startOfLog;
  #recordedAt: string | undefined;
  #folded = 0;
  readonly #dirty = new Map<string, Held>();
  readonly #kept = new LRUCache<string, Held>({ max: documentsKept });

  constructor(
    readonly projection: Projection,
    readonly collection: string,
    private readonly store: DocumentStore,
    private readonly now: () => Date,
  ) {}

  /** How far the events have been folded. What is folded is written at the next flush. */
  get position(): string {
    return this.#position;
  }

  get parked(): Parked | undefined {
    return this.#checkpoint?.parked;
  }

  /** How many events have been read since the last flush. */
  get unflushed(): number {
    return this.#folded;
  }

  /** Takes up where the checkpoint is. Forgets what was folded and not written. */
  async resume(): Promise<void> {
    this.#dirty.clear();
    this.#kept.clear();
    this.#folded = 0;
    this.#checkpoint = await readCheckpoint(this.store, this.collection);
    this.#position = this.#checkpoint?.position || startOfLog;
    this.#recordedAt = this.#checkpoint?.recordedAt;
  }

  /**
   * Folds events. One that the projection cannot take parks it there, after what came before has been written.
   * @param events in the order of the log; those that have been folded already are passed over
   * @param decode gives an event in its newest form
   */
  async fold(events: readonly RecordedEvent[], decode: (event: RecordedEvent) => RecordedEvent): Promise<void> {
    if (this.parked) return;
    const fresh = events.filter(({ position }) => position > this.#position);
    const failed = await this.#foldAll(fresh, decode);
    this.#folded += fresh.length;
    if (failed) await this.#park(failed.event, failed.error);
  }

  /** Writes what was folded, and moves the checkpoint. @throws LostRace where another runner has moved it */
  async flush(): Promise<void> {
    if (this.#folded === 0) return;
    await this.#writeDirty();
    await this.#moveCheckpoint({ ...(this.#recordedAt && { recordedAt: this.#recordedAt }) });
  }

  /** Tries the event again that the projection is parked at. */
  async unpark(): Promise<void> {
    await this.#moveCheckpoint({ ...(this.#recordedAt && { recordedAt: this.#recordedAt }) });
  }

  async #foldAll(
    events: readonly RecordedEvent[],
    decode: (event: RecordedEvent) => RecordedEvent,
  ): Promise<{ event: RecordedEvent; error: unknown } | undefined> {
    const { on } = this.projection as { on: Record<string, AnyReaction | undefined> };
    const touching: { event: RecordedEvent; reaction: AnyReaction; ids: readonly string[] }[] = [];
    let failed: { event: RecordedEvent; error: unknown } | undefined;
    for (const stored of events) {
      const reaction = on[stored.type];
      if (!reaction) continue;
      try {
        const event = decode(stored);
        const key = reaction.key(event);
        touching.push({ event, reaction, ids: typeof key === 'string' ? [key] : key });
      } catch (error) {
        failed = { event: stored, error };
        break;
      }
    }
    const held = await this.#load(touching.flatMap(({ ids }) => ids));
    for (const { event, ids, reaction } of touching) {
      try {
        this.#apply(event, reaction, ids, held);
      } catch (error) {
        failed = { event, error };
        break;
      }
    }
    const last = failed ? events[events.indexOf(failed.event) - 1] : events.at(-1);
    if (last && last.position > this.#position) this.#advanceTo(last);
    return failed;
  }

  #advanceTo({ metadata, position }: RecordedEvent): void {
    this.#position = position;
    this.#recordedAt = metadata.recordedAt;
  }

  /** All documents of an event change, or none. */
  #apply(event: RecordedEvent, reaction: AnyReaction, ids: readonly string[], held: Map<string, Held>): void {
    const changed: Held[] = [];
    for (const id of ids) {
      const before = held.get(id);
      if (before && before.position >= event.position) continue;
      changed.push({ document: reaction.evolve(before?.document, event), position: event.position });
    }
    for (const after of changed) {
      held.set(after.document._id, after);
      this.#dirty.set(after.document._id, after);
    }
  }

  /** The documents of a batch: those in memory, and the others from the store. */
  async #load(ids: readonly string[]): Promise<Map<string, Held>> {
    const held = new Map<string, Held>();
    const missing: string[] = [];
    for (const id of new Set(ids)) {
      const known = this.#dirty.get(id) ?? this.#kept.get(id);
      if (known) held.set(id, known);
      else missing.push(id);
    }
    if (missing.length === 0) return held;
    for (const stored of await this.store.getMany<Document>(this.collection, missing)) {
      held.set(stored._id, { document: stored, position: stored._position });
    }
    return held;
  }

  async #writeDirty(): Promise<void> {
    if (this.#dirty.size === 0) return;
    const writes: GuardedWrite[] = [...this.#dirty.values()];
    const written = await this.store.replaceMany(this.collection, writes);
    for (const [id, held] of this.#dirty) this.#kept.set(id, held);
    this.#dirty.clear();
    // Somebody else has written newer documents: what is kept here may be behind them.
    if (written < writes.length) this.#kept.clear();
  }

  async #park(event: RecordedEvent, error: unknown): Promise<void> {
    await this.#writeDirty();
    const { id: eventId, position, type } = event;
    const parked: Parked = { position, eventId, type, error: messageOf(error), at: this.now().toISOString() };
    await this.#moveCheckpoint({ ...(this.#recordedAt && { recordedAt: this.#recordedAt }), parked });
  }

  async #moveCheckpoint(change: Pick<Checkpoint, 'recordedAt' | 'parked'>): Promise<void> {
    const expected = this.#checkpoint?.version;
    const next: Checkpoint = {
      _id: this.collection,
      version: (expected ?? 0) + 1,
      position: this.#position,
      ...change,
    };
    if (!(await this.store.compareAndSet(checkpointCollection, next, expected))) throw new LostRace(this.collection);
    this.#checkpoint = next;
    this.#folded = 0;
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
