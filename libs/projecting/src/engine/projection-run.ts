import { LRUCache } from 'lru-cache';
import type { Document, DocumentStore, GuardedWrite } from '#document-store';
import type { NotedPlace } from '#event-store';
import { describeError, startOfLog } from '#kernel';
import type { EventMetadata, RecordedEvent } from '#kernel';
import { reactionTo } from '../projection.js';
import type { AnyReaction, Projection } from '../projection.js';
import type { Skip } from '../skips/skip.js';
import { checkpointCollection, LostRace, placeOf, readCheckpoint } from './bookkeeping.js';
import type { Checkpoint, LastEvent, Parked } from './bookkeeping.js';

/** How many documents are kept between batches, so that a busy one is not read again for each. */
const documentsKept = 1_000;

/** A document in memory, which changes in place as events are folded into it. */
interface Held {
  readonly id: string;
  /** Undefined while there is none. */
  document: Document | undefined;
  /** The last event that it holds. */
  position: string;
  /** Whether it is newer than the one in the store. */
  changed: boolean;
}

interface Failure {
  /** The place among the events of the event that failed: as it was decoded it is another object. */
  readonly index: number;
  readonly error: unknown;
}

/** An event that touches documents. */
interface Touch {
  /** Its place among the events. */
  readonly index: number;
  /** As it was decoded. */
  readonly event: RecordedEvent;
  readonly reaction: AnyReaction;
  /** Most events touch one document: those are not put into lists, of which there would be millions. */
  readonly touched: Held | readonly Held[];
}

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
  #last: LastEvent | undefined;
  /** How many events the log held up to the position; undefined where they were not counted from its start. */
  #events: number | undefined = 0;
  #skipped: readonly Skip[] = [];
  #mayLack: ReadonlyMap<string, Skip> = new Map();
  #folded = 0;
  /** The documents that were touched since the last flush. */
  readonly #touched = new Map<string, Held>();
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

  /** Whether it comes no further until somebody mends it. */
  get stuck(): boolean {
    return this.parked !== undefined;
  }

  /** Up to where the documents hold the log. */
  get place(): NotedPlace {
    return placeOf({ position: this.#position, ...(this.#last && { last: this.#last }) });
  }

  /** How often its checkpoint has moved; 0 where it never has. */
  get version(): number {
    return this.#checkpoint?.version ?? 0;
  }

  /** How many events have been read since the last flush. */
  get unflushed(): number {
    return this.#folded;
  }

  /** Takes up where the checkpoint is. Forgets what was folded and not written. */
  async resume(): Promise<void> {
    this.#touched.clear();
    this.#kept.clear();
    this.#folded = 0;
    this.#checkpoint = await readCheckpoint(this.store, this.collection);
    this.#position = this.#checkpoint?.position || startOfLog;
    this.#recordedAt = this.#checkpoint?.recordedAt;
    this.#last = this.#checkpoint?.last;
    this.#events = this.#checkpoint ? this.#checkpoint.events : 0;
    this.#skipped = this.#checkpoint?.skipped ?? [];
  }

  /** Says which events may be left out where they cannot be taken. One that can be taken is taken all the same. */
  mayLeaveOut(skips: readonly Skip[]): void {
    this.#mayLack = new Map(skips.map((skip) => [skip.eventId, skip]));
  }

  /**
   * Folds events. One that the projection cannot take parks it there, after what came before has been written, unless it
   * was decided that the event may be left out.
   * @param events in the order of the log; those that have been folded already are passed over
   * @param decode gives an event in its newest form
   */
  async fold(events: readonly RecordedEvent[], decode: (event: RecordedEvent) => RecordedEvent): Promise<void> {
    if (this.stuck || events.length === 0) return;
    const { position } = this;
    const fresh = events[0]!.position > position ? events : events.filter((event) => event.position > position);
    this.#folded += fresh.length;
    for (let from = 0; from < fresh.length && !this.parked;) {
      const failed = await this.#foldAll(fresh, from, decode);
      if (!failed) break;
      await this.doWithout(fresh[failed.index]!, failed.error);
      from = failed.index + 1;
    }
  }

  /** Leaves out the next event, which cannot be taken, where that was decided; else parks there. */
  async doWithout(event: RecordedEvent, error: unknown): Promise<void> {
    const skip = this.#mayLack.get(event.id);
    if (!skip) return this.#park(event, error);
    this.#skipped = [...this.#skipped, skip];
    this.#advanceTo(event, 1);
    this.#folded++;
  }

  /** Whether any of these types touches its documents. */
  reactsTo(types: ReadonlySet<string>): boolean {
    return Object.keys(this.projection.on).some((type) => types.has(type));
  }

  /** Moves on past events of which none touches its documents. */
  passOver(events: readonly RecordedEvent[]): void {
    const last = events.at(-1);
    if (this.stuck || !last || last.position <= this.#position) return;
    const isFresh = events[0]!.position > this.#position;
    const fresh = isFresh ? events : events.filter(({ position }) => position > this.#position);
    this.#advanceTo(last, fresh.length);
    this.#folded += events.length;
  }

  /**
   * Writes what was folded, and moves the checkpoint.
   * @throws LostRace where another runner has moved it; DocumentRefused where the store will never keep one of the documents
   */
  async flush(): Promise<void> {
    if (this.#folded === 0) return;
    await this.#writeChanged();
    await this.#moveCheckpoint();
  }

  /** Tries the event again that the projection is parked at. */
  async unpark(): Promise<void> {
    await this.#moveCheckpoint();
  }

  /** Folds events from a place on, up to the first that fails. */
  async #foldAll(
    events: readonly RecordedEvent[],
    from: number,
    decode: (event: RecordedEvent) => RecordedEvent,
  ): Promise<Failure | undefined> {
    const touches: Touch[] = [];
    const unknown = new Map<string, Held>();
    let failed: Failure | undefined;
    for (let index = from; index < events.length; index++) {
      const stored = events[index]!;
      const reaction = reactionTo(this.projection, stored.type);
      if (!reaction) continue;
      try {
        const event = decode(stored);
        const key = reaction.key(event);
        const touched = typeof key === 'string' ? this.#touch(key, unknown) : key.map((id) => this.#touch(id, unknown));
        touches.push({ index, event, reaction, touched });
      } catch (error) {
        failed = { index, error };
        break;
      }
    }
    await this.#load(unknown);
    for (const touch of touches) {
      try {
        apply(touch);
      } catch (error) {
        failed = { index: touch.index, error };
        break;
      }
    }
    const end = failed?.index ?? events.length;
    const last = events[end - 1];
    if (last && last.position > this.#position) this.#advanceTo(last, end - from);
    return failed;
  }

  #advanceTo(event: RecordedEvent, events: number): void {
    const { id: eventId, position, revision, stream } = event;
    this.#position = position;
    this.#recordedAt = recordedAtOf(event) ?? this.#recordedAt;
    this.#last = { stream, revision, eventId };
    if (this.#events !== undefined) this.#events += events;
  }

  /** A document in memory. One that is not there yet is noted as unknown, for the store to tell. */
  #touch(id: string, unknown: Map<string, Held>): Held {
    const touched = this.#touched.get(id);
    if (touched) return touched;
    let held = this.#kept.get(id);
    if (!held) unknown.set(id, (held = { id, document: undefined, position: '', changed: false }));
    this.#touched.set(id, held);
    return held;
  }

  async #load(unknown: ReadonlyMap<string, Held>): Promise<void> {
    if (unknown.size === 0) return;
    for (const { _position, ...document } of await this.store.getMany(this.collection, [...unknown.keys()])) {
      const held = unknown.get(document._id)!;
      held.document = document;
      held.position = _position;
    }
  }

  async #writeChanged(): Promise<void> {
    const changed = [...this.#touched].filter(([, held]) => held.changed);
    const writes = changed.map(([, { document, position }]): GuardedWrite => ({ document: document!, position }));
    const written = writes.length === 0 ? 0 : await this.store.replaceMany(this.collection, writes);
    this.#touched.clear();
    for (const [id, held] of changed) {
      held.changed = false;
      this.#kept.set(id, held);
    }
    // Somebody else has written newer documents: what is kept here may be behind them.
    if (written < writes.length) this.#kept.clear();
  }

  async #park({ id: eventId, position, type }: RecordedEvent, error: unknown): Promise<void> {
    await this.#writeChanged();
    await this.#moveCheckpoint({
      parked: { position, eventId, type, error: describeError(error), at: this.now().toISOString() },
    });
  }

  async #moveCheckpoint(found: Pick<Checkpoint, 'parked'> = {}): Promise<void> {
    const expected = this.#checkpoint?.version;
    const next: Checkpoint = {
      _id: this.collection,
      version: (expected ?? 0) + 1,
      position: this.#position,
      ...(this.#recordedAt && { recordedAt: this.#recordedAt }),
      ...(this.#last && { last: this.#last }),
      ...(this.#events !== undefined && { events: this.#events }),
      ...(this.#skipped.length > 0 && { skipped: this.#skipped }),
      ...found,
    };
    if (!(await this.store.compareAndSet(checkpointCollection, next, expected))) throw new LostRace(this.collection);
    this.#checkpoint = next;
    this.#folded = 0;
  }
}

/** All documents of an event change, or none. One that holds the event already stays as it is. */
function apply({ event, reaction, touched }: Touch): void {
  if (!isList(touched)) {
    if (touched.position < event.position) put(touched, evolved(touched, reaction, event), event);
    return;
  }
  const behind = touched.filter(({ position }) => position < event.position);
  const after = behind.map((held) => evolved(held, reaction, event));
  for (const [index, held] of behind.entries()) put(held, after[index]!, event);
}

const isList = (touched: Held | readonly Held[]): touched is readonly Held[] => Array.isArray(touched);

/** @throws TypeError where the projection makes another document than the one that it named */
function evolved({ document, id }: Held, reaction: AnyReaction, event: RecordedEvent): Document {
  const after = reaction.evolve(document, event);
  if ((after as Document | undefined)?._id !== id) throw new TypeError(`The document ${id} came out as something else`);
  return after;
}

function put(held: Held, document: Document, { position }: RecordedEvent): void {
  held.document = document;
  held.position = position;
  held.changed = true;
}

/** When an event was recorded, where it says so: it may be anybody's. */
function recordedAtOf({ metadata }: RecordedEvent): string | undefined {
  const { recordedAt } = Object(metadata) as Partial<EventMetadata>;
  return typeof recordedAt === 'string' && !Number.isNaN(Date.parse(recordedAt)) ? recordedAt : undefined;
}
