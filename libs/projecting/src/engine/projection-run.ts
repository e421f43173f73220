import type { Document, DocumentStore } from '#document-store';
import type { NotedPlace } from '#event-store';
import { describeError, roughBytes, startOfLog, TimeSlices } from '#kernel';
import type { EventMetadata, RecordedEvent } from '#kernel';
import { partsAfter, sourceAfter, sourcesOf } from '../folding/folding.js';
import type { Outcome } from '../folding/folding.js';
import { partitionOfStream } from '../partitions.js';
import { reactionTo } from '../projection.js';
import type { AnyReaction, Derived, Projection } from '../projection.js';
import type { Skip } from '../skips/skip.js';
import { placeOf } from './checkpoints.js';
import type { Checkpoint, Judgement, LastEvent, Parked } from './checkpoints.js';
import { whyParked } from './why-parked.js';
import { HeldDocuments, memoryBounds } from './held-documents.js';
import type { Held, MemoryBounds } from './held-documents.js';

/** At most so many events are folded at a time. */
const mostInStep = 200;

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
  /** About how much memory it takes. */
  readonly bytes: number;
  readonly reaction: AnyReaction;
  readonly sources: readonly Held[];
  /** The parts that it makes or changes, once its sources have been folded. */
  derived: readonly Derived<Document>[];
  /** Its sources as they were before it, once they have been folded. */
  before: readonly (() => void)[];
}

/** What a run needs of the process that it is in. */
export interface RunOptions {
  readonly now?: () => Date;
  readonly bounds?: MemoryBounds;
  readonly slices?: TimeSlices;
}

/**
 * One projection filling one collection with the events of one partition. Events are folded in memory and written together,
 * each document once and guarded by the position of the last event that it holds: parts first, then their sources, then the
 * checkpoint (see `Reaction`), which whoever runs it moves for several runs at once.
 *
 * A document is a pure fold of its events up to its position, whoever folds: a write that comes twice, late, or from a
 * runner that was thought dead, is the same document or is refused. So an event never counts twice.
 */
export class ProjectionRun {
  #position = startOfLog;
  #recordedAt: string | undefined;
  #last: LastEvent | undefined;
  /** How many events of the partition the log held up to the position; undefined where they were not counted from its start. */
  #events: number | undefined = 0;
  #parked: Parked | undefined;
  #parkedRetries = 0;
  #judged: Judgement | undefined;
  #skipped: readonly Skip[] = [];
  #skips: ReadonlyMap<string, Skip> = new Map();
  #folded = 0;
  #noted = false;
  #passed = false;
  /** How often it has been asked to try again. */
  retries = 0;
  readonly #now: () => Date;
  readonly #slices: TimeSlices;
  readonly #documents: HeldDocuments;

  constructor(
    readonly projection: Projection,
    readonly collection: string,
    store: DocumentStore,
    { bounds = memoryBounds, now = () => new Date(), slices = new TimeSlices() }: RunOptions = {},
  ) {
    this.#now = now;
    this.#slices = slices;
    this.#documents = new HeldDocuments(store, collection, slices, bounds);
  }

  /** How far the events have been folded. What is folded is written at the next flush. */
  get position(): string {
    return this.#position;
  }

  get parked(): Parked | undefined {
    return this.#parked;
  }

  /** Whether it comes no further until somebody mends it. */
  get stuck(): boolean {
    return this.#parked !== undefined;
  }

  /** Whether somebody has asked to try again since it was parked. */
  get isToTryAgain(): boolean {
    return this.stuck && this.#parkedRetries < this.retries;
  }

  /** Of documents that are made anew: whether the log was found to be whole. */
  get judged(): Judgement | undefined {
    return this.#judged;
  }

