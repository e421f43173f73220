import { Queue } from 'bullmq';
import type { JobsOptions } from 'bullmq';
import { newId, NotFound } from '#kernel';
import type { Json } from '#kernel';
import { idOfReference, jobIdOf, nameInId } from '../job-id.js';
import { completedDays } from '../jobs.port.js';
import type {
  EndedState,
  Enqueued,
  Job,
  JobHandler,
  JobQuery,
  JobReference,
  Jobs,
  JobState,
  JobWorker,
  NewJob,
  Owners,
  WorkOptions,
} from '../jobs.port.js';
import { isOneOf, notEnded, notPending } from '../rules.js';
import { watchByAsking } from '../running/watch-by-asking.js';
import { anew, envelopeOf, jobOf } from './bull-job.js';
import type { BullJob, BullState, Envelope } from './bull-job.js';
import { BullWorker } from './bull-worker.js';
import { CallerConnection, WorkerConnections } from './redis-connections.js';

export interface BullJobsOptions {
  /** What the names of all keys in Redis begin with. */
  readonly prefix?: string;
}

type BullQueue = Queue<Envelope, Json | undefined, string>;

const watchMilliseconds = 200;
const daySeconds = 86_400;

/** How long a job may live, and that its worker decides about attempts and rests. */
const kept: JobsOptions = {
  attempts: Number.MAX_SAFE_INTEGER,
  backoff: { type: 'by-handler' },
  removeOnComplete: { age: completedDays * daySeconds },
  removeOnFail: false,
  stackTraceLimit: 1,
};

const bullStates: Readonly<Record<JobState, readonly BullState[]>> = {
  waiting: ['waiting', 'delayed'],
  scheduled: ['delayed'],
  active: ['active'],
  completed: ['completed'],
  failed: ['failed'],
};

/**
 * Opens the jobs in a Redis, which need not answer yet.
 * @param url such as `redis://127.0.0.1:6379/0`
 */
export function openBullJobs(url: string, { prefix = 'sparbar' }: BullJobsOptions = {}): Jobs {
  return new BullJobs(url, prefix);
}

/**
 * Jobs in BullMQ, a queue for each name: a worker takes whatever comes in its queue, and so must find there only what it has
 * a handler for. The names are kept in a set beside the queues.
 */
class BullJobs implements Jobs {
  readonly #connection: CallerConnection;
  readonly #queues = new Map<string, BullQueue>();
  readonly #workers = new Set<JobWorker>();
  #workerConnections: WorkerConnections | undefined;

  constructor(
    private readonly url: string,
    private readonly prefix: string,
  ) {
    this.#connection = new CallerConnection(url);
  }

