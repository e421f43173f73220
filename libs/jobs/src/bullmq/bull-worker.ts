import { DelayedError, WaitingError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { endsWithin } from '#kernel';
import type { Json } from '#kernel';
import type { EndedState, JobHandler, JobWorker, WorkOptions } from '../jobs.port.js';
import { isExhausted, restAfter, waitAfter, WorkerLost } from '../rules.js';
import { KeptFailure, keptText } from '../running/kept-failure.js';
import { JobLog } from '../running/job-log.js';
import { ProgressNotes } from '../running/progress-notes.js';
import { runHandler } from '../running/run-handler.js';
import { heldUp, jobOf, waitingOf } from './bull-job.js';
import type { BullJob, Envelope } from './bull-job.js';

const reconnectMilliseconds = 200;
/** How BullMQ is told that a failure is the last. */
const noMore = -1;

interface Running {
  readonly job: BullJob;
  readonly token: string;
  readonly abort: AbortController;
  readonly ended: Promise<unknown>;
}

class AbandonableWorker extends Worker<Envelope, Json | undefined> {
  /** Ends what keeps the process alive where `close` waits for a Redis that is gone. */
  abandon(): void {
    void this.lockManager.close();
  }
}

/** Does the jobs of one queue: those of one name. */
export class BullWorker implements JobWorker {
  readonly #worker: AbandonableWorker;
  /** By job id. */
  readonly #running = new Map<string, Running>();
  readonly #log: JobLog;
  #stopped: Promise<void> | undefined;

  constructor(
    private readonly connection: Redis,
    prefix: string,
    private readonly handler: JobHandler,
    private readonly options: WorkOptions,
    /** Is told that a job has completed, or failed for good. */
    private readonly ended: (state: EndedState) => void,
  ) {
    this.#log = new JobLog(options.logger);
    const lockDuration = options.leaseMilliseconds ?? 30_000;
    this.#worker = new AbandonableWorker(handler.name, (job: BullJob, token) => this.#process(job, token!), {
      connection,
      prefix,
      concurrency: options.concurrency ?? 1,
      lockDuration,
      lockRenewTime: lockDuration / 3,
      // A job is seen to have no lock at one check and is moved at the next.
      stalledInterval: lockDuration / 2,
      // How often a job may be taken over is counted by the port's own rule.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      runRetryDelay: reconnectMilliseconds,
      settings: { backoffStrategy: (_made, _type, error, job) => this.#restAfterFailure(error!, job as BullJob) },
    });
    this.#worker.on('error', (error) => this.#log.queueFailed(error, { queue: handler.name }));
    this.#worker.on('ready', () => this.#log.queueAnswered());
    this.#worker.on('completed', ({ id }) => {
      this.#log.completed(id!);
      this.ended('completed');
    });
    this.#worker.on('failed', (job, error) => this.#tellFailure(job, error));
    this.#worker.on('stalled', (job) =>
      options.logger?.warn({ job }, 'a job is taken over from a worker that is gone'),
    );
    this.#worker.on('lockRenewalFailed', (ids) => ids.forEach((id) => this.#running.get(id)?.abort.abort()));
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    const grace = this.options.graceMilliseconds ?? 5_000;
    void this.#worker.pause(true).catch(() => undefined);
    for (const { abort } of this.#running.values()) abort.abort();
    const allEnded = await endsWithin(grace, Promise.all([...this.#running.values()].map(({ ended }) => ended)));
    const handedBack = Promise.all([...this.#running.values()].map(({ job, token }) => job.moveToWait(token)));
    // Where Redis is gone neither can be done: the locks lapse, and others take the jobs over.
    await endsWithin(reconnectMilliseconds * 5, handedBack);
    const force = !allEnded || this.connection.status !== 'ready';
    if (!(await endsWithin(reconnectMilliseconds * 5, this.#worker.close(force)))) this.#worker.abandon();
  }

  async #process(job: BullJob, token: string): Promise<Json | undefined> {
    if (this.#stopped) return this.#handBack(job, token);
    if (isExhausted(begun(job), this.handler)) throw new KeptFailure(new WorkerLost());
    const abort = new AbortController();
    const notes = new ProgressNotes((progress) => job.updateProgress(progress));
    const ended = runHandler(this.handler, jobOf(job, this.handler.name, 'active'), notes, abort.signal);
    this.#running.set(job.id!, { job, token, abort, ended });
    const outcome = await ended;
    this.#running.delete(job.id!);
    if (outcome.kind === 'completed') return outcome.result;
    if (outcome.kind === 'failed') throw new KeptFailure(outcome.error);
    if (outcome.kind === 'held-up') return this.#wait(job, token, outcome.error);
    return this.#handBack(job, token);
  }

  /** @throws DelayedError always, which is how BullMQ is told where the job is */
  async #wait(job: BullJob, token: string, error: Error): Promise<never> {
    this.#log.waits(job.id!, error);
    const rest = waitAfter(waitingOf(job)?.times ?? 0, this.options);
    await orLapse(job.updateData(heldUp(job, keptText(error))).then(() => job.moveToDelayed(Date.now() + rest, token)));
    throw new DelayedError();
  }

  /** @throws WaitingError always, which is how BullMQ is told where the job is */
  async #handBack(job: BullJob, token: string): Promise<never> {
    await orLapse(job.moveToWait(token));
    throw new WaitingError();
  }

  /** BullMQ counts attempts and rests as a job was added, before anyone knows its handler: here the handler decides. */
  #restAfterFailure(error: Error, job: BullJob): number {
    if (isExhausted(begun(job), this.handler)) return noMore;
    return restAfter(job.attemptsMade + 1, this.handler, thrownBy(error)) ?? noMore;
  }

  #tellFailure(job: BullJob | undefined, error: Error): void {
    if (!job) return;
    const isLast = job.finishedOn !== undefined;
    this.#log.failed(job.id!, thrownBy(error), isLast);
    if (isLast) this.ended('failed');
  }
}

/** What a handler threw, and not the form in which it is kept. */
const thrownBy = (error: Error): Error => (error instanceof KeptFailure ? error.cause : error);

const begun = ({ attemptsStarted, data: { waits = 0 } }: BullJob): number => attemptsStarted - waits;

/** A job that cannot be moved, because Redis does not take it, is no failure of the job: its lock lapses, and it begins again. */
const orLapse = (moving: Promise<unknown>): Promise<unknown> => moving.catch(() => undefined);