  /** Up to where the documents hold the log. */
  get place(): NotedPlace {
    return placeOf({ position: this.#position, ...(this.#last && { last: this.#last }) });
  }

  /** When the event at the position was recorded, where it says so: RFC 3339. */
  get recordedAt(): string | undefined {
    return this.#recordedAt;
  }

  /** How many events of its partition have been read since the last flush. */
  get unflushed(): number {
    return this.#folded;
  }

  /** Whether there is something that others wait for: events that were folded, or what somebody should know. */
  get hasNews(): boolean {
    return this.#folded > 0 || this.#noted;
  }

  /** Whether the checkpoint is behind: it may say no more than that other partitions have moved on. */
  get isBehind(): boolean {
    return this.hasNews || this.#passed;
  }

  /** Whether room should be made before more events are folded. */
  get full(): boolean {
    return this.#documents.full;
  }

  /** Takes up where a checkpoint is. Forgets what was folded and not written. */
  resume(checkpoint: Checkpoint | undefined): void {
    this.#documents.clear();
    this.#folded = 0;
    this.#noted = false;
    this.#passed = false;
    this.#position = checkpoint?.position || startOfLog;
    this.#recordedAt = checkpoint?.recordedAt;
    this.#last = checkpoint?.last;
    this.#events = checkpoint ? checkpoint.events : 0;
    this.#parked = checkpoint?.parked;
    this.#parkedRetries = checkpoint?.parkedRetries ?? 0;
    this.#judged = checkpoint?.judged;
    this.#skipped = checkpoint?.skipped ?? [];
  }

  /**
   * Writes as much of what was folded as lets more be folded.
   * @returns whether there is room now; else everything should be written
   * @throws DocumentRefused
   */
  makeRoom(): Promise<boolean> {
    return this.#documents.makeRoom();
  }

  /** Writes the documents of what was folded. @throws DocumentRefused where the store will never keep one of them */
  async write(): Promise<void> {
    await this.#documents.write();
  }

  /** How far it has come, to be written now that its documents are. */
  checkpoint(): Checkpoint {
    this.#folded = 0;
    this.#noted = false;
    this.#passed = false;
    return {
      position: this.#position,
      ...(this.#recordedAt && { recordedAt: this.#recordedAt }),
      ...(this.#last && { last: this.#last }),
      ...(this.#events !== undefined && { events: this.#events }),
      ...(this.#parked && { parked: this.#parked, parkedRetries: this.#parkedRetries }),
      ...(this.#skipped.length > 0 && { skipped: this.#skipped }),
      ...(this.#judged && { judged: this.#judged }),
    };
  }

  /** Says which events may be left out where they cannot be taken. One that can be taken is taken all the same. */
  useSkips(skips: readonly Skip[]): void {
    this.#skips = new Map(skips.map((skip) => [skip.eventId, skip]));
  }

  /**
   * Folds events until the run is full. One that the projection cannot take parks it there, unless it was decided that the
   * event may be left out.
   * @param events of its partition, in the order of the log; those that have been folded already are passed over
   * @param decode gives an event in its newest form
   */
  async fold(events: readonly RecordedEvent[], decode: (event: RecordedEvent) => RecordedEvent): Promise<void> {
    let next = events.findIndex(({ position }) => position > this.#position);
    if (next === -1) return;
    while (next < events.length && !this.stuck && !this.full) {
      await this.#slices.next();
      const { end, error } = await this.#foldSome(events, next, decode);
      if (end > next) this.#advanceTo(events[end - 1]!, end - next);
      next = end;
      if (error) {
        this.doWithout(events[end]!, error.cause);
        next++;
      }
    }
  }

  /** Leaves out the next event, which cannot be taken, where that was decided; else parks there. */
  doWithout(event: RecordedEvent, error: unknown): void {
    const skip = this.#skips.get(event.id);
    if (!skip) return this.#park(event, error);
    this.#skipped = [...this.#skipped, skip];
    this.#advanceTo(event, 1);
  }

  /** Whether any of these types touches its documents. */
  reactsTo(types: ReadonlySet<string>): boolean {
    return Object.keys(this.projection.on).some((type) => types.has(type));
  }

  /** Moves on past events of the partition of which none touches its documents. */
  passOver(events: readonly RecordedEvent[]): void {
    const last = events.at(-1);
    if (this.stuck || !last || last.position <= this.#position) return;
    const isFresh = events[0]!.position > this.#position;
    const fresh = isFresh ? events : events.filter(({ position }) => position > this.#position);
    this.#advanceTo(last, fresh.length);
  }

  /** Notes that the log was read up to an event, and that the partition has no other ones up to there. */
  passTo(event: RecordedEvent): void {
    if (this.stuck || event.position <= this.#position) return;
    this.#moveTo(event);
    this.#passed = true;
  }

  /** Notes what was found of the log that documents are made anew from. */
  judge(judgement: Judgement): void {
    this.#judged = judgement;
    this.#noted = true;
  }

  /** Lets it try the event again that it is parked at. */
  unpark(): void {
    this.#parked = undefined;
    this.#noted = true;
  }

  /**
   * Folds events from a place on: as many as go together, and none after one that cannot be taken.
   * @returns the place of the first event that was not folded; and why not, where it cannot be taken
   */
  async #foldSome(
    events: readonly RecordedEvent[],
    from: number,
    decode: (event: RecordedEvent) => RecordedEvent,
  ): Promise<{ readonly end: number; readonly error?: { readonly cause: unknown } }> {
    const { failed: untouchable, end, touches } = this.#touch(events, from, decode);
    await this.#documents.load();
    const unfoldable = await this.#firstFailure(touches, (touch) => this.#foldSources(touch));
    const folded = touches.slice(0, unfoldable?.place);
    await this.#documents.loadParts(folded.flatMap(({ derived }) => derived));
    const partless = await this.#firstFailure(folded, (touch) => this.#foldParts(touch));
    // What comes after an event that failed has not happened.
    if (partless)
      for (const { before } of folded.slice(partless.place).reverse()) before.forEach((restore) => restore());
    const failed = partless ?? unfoldable ?? untouchable;
    return failed ? { end: failed.index, error: { cause: failed.error } } : { end };
  }

  /** Finds out which documents events touch, up to as many as go together, and fit into a slice. */
  #touch(
    events: readonly RecordedEvent[],
    from: number,
    decode: (event: RecordedEvent) => RecordedEvent,
  ): { readonly touches: Touch[]; readonly end: number; readonly failed?: Failure } {
    const touches: Touch[] = [];
    let index = from;
    for (; index < events.length && touches.length < mostInStep && !this.#documents.shouldLoad; index++) {
      if (touches.length > 0 && this.#slices.isOver) break;
      const stored = events[index]!;
      const reaction = reactionTo(this.projection, stored.type);
      if (!reaction) continue;
      try {
        const event = decode(stored);
        const sources = sourcesOf(reaction, event).map((id) => this.#documents.touch(id));
        touches.push({ index, event, bytes: roughBytes(event.data), reaction, sources, derived: [], before: [] });
      } catch (error) {
        return { touches, end: index, failed: { index, error } };
      }
    }
    return { touches, end: index };
  }

  /** All sources of an event change, or none. One that holds the event already stays as it is. */
  #foldSources(touch: Touch): void {
    const { bytes, event, reaction } = touch;
    const behind = touch.sources.filter(({ position }) => position < event.position);
    const outcomes = behind.map((held) => sourceAfter(reaction, event, held));
    touch.derived = outcomes.flatMap(({ derived }) => derived);
    touch.before = behind.map((held) => restoring(held));
    for (const outcome of outcomes) this.#documents.take(outcome, event, bytes);
  }

  /** All parts of an event change, or none. */
  #foldParts({ bytes, derived, event }: Touch): void {
    const outcomes: Outcome<Held>[] = partsAfter(derived, event, (id) => this.#documents.part(id));
    for (const outcome of outcomes) this.#documents.take(outcome, event, bytes);
  }

  /** Does something with each, up to the first that fails. @returns which one, and why */
  async #firstFailure(
    touches: readonly Touch[],
    work: (touch: Touch) => void,
  ): Promise<(Failure & { readonly place: number }) | undefined> {
    for (const [place, touch] of touches.entries()) {
      if (this.#slices.isOver) await this.#slices.next();
      try {
        work(touch);
      } catch (error) {
        return { place, index: touch.index, error };
      }
    }
    return undefined;
  }

  #advanceTo(event: RecordedEvent, events: number): void {
    this.#moveTo(event);
    if (this.#events !== undefined) this.#events += events;
    this.#folded += events;
  }

  #moveTo(event: RecordedEvent): void {
    const { id: eventId, position, revision, stream } = event;
    this.#position = position;
    this.#recordedAt = recordedAtOf(event) ?? this.#recordedAt;
    this.#last = { stream, revision, eventId };
  }

  #park({ id: eventId, position, stream, type }: RecordedEvent, error: unknown): void {
    const at = this.#now().toISOString();
    const partition = partitionOfStream(stream);
    this.#parked = { position, eventId, type, error: describeError(error), said: whyParked(error), at, partition };
    this.#parkedRetries = this.retries;
    this.#noted = true;
  }
}

/** Puts a document back to what it is now. */
function restoring(held: Held): () => void {
  const { bytes, changed, document, measured, position } = held;
  return () => void Object.assign(held, { bytes, changed, document, measured, position });
}

/** When an event was recorded, where it says so: it may be anybody's. */
function recordedAtOf({ metadata }: RecordedEvent): string | undefined {
  const { recordedAt } = Object(metadata) as Partial<EventMetadata>;
  return typeof recordedAt === 'string' && !Number.isNaN(Date.parse(recordedAt)) ? recordedAt : undefined;
}
