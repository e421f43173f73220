import { DocumentRefused } from '#document-store';
import { roughBytes, startOfLog, WakeUp } from '#kernel';
import type { RecordedEvent, TimeSlices } from '#kernel';
import type { Checkpoint, PartitionCheckpoints } from './checkpoints.js';
import { readPart } from './log-part.js';
import type { LogPart } from './log-part.js';
import type { ProjectionRun } from './projection-run.js';
import type { SharedMemory } from './shared-memory.js';

/** While a partition is far behind, so many events are folded in memory before documents are written. */
const flushEvery = 100_000;
/** For so long at most what was folded of a log that goes on waits for more to be written with it. */
const longestUnflushed = 250;
/** For so long more is waited for, where the log surely goes on. */
const moreMilliseconds = 25;
/** So long after the log has moved on without it a partition says that it was read up to there. */
const idleMilliseconds = 100;

export interface LaneOptions {
  readonly log: Parameters<typeof readPart>[0];
  readonly memory: SharedMemory;
  /** Those of its runs as well, and of the other lanes. */
  readonly slices: TimeSlices;
  readonly batchSize: number;
  /** Throws where nothing may be written: the partition is another's by now, or the log is another one than before. */
  readonly mayWrite: () => Promise<void>;
  /** Is told whenever the checkpoint has moved. */
  readonly flushed: () => void;
}

/**
 * The runs that go through the log together for one partition. What is given to it waits until `work` comes to it, or is
 * taken at once: whoever gives does not mix the two.
 */
export class Lane {
  readonly #runs: ProjectionRun[];
  readonly #waiting: { readonly part: LogPart; readonly bytes: number }[] = [];
  readonly #given = new WakeUp();
  readonly #taken = new WakeUp();
  #busy: Promise<void> = Promise.resolve();
  #isBusy = false;
  #isWorking = false;
  /** Whether the log surely goes on after what was folded last. */
  #expectsMore = false;
  #unflushedSince: number | undefined;
  /** The log was folded up to here. */
  #passed: RecordedEvent | undefined;
  #end: string;
  /** How many events wait. */
  waiting = 0;
  /** About how much memory they take. */
  waitingBytes = 0;
  /** How many events it has folded. */
  folded = 0;

  constructor(
    readonly checkpoints: PartitionCheckpoints,
    runs: readonly ProjectionRun[],
    private readonly options: LaneOptions,
  ) {
    this.#runs = [...runs];
    this.#end = this.position ?? startOfLog;
  }

  get partition(): number {
    return this.checkpoints.partition;
  }

  get runs(): readonly ProjectionRun[] {
    return this.#runs;
  }

  /** The least position of its runs; undefined where none of them goes on. */
  get position(): string | undefined {
    return this.#active.map(({ position }) => position).sort()[0];
  }

  /** When the event at the position was recorded, in milliseconds; 0 where that is not known. */
  get recordedAt(): number {
    const { position } = this;
    const at = this.#active.find((run) => run.position === position)?.recordedAt;
    return at === undefined ? 0 : Date.parse(at);
  }

  /** The end of what was given to it. */
  get end(): string {
    return this.#end;
  }

