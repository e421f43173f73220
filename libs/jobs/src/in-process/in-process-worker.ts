import { endsWithin, newId } from '#kernel';
import type { Job, JobHandler, JobWorker, WorkOptions } from '../jobs.port.js';
import { isExhausted, restAfter, waitAfter, WorkerLost } from '../rules.js';
import { keptText } from '../running/kept-failure.js';
import { JobLog } from '../running/job-log.js';
import { ProgressNotes } from '../running/progress-notes.js';
import { runHandler } from '../running/run-handler.js';
import type { Outcome } from '../running/run-handler.js';
import { jobOf } from './job-row.js';
import type { JobRow } from './job-row.js';
import type { JobTable } from './job-table.js';

const pollMilliseconds = 100;

interface Running {
  readonly name: string;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

/** Takes due jobs from the table, and keeps the leases on those that run. */
export class InProcessWorker implements JobWorker {
  /** By lease. */
  readonly #running = new Map<string, Running>();
  readonly #concurrency: number;
  readonly #leaseMilliseconds: number;
  readonly #timers: readonly NodeJS.Timeout[];
  readonly #log: JobLog;
  #stopped: Promise<void> | undefined;

  constructor(
    private readonly table: JobTable,
    private readonly handlers: readonly JobHandler[],
    private readonly options: WorkOptions,
  ) {
    this.#log = new JobLog(options.logger);
    this.#concurrency = options.concurrency ?? 1;
    this.#leaseMilliseconds = options.leaseMilliseconds ?? 30_000;
    this.#timers = [
      setInterval(() => this.#safely(() => this.#look()), pollMilliseconds),
      setInterval(() => this.#safely(() => this.#extendLeases()), this.#leaseMilliseconds / 3),
    ];
  }

  /** Looks for work at once, rather than at the next poll. */
  wake(): void {
    setImmediate(() => this.#safely(() => this.#take()));
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    const [poll, heartbeat] = this.#timers;
    clearInterval(poll);
    for (const { abort } of this.#running.values()) abort.abort();
    const ended = Promise.all([...this.#running.values()].map((running) => running.ended));
    await endsWithin(this.options.graceMilliseconds ?? 5_000, ended);
    clearInterval(heartbeat);
    for (const lease of this.#running.keys()) this.#safely(() => this.table.handBack(lease));
  }

  #look(): void {
    const freed = this.table.freeAbandoned(Date.now());
    if (freed > 0) this.options.logger?.warn({ jobs: freed }, 'jobs are taken over from workers that are gone');
    this.#take();
    this.#log.queueAnswered();
  }

  #take(): void {
    for (const handler of this.handlers) {
      while (!this.#stopped && this.#runningOf(handler.name) < this.#concurrency) {
        const lease = newId();
        const now = Date.now();
        const row = this.table.take(handler.name, lease, now + this.#leaseMilliseconds, now);
        if (!row) break;
        if (isExhausted(row.begun, handler)) this.#giveUp(row, lease, now);
        else this.#begin(handler, row, lease);
      }
    }
  }

  #giveUp({ id, name }: JobRow, lease: string, now: number): void {
    const lost = new WorkerLost();
    this.#log.failed(id, lost, true);
    this.#failForGood(name, lease, keptText(lost), now);
  }

  #failForGood(name: string, lease: string, error: string, now: number): void {
    this.table.failForGood(lease, error, now);
    this.table.trim(name, 'failed', now);
  }

  #begin(handler: JobHandler, row: JobRow, lease: string): void {
    const abort = new AbortController();
    const ended = this.#run(handler, row, lease, abort.signal).finally(() => {
      this.#running.delete(lease);
      this.wake();
    });
    this.#running.set(lease, { name: handler.name, abort, ended });
  }

  async #run(handler: JobHandler, row: JobRow, lease: string, signal: AbortSignal): Promise<void> {
    const job = jobOf(row, Date.now());
    const notes = new ProgressNotes(async (progress) => void this.table.note(lease, progress));
    const outcome = await runHandler(handler, job, notes, signal);
    // Where it cannot be recorded the lease lapses, and the job runs again.
    this.#safely(() => this.#record(outcome, handler, row, job, lease));
  }

  #record(outcome: Outcome, handler: JobHandler, { failures, name, waits }: JobRow, { id }: Job, lease: string): void {
    const now = Date.now();
    if (outcome.kind === 'completed') {
      if (this.table.complete(lease, outcome.result, now)) this.#log.completed(id);
      this.table.trim(name, 'completed', now);
    } else if (outcome.kind === 'handed-back') {
      this.table.handBack(lease);
    } else if (outcome.kind === 'held-up') {
      this.#log.waits(id, outcome.error);
      this.table.wait(lease, keptText(outcome.error), now + waitAfter(waits, this.options), now);
    } else {
      const kept = keptText(outcome.error);
      const rest = restAfter(failures + 1, handler, outcome.error);
      this.#log.failed(id, outcome.error, rest === undefined);
      if (rest === undefined) this.#failForGood(name, lease, kept, now);
      else this.table.failOnce(lease, kept, now + rest);
    }
  }

  #extendLeases(): void {
    for (const [lease, { abort }] of this.#running) {
      if (!this.table.extend(lease, Date.now() + this.#leaseMilliseconds)) abort.abort();
    }
  }

  #runningOf(name: string): number {
    return [...this.#running.values()].filter((running) => running.name === name).length;
  }

  /** The file may be kept by another for a while: the next poll tries again. */
  #safely(work: () => unknown): void {
    try {
      work();
    } catch (error) {
      this.#log.queueFailed(error);
    }
  }
}