  async enqueue(newJob: NewJob): Promise<Enqueued> {
    const { name, runAt } = newJob;
    const id = jobIdOf(newJob);
    return this.#connection.answer(async () => {
      const enqueuedBy = newId();
      await this.#connection.client.sadd(this.#namesKey(), name);
      // BullMQ says nothing where the id is taken, and keeps the job that has it.
      await this.#queue(name).add(name, envelopeOf(newJob, enqueuedBy), {
        jobId: id,
        delay: Math.max(0, (runAt?.getTime() ?? 0) - Date.now()),
      });
      const { bullJob, job } = await this.#read(id);
      return { job, isNew: bullJob.data.enqueuedBy === enqueuedBy };
    });
  }

  async status(reference: JobReference, owners?: Owners): Promise<Job> {
    const id = idOfReference(reference);
    return this.#connection.answer(async () => {
      const { job } = await this.#read(id);
      if (!isOneOf(job, owners)) throw new NotFound('job', id);
      return job;
    });
  }

  /** Reads all jobs of that sort: BullMQ has no order across states and queues, and knows no tenants. */
  async list({ limit, name, offset, owners, state }: JobQuery): Promise<{ jobs: Job[]; total: number }> {
    return this.#connection.answer(async () => {
      const names = await this.#connection.client.smembers(this.#namesKey());
      const read = await Promise.all(
        names.filter((known) => name === undefined || known === name).map((known) => this.#readAll(known, state)),
      );
      const found = read
        .flat()
        .filter(({ job }) => isOneOf(job, owners) && (state === undefined || job.state === state));
      found.sort((one, other) => (one.enqueuedBy < other.enqueuedBy ? 1 : -1));
      return { jobs: found.slice(offset, offset + limit).map(({ job }) => job), total: found.length };
    });
  }

  async retry(id: string, ended: EndedState = 'failed'): Promise<Job> {
    return this.#connection.answer(async () => {
      const { bullJob, job } = await this.#read(id);
      if (job.state !== ended) throw notEnded(job.state, ended);
      if (bullJob.data.waits !== undefined) await bullJob.updateData(anew(bullJob));
      await bullJob
        .retry(ended, { resetAttemptsMade: true, resetAttemptsStarted: true })
        .catch(async (error: unknown) => {
          const { state } = (await this.#read(id)).job;
          throw state === ended ? error : notEnded(state, ended);
        });
      return (await this.#read(id)).job;
    });
  }

  async cancel(id: string): Promise<void> {
    return this.#connection.answer(async () => {
      const { bullJob, job } = await this.#read(id);
      if (job.state !== 'scheduled' && job.state !== 'waiting') throw notPending(job.state);
      await bullJob.remove().catch(async (error: unknown) => {
        const { state } = (await this.#read(id)).job;
        throw state === 'active' ? notPending(state) : error;
      });
    });
  }

  work(handlers: readonly JobHandler[], options: WorkOptions = {}): JobWorker {
    this.#workerConnections ??= new WorkerConnections(this.url);
    const { client: connection } = this.#workerConnections;
    const workers = handlers.map((handler) => new BullWorker(connection, this.prefix, handler, options));
    const worker = {
      stop: async () => void (await Promise.all(workers.map((each) => each.stop()))),
    };
    this.#workers.add(worker);
    return worker;
  }

  watch(id: string, signal: AbortSignal): AsyncIterable<Job> {
    return watchByAsking(() => this.status(id), watchMilliseconds, signal);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.stop()));
    this.#workerConnections?.close();
    this.#connection.close();
  }

  /** The job and its state at one moment, which takes two questions. */
  async #read(id: string): Promise<{ bullJob: BullJob; job: Job }> {
    const name = nameInId(id);
    if (name === undefined) throw new NotFound('job', id);
    const queue = this.#queue(name);
    for (;;) {
      const before = await queue.getJobState(id);
      const bullJob = await queue.getJob(id);
      if (!bullJob) throw new NotFound('job', id);
      if ((await queue.getJobState(id)) === before) {
        return { bullJob, job: jobOf(bullJob, name, before as BullState) };
      }
    }
  }

  async #readAll(name: string, state: JobState | undefined): Promise<{ job: Job; enqueuedBy: string }[]> {
    const states =
      state === undefined ? (['waiting', 'delayed', 'active', 'completed', 'failed'] as const) : bullStates[state];
    const read = await Promise.all(
      states.map(async (bullState) =>
        (await this.#queue(name).getJobs([bullState])).map((job) => ({
          job: jobOf(job, name, bullState),
          enqueuedBy: job.data.enqueuedBy,
        })),
      ),
    );
    // A job that moved meanwhile was found twice.
    return [...new Map(read.flat().map((found) => [found.job.id, found])).values()];
  }

  #queue(name: string): BullQueue {
    let queue = this.#queues.get(name);
    if (!queue) {
      queue = new Queue<Envelope, Json | undefined, string>(name, {
        connection: this.#connection.client,
        prefix: this.prefix,
        defaultJobOptions: kept,
        // A queue that waited for Redis, or asked it for its version, would hang or break for good where Redis is down.
        skipWaitingForReady: true,
        skipVersionCheck: true,
        skipMetasUpdate: true,
      });
      queue.on('error', () => undefined);
      this.#queues.set(name, queue);
    }
    return queue;
  }

  #namesKey(): string {
    return `${this.prefix}:names`;
  }
}
