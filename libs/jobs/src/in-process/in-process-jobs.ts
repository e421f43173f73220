import { NotFound, StoreUnavailable } from '#kernel';
import { idOfReference, jobIdOf } from '../job-id.js';
import { keptJobs } from '../jobs.port.js';
import type {
  EndedState,
  Enqueued,
  Job,
  JobHandler,
  JobQuery,
  JobReference,
  Jobs,
  JobWorker,
  KeptJobs,
  NewJob,
  Owners,
  WorkOptions,
} from '../jobs.port.js';
import { isOneOf, notEnded, notPending } from '../rules.js';
import { watchByAsking } from '../running/watch-by-asking.js';
import { InProcessWorker } from './in-process-worker.js';
import { jobOf } from './job-row.js';
import { JobTable } from './job-table.js';

const watchMilliseconds = 50;

/**
 * Opens the jobs in a SQLite file, which is made where it is missing. Several processes may have it open.
 * @param kept what is kept of the jobs that have ended
 * @throws StoreUnavailable where the file cannot be opened; NewerLayout
 */
export function openInProcessJobs(file: string, kept: KeptJobs = keptJobs): Jobs {
  return new InProcessJobs(new JobTable(file, kept));
}

/** Jobs without a server: they are kept in a file, and run in the processes that have it open. */
class InProcessJobs implements Jobs {
  readonly #workers = new Set<InProcessWorker>();
  #closed = false;

  constructor(private readonly table: JobTable) {}

  async enqueue(job: NewJob): Promise<Enqueued> {
    this.#mustBeOpen();
    const isNew = this.table.insert(job, Date.now());
    if (isNew) for (const worker of this.#workers) worker.wake();
    return { job: await this.status(jobIdOf(job)), isNew };
  }

  async status(reference: JobReference, owners?: Owners): Promise<Job> {
    this.#mustBeOpen();
    const id = idOfReference(reference);
    const row = this.table.get(id);
    const job = row && jobOf(row, Date.now());
    if (!job || !isOneOf(job, owners)) throw new NotFound('job', id);
    return job;
  }

  async check(): Promise<void> {
    this.#mustBeOpen();
    this.table.check();
  }

  async list(query: JobQuery): Promise<{ jobs: Job[]; total: number }> {
    this.#mustBeOpen();
    const now = Date.now();
    const { rows, total } = this.table.list(query, now);
    return { jobs: rows.map((row) => jobOf(row, now)), total };
  }

  async retry(id: string, ended: EndedState = 'failed'): Promise<Job> {
    this.#mustBeOpen();
    if (!this.table.retry(id, ended, Date.now())) throw notEnded((await this.status(id)).state, ended);
    for (const worker of this.#workers) worker.wake();
    return this.status(id);
  }

  async cancel(id: string): Promise<void> {
    this.#mustBeOpen();
    if (!this.table.cancel(id)) throw notPending((await this.status(id)).state);
  }

  work(handlers: readonly JobHandler[], options: WorkOptions = {}): JobWorker {
    this.#mustBeOpen();
    const worker = new InProcessWorker(this.table, handlers, options);
    this.#workers.add(worker);
    return worker;
  }

  watch(id: string, signal: AbortSignal): AsyncIterable<Job> {
    return watchByAsking(() => this.status(id), watchMilliseconds, signal);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    await Promise.all([...this.#workers].map((worker) => worker.stop()));
    this.#closed = true;
    this.table.close();
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new StoreUnavailable('job queue', new Error('It was closed'));
  }
}