  /** Notes that it needs to be given nothing up to a position. */
  reach(position: string): void {
    if (position > this.#end) this.#end = position;
  }

  /** Lets a run go along that holds all that the lane has been given, or more. */
  add(run: ProjectionRun): void {
    this.#runs.push(run);
  }

  /** Lets a run go, and what it has not written. */
  remove(run: ProjectionRun): void {
    const at = this.#runs.indexOf(run);
    if (at >= 0) this.#runs.splice(at, 1);
    this.options.memory.leave(run);
  }

  /** Has a part of the log wait for its turn. */
  give(part: LogPart): void {
    this.#end = part.last.position;
    const isIdle = this.#waiting.length === 0 && !this.#isWorking && !this.#isBusy;
    if (part.events.length === 0 && isIdle) this.#passTo(part);
    else {
      const bytes = part.events.reduce((sum, { data }) => sum + roughBytes(data), 0);
      this.#waiting.push({ part, bytes });
      this.waiting += part.events.length;
      this.waitingBytes += bytes;
    }
    this.#given.wake();
  }

  /** Lets go of what waits. Resolves when nothing is under way; what was folded stays. */
  async drop(): Promise<void> {
    this.#waiting.length = 0;
    this.waiting = 0;
    this.waitingBytes = 0;
    await this.#busy;
    this.#end = this.position ?? this.#end;
  }

  /** Folds a part of the log at once. */
  take(part: LogPart): Promise<void> {
    this.#end = part.last.position;
    return this.#alone(() => this.#fold(part));
  }

  /** Writes what was folded, and how far. @throws LostRace, LogReplaced */
  flush(): Promise<void> {
    return this.#alone(() => this.#flush(this.#runs));
  }

  /** Writes what was folded where that is much. */
  async flushIfMuch(): Promise<void> {
    if (this.#runs.some(({ unflushed }) => unflushed >= flushEvery)) await this.flush();
  }

  /** Resolves when less waits than before, or when the signal aborts. */
  untilTaken(signal: AbortSignal): Promise<void> {
    return this.#taken.wait(idleMilliseconds, signal);
  }

  /** Folds and writes what it is given until the signal aborts; then writes what was folded. @throws LostRace, LogReplaced */
  async work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const next = this.#waiting.shift();
      if (next) await this.#workOn(next);
      else if (this.#runs.some(({ hasNews }) => hasNews)) await this.#flushUnlessMore(signal);
      else if (this.#runs.some(({ isBehind }) => isBehind)) await this.#followIdly(signal);
      else await this.#given.wait(10 * idleMilliseconds, signal);
    }
    await this.flush();
  }

  async #workOn({ bytes, part }: { readonly part: LogPart; readonly bytes: number }): Promise<void> {
    this.#isWorking = true;
    await this.#alone(() => this.#fold(part));
    this.#isWorking = false;
    this.#expectsMore = part.more;
    this.waiting = Math.max(0, this.waiting - part.events.length);
    this.waitingBytes = Math.max(0, this.waitingBytes - bytes);
    this.#taken.wake();
    const isOld = this.#unflushedSince !== undefined && performance.now() - this.#unflushedSince >= longestUnflushed;
    if (isOld) await this.flush();
    else await this.flushIfMuch();
  }

  async #flushUnlessMore(signal: AbortSignal): Promise<void> {
    if (this.#expectsMore) await this.#given.wait(moreMilliseconds, signal);
    this.#expectsMore = false;
    if (this.#waiting.length === 0) await this.flush();
  }

  /** Says a while later how far the log was read, unless something comes that is written anyway. */
  async #followIdly(signal: AbortSignal): Promise<void> {
    const from = performance.now();
    while (!signal.aborted && this.#waiting.length === 0 && performance.now() - from < idleMilliseconds) {
      await this.#given.wait(idleMilliseconds, signal);
    }
    if (this.#waiting.length === 0) await this.flush();
  }

  get #active(): ProjectionRun[] {
    return this.#runs.filter(({ stuck }) => !stuck);
  }

  /** One thing after the other. */
  #alone(work: () => Promise<void>): Promise<void> {
    const mine = this.#busy.then(async () => {
      this.#isBusy = true;
      try {
        await work();
      } finally {
        this.#isBusy = false;
      }
    });
    this.#busy = mine.catch(() => undefined);
    return mine;
  }

  async #fold(part: LogPart): Promise<void> {
    for (const run of [...this.#runs]) {
      if (run.reactsTo(part.types)) await this.#writing(run, part.last.position, () => this.#foldOne(run, part));
      else run.passOver(part.events);
    }
    this.#passTo(part);
    this.folded += part.events.length;
    if (part.events.length > 0) this.#unflushedSince ??= performance.now();
  }

  #passTo({ last }: LogPart): void {
    this.#passed = last;
    for (const run of this.#runs) run.passTo(last);
  }

  /** Folds all of a part, and writes as often as that holds too many documents in memory. */
  async #foldOne(run: ProjectionRun, { decode, events }: Pick<LogPart, 'decode' | 'events'>): Promise<void> {
    this.options.memory.enter(run);
    for (await run.fold(events, decode); run.full; await run.fold(events, decode)) {
      await this.options.mayWrite();
      if (await run.makeRoom()) continue;
      await run.write();
      await this.#moveCheckpoints([run]);
    }
  }

  async #flush(runs: readonly ProjectionRun[]): Promise<void> {
    const behind = runs.filter(({ isBehind }) => isBehind);
    if (behind.length > 0) {
      await this.options.mayWrite();
      for (const run of behind) await this.#writing(run, run.position, () => run.write());
      await this.#moveCheckpoints(behind);
      this.options.flushed();
    }
    this.#unflushedSince = undefined;
    for (const run of runs) this.options.memory.leave(run);
  }

  async #moveCheckpoints(runs: readonly ProjectionRun[]): Promise<void> {
    await this.options.slices.next();
    await this.checkpoints.move(new Map(runs.map((run): [string, Checkpoint] => [run.collection, run.checkpoint()])));
  }

  /** Something that may write. Where a document is refused it is found out at which event, and what came before is written. */
  async #writing(run: ProjectionRun, end: string, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (!isRefusedOf(run, error)) throw error;
      await this.#inSmallerSteps(run, end);
      if (this.#passed) run.passTo(this.#passed);
    }
  }

  /**
   * Goes back to what is written and on from there, in steps that are halved while a document is refused, so that the event
   * that it came from is found soon among many.
   */
  async #inSmallerSteps(run: ProjectionRun, end: string): Promise<void> {
    const { batchSize: pageSize, log, mayWrite } = this.options;
    const resume = () => run.resume(this.checkpoints.of(run.collection));
    let step = pageSize;
    resume();
    while (!run.stuck && run.position < end) {
      await mayWrite();
      const part = await readPart(log, this.partition, { after: run.position, end, limit: step, pageSize });
      if (!part) return;
      const { events } = part;
      try {
        await this.#foldOne(run, part);
        await run.write();
        step = Math.min(2 * step, pageSize);
      } catch (error) {
        if (!isRefusedOf(run, error)) throw error;
        resume();
        step = Math.ceil(events.length / 2);
        if (events.length > 1) continue;
        run.doWithout(events[0]!, error);
      }
      await this.#moveCheckpoints([run]);
    }
  }
}

/** A refusal of bookkeeping is no fault of an event. */
const isRefusedOf = ({ collection }: ProjectionRun, error: unknown): boolean =>
  error instanceof DocumentRefused && error.collection === collection;
