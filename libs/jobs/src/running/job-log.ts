import { describeError, ToldFaults } from '#kernel';
import type { JobLogger } from '../jobs.port.js';

/** How many jobs are remembered that do not go well. */
const mostJobs = 1_000;

/**
 * Says what is the matter with jobs, with every cause: once for each cause of each job, and not at every try. A job that is
 * given another run and ends as before is no news either.
 */
export class JobLog {
  /** By job and by what became of it; the newest last. */
  readonly #told = new Map<string, ToldFaults>();
  readonly #ofQueue = new ToldFaults();

  constructor(private readonly logger: JobLogger | undefined) {}

  waits(job: string, error: unknown): void {
    if (this.#isNews(`${job} waits`, error)) this.#warn(job, error, 'a job waits');
  }

  failed(job: string, error: unknown, isLast: boolean): void {
    if (!this.#isNews(`${job} ${isLast ? 'is dead' : 'failed'}`, error)) return;
    if (isLast) this.logger?.error({ job, error: describeError(error) }, 'a job failed for good');
    else this.#warn(job, error, 'a job failed, and is tried again');
  }

  completed(job: string): void {
    const troubled = ['waits', 'failed', 'is dead'].filter((what) => this.#told.delete(`${job} ${what}`));
    if (troubled.length > 0) this.logger?.info({ job }, 'a job is done after all');
  }

  /** The queue itself cannot be asked. */
  queueFailed(error: unknown, fields: object = {}): void {
    if (!this.#ofQueue.isNews(error)) return;
    this.logger?.warn({ ...fields, error: describeError(error) }, 'the job queue did not answer');
  }

  queueAnswered(): void {
    this.#ofQueue.forget();
  }

  #warn(job: string, error: unknown, message: string): void {
    this.logger?.warn({ job, error: describeError(error) }, message);
  }

  #isNews(about: string, error: unknown): boolean {
    const told = this.#told.get(about) ?? new ToldFaults();
    this.#told.delete(about);
    this.#told.set(about, told);
    if (this.#told.size > mostJobs) this.#told.delete(this.#told.keys().next().value!);
    return told.isNews(error);
  }
}
