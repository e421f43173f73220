import { DocumentRefused } from '#document-store';
import type { EventStore } from '#event-store';
import { startOfLog } from '#kernel';
import type { EventCatalog, RecordedEvent, StoredEvent } from '#kernel';
import { aborted } from './aborted.js';
import type { LogInspection } from '../verifying/log-inspection.js';
import type { ProjectionRun } from './projection-run.js';

/** While a projection is far behind, so many events are folded in memory before documents are written. */
const flushEvery = 100_000;
const defaultBatch = 2_500;

/** Reads the log once for several runs, and decodes each event once. */
export class LogFollower {
  constructor(
    private readonly eventStore: EventStore,
    private readonly catalog: EventCatalog,
    private readonly runs: readonly ProjectionRun[],
    /** Throws where nothing may be written: the runs are another's by now, or the log is another one than before. */
    private readonly mayWrite: () => Promise<void>,
    private readonly flushed: () => void,
    private readonly batchSize = defaultBatch,
  ) {}

  /** Follows the log as it grows, until the signal aborts; then writes what was folded. @throws LostRace */
  async follow(signal: AbortSignal): Promise<void> {
    const { batchSize } = this;
    // Those that are stuck go nowhere, and may be where the log never was.
    if (this.runs.every(({ stuck }) => stuck)) return aborted(signal);
    for await (const batch of this.eventStore.subscribe({ after: this.#start(), batchSize, signal })) {
      await this.#take(batch);
    }
    await this.#flush();
  }

  /** Reads up to the end of the log as it is now. @param inspection is shown what is read, so that nobody reads it twice */
  async catchUp(signal: AbortSignal, inspection?: LogInspection): Promise<void> {
    for (let after = this.#start(); !signal.aborted;) {
      const batch = await this.eventStore.readAll({ after, limit: this.batchSize });
      if (batch.length === 0) break;
      await this.#take(batch);
      inspection?.follow(after, batch);
      after = batch.at(-1)!.position;
    }
    await this.#flush();
  }

  #start(): string {
    const active = this.runs.filter(({ stuck }) => !stuck);
    return active.map(({ position }) => position).sort()[0] ?? startOfLog;
  }

  async #take(batch: readonly StoredEvent[]): Promise<void> {
    const decode = decodingOnce(this.catalog);
    const types = new Set(batch.map(({ type }) => type));
    for (const run of this.runs) {
      if (!run.reactsTo(types)) run.passOver(batch);
      else await this.#writing(run, batch.at(-1)!.position, () => this.#fold(run, batch, decode));
    }
    // A full batch may be the last one all the same: nothing may wait in memory for the next event to come.
    const moreToCome = batch.length >= this.batchSize && (await this.eventStore.head()) > batch.at(-1)!.position;
    if (!moreToCome || this.runs.some(({ unflushed }) => unflushed >= flushEvery)) await this.#flush();
  }

  /** Folds all of some events, and writes as often as that holds too many documents in memory. */
  async #fold(
    run: ProjectionRun,
    events: readonly RecordedEvent[],
    decode: (event: RecordedEvent) => RecordedEvent,
  ): Promise<void> {
    for (await run.fold(events, decode); run.full; await run.fold(events, decode)) {
      await this.mayWrite();
      await run.makeRoom();
    }
  }

  /** @throws LostRace where another runner may have taken over: what was folded here is forgotten, and folded there; LogReplaced */
  async #flush(): Promise<void> {
    await this.mayWrite();
    for (const run of this.runs) await this.#writing(run, run.position, () => run.flush());
    this.flushed();
  }

  /** Something that may write. Where a document is refused it is found out at which event, and what came before is written. */
  async #writing(run: ProjectionRun, end: string, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (!isRefusedOf(run, error)) throw error;
      await this.#inSmallerSteps(run, end);
    }
  }

  /**
   * Goes back to what is written and on from there, in steps that are halved while a document is refused, so that the event
   * that it came from is found soon among many.
   */
  async #inSmallerSteps(run: ProjectionRun, end: string): Promise<void> {
    let step = this.batchSize;
    await run.resume();
    while (!run.stuck && run.position < end) {
      await this.mayWrite();
      const events = await this.eventStore.readAll({ after: run.position, limit: step });
      if (events.length === 0) return;
      try {
        await this.#fold(run, events, decodingOnce(this.catalog));
        await run.flush();
        step = Math.min(2 * step, this.batchSize);
      } catch (error) {
        if (!isRefusedOf(run, error)) throw error;
        await run.resume();
        step = Math.ceil(events.length / 2);
        if (events.length > 1) continue;
        await run.doWithout(events[0] as RecordedEvent, error);
        await run.flush();
      }
    }
  }
}

/** A refusal of bookkeeping is no fault of an event. */
const isRefusedOf = ({ collection }: ProjectionRun, error: unknown): boolean =>
  error instanceof DocumentRefused && error.collection === collection;

function decodingOnce(catalog: EventCatalog): (event: RecordedEvent) => RecordedEvent {
  const decoded = new Map<RecordedEvent, RecordedEvent>();
  return (event) => {
    let known = decoded.get(event);
    if (!known) decoded.set(event, (known = catalog.decode(event as StoredEvent)));
    return known;
  };
}
