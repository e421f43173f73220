import type { Job, JobLogger, Jobs, NewJob } from '#jobs';
import { describeError, NotFound, pause, RuleViolation, ToldFaults } from '#kernel';
import type { DueWork } from './due-work.js';
import { WorkUndone } from './work-undone.js';
import { say } from '#kernel';

export interface ReconcilerOptions {
  readonly works: readonly DueWork[];
  readonly jobs: Pick<Jobs, 'enqueue' | 'retry' | 'status'>;
  readonly logger: JobLogger;
  readonly pace?: ReconcilerPace;
}

export interface ReconcilerPace {
  /** How long to rest between two looks at what is due. Ten seconds by default. */
  readonly lookEveryMilliseconds?: number;
  /** For how long a job that has ended in vain is left alone before it is given another run. Half a minute by default. */
  readonly restMilliseconds?: number;
}

/**
 * Sees to it that everything that is due has a job that lives: one that the queue has lost is enqueued anew, one that has
 * ended in vain is given all its attempts again. So the queue holds no truth, and whatever it loses is back after the next
 * look. Any number may run at once: a job is there once for its key.
 */
export class Reconciler {
  readonly #stopping = new AbortController();
  readonly #faults = new ToldFaults();
  readonly #lookEveryMilliseconds: number;
  readonly #restMilliseconds: number;
  #running: Promise<void> | undefined;

  constructor(private readonly options: ReconcilerOptions) {
    const { lookEveryMilliseconds = 10_000, restMilliseconds = 30_000 } = options.pace ?? {};
    this.#lookEveryMilliseconds = lookEveryMilliseconds;
    this.#restMilliseconds = restMilliseconds;
  }

  /** Begins. Returns at once; `stop` ends it. */
  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** One look at everything. What cannot be asked does not keep the rest from being seen to. @throws what the first asking threw */
  async look(): Promise<void> {
    const looks = await Promise.allSettled(this.options.works.map((work) => this.#seeTo(work)));
    const failed = looks.find(({ status }) => status === 'rejected');
    if (failed) throw (failed as PromiseRejectedResult).reason;
  }

  /** @throws WorkUndone where due work has no job that lives; StoreUnavailable */
  async check(): Promise<void> {
    for (const work of this.options.works) {
      const due = await work.due();
      const jobs = await Promise.all(due.map((job) => this.#jobOf(job)));
      const lost = due.find((_, index) => jobs[index] === undefined);
      if (lost) throw new WorkUndone(jobLost({ job: lost.name }));
      const failed = work.mayBeRefused ? undefined : jobs.find((job) => job?.state === 'failed');
      if (failed) throw new WorkUndone(jobFailed({ job: failed.name }));
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.look().then(
        () => this.#faults.forget(),
        (error: unknown) => this.#tell(error),
      );
      await pause(this.#lookEveryMilliseconds, signal);
    }
  }

  async #seeTo(work: DueWork): Promise<void> {
    const completed: NewJob[] = [];
    for (const due of await work.due()) {
      const { job } = await this.options.jobs.enqueue(due);
      if (job.state === 'completed' && work.settle) completed.push(due);
      else await this.#giveAnotherRun(job);
    }
    await work.settle?.(completed);
  }

  async #giveAnotherRun({ endedAt, id, state }: Job): Promise<void> {
    if (state !== 'completed' && state !== 'failed') return;
    if (Date.now() - Date.parse(endedAt!) < this.#restMilliseconds) return;
    await this.options.jobs.retry(id, state).catch((error: unknown) => {
      // Another was first, or the queue has just lost it.
      if (!(error instanceof RuleViolation || error instanceof NotFound)) throw error;
    });
  }

  async #jobOf(job: NewJob): Promise<Job | undefined> {
    return this.options.jobs.status(job).catch((error: unknown) => {
      if (error instanceof NotFound) return undefined;
      throw error;
    });
  }

  #tell(error: unknown): void {
    if (this.#faults.isNews(error)) {
      this.options.logger.warn({ error: describeError(error) }, 'what is due cannot be seen to');
    }
  }
}

const jobLost = say(
  'A job {job} was lost from the queue, and will be enqueued anew',
  'Ett jobb {job} försvann ur kön och köas på nytt',
);
const jobFailed = say(
  'A job {job} has failed, and will be given another run',
  'Ett jobb {job} misslyckades och får ett nytt försök',
);
