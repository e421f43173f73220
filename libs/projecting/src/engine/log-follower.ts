import type { EventStore } from '#event-store';
import { startOfLog } from '#kernel';
import type { EventCatalog, RecordedEvent, StoredEvent } from '#kernel';
import { aborted } from './aborted.js';
import { LostRace } from './bookkeeping.js';
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
    /** Whether the runs are still this process's to write. */
    private readonly ours: () => boolean,
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

  /** Reads up to the end of the log as it is now. */
  async catchUp(signal: AbortSignal): Promise<void> {
    for (let after = this.#start(); !signal.aborted;) {
      const batch = await this.eventStore.readAll({ after, limit: this.batchSize });
      if (batch.length === 0) break;
      await this.#take(batch);
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
      if (run.reactsTo(types)) await run.fold(batch, decode);
      else run.passOver(batch);
    }
    // A full batch may be the last one all the same: nothing may wait in memory for the next event to come.
    const moreToCome = batch.length >= this.batchSize && (await this.eventStore.head()) > batch.at(-1)!.position;
    if (!moreToCome || this.runs.some(({ unflushed }) => unflushed >= flushEvery)) await this.#flush();
  }

  /** @throws LostRace where another runner may have taken over: what was folded here is forgotten, and folded there */
  async #flush(): Promise<void> {
    if (!this.ours()) throw new LostRace('the leases');
    for (const run of this.runs) await run.flush();
    this.flushed();
  }
}

function decodingOnce(catalog: EventCatalog): (event: RecordedEvent) => RecordedEvent {
  const decoded = new Map<RecordedEvent, RecordedEvent>();
  return (event) => {
    let known = decoded.get(event);
    if (!known) decoded.set(event, (known = catalog.decode(event as StoredEvent)));
    return known;
  };
}
