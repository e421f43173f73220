import { Queue } from 'bullmq';
import type { JobsOptions } from 'bullmq';
import { newId, NotFound } from '#kernel';
import type { Json } from '#kernel';
import { idOfReference, jobIdOf, nameInId } from '../job-id.js';
import { keptJobs } from '../jobs.port.js';
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
  KeptJobs,
  NewJob,
  Owners,
  WorkOptions,
} from '../jobs.port.js';
import { isOneOf, notEnded, notPending } from '../rules.js';
import { watchByAsking } from '../running/watch-by-asking.js';
import { anew, envelopeOf, jobOf } from './bull-job.js';
import type { BullJob, BullQueue, Envelope } from './bull-job.js';
import { BullWorker } from './bull-worker.js';
import { EndedJobs } from './ended-jobs.js';
import { JobRegister } from './job-register.js';
import type { Registered } from './job-register.js';
import { CallerConnection, WorkerConnections } from './redis-connections.js';

export interface BullJobsOptions {
  /** What the names of all keys in Redis begin with. */
  readonly prefix?: string;
  /** What is kept of the jobs that have ended. */
  readonly kept?: KeptJobs;
}

const watchMilliseconds = 200;
/** How many jobs are entered in the register at once that were enqueued before there was one. */
const registeredAtOnce = 500;
/** BullMQ's score of a delayed job: the time in milliseconds by so much, and a number within it. */
const delayedScale = 0x1000;

/** Its worker decides about attempts and rests, and which of the jobs that have ended are kept. */
const decidedByWorker: JobsOptions = {
  attempts: Number.MAX_SAFE_INTEGER,
  backoff: { type: 'by-handler' },
  stackTraceLimit: 1,
};

/**
 * Opens the jobs in a Redis, which need not answer yet.
 * @param url such as `redis://127.0.0.1:6379/0`
 */
export function openBullJobs(url: string, { kept = keptJobs, prefix = 'sparbar' }: BullJobsOptions = {}): Jobs {
  return new BullJobs(url, prefix, kept);
}

/**
 * Jobs in BullMQ, a queue for each name: a worker takes whatever comes in its queue, and so must find there only what it has
 * a handler for. The names are kept in a register beside the queues.
 */
class BullJobs implements Jobs {
  readonly #connection: CallerConnection;
  readonly #register: JobRegister;
  readonly #queues = new Map<string, BullQueue>();
  readonly #workers = new Set<JobWorker>();
  #workerConnections: WorkerConnections | undefined;

  constructor(
    private readonly url: string,
    private readonly prefix: string,
    private readonly kept: KeptJobs,
  ) {
    this.#connection = new CallerConnection(url);
    this.#register = new JobRegister(this.#connection.client, prefix);
  }

  async enqueue(newJob: NewJob): Promise<Enqueued> {
    const { name, runAt } = newJob;
    const id = jobIdOf(newJob);
    return this.#connection.answer(async () => {
      const enqueuedBy = newId();
      await this.#register.addName(name);
      // BullMQ says nothing where the id is taken, and keeps the job that has it.
      await this.#queue(name).add(name, envelopeOf(newJob, enqueuedBy), {
        jobId: id,
        delay: Math.max(0, (runAt?.getTime() ?? 0) - Date.now()),
      });
      const { bullJob, job } = await this.#read(id);
      await this.#register.add(name, [bullJob]);
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

  async check(): Promise<void> {
    await this.#connection.answer(() => this.#connection.client.ping());
  }

  async list({ limit, name, offset, owners, state }: JobQuery): Promise<{ jobs: Job[]; total: number }> {
    return this.#connection.answer(async () => {
      const names = (await this.#register.names()).filter((known) => name === undefined || known === name);
      for (const known of names) await this.#registerOlder(known);
      const { found, total } =
        state === undefined
          ? await this.#register.newest(names, owners, offset + limit)
          : await this.#inState(state, names, owners);
      const page = found.slice(offset, offset + limit);
      const read = await Promise.all(page.map(({ id }) => this.#readIfThere(id)));
      await this.#register.forget(page.filter((_, at) => !read[at]));
      const jobs = read.filter((job) => job !== undefined && (state === undefined || job.state === state)) as Job[];
      return { jobs, total };
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
      await this.#register.remove(job.name, [bullJob]);
    });
  }

  work(handlers: readonly JobHandler[], options: WorkOptions = {}): JobWorker {
    this.#workerConnections ??= new WorkerConnections(this.url);
    const { client: connection } = this.#workerConnections;
    const workers = handlers.map((handler) => {
      const ended = new EndedJobs(this.#queue(handler.name), this.#register, this.kept);
      return new BullWorker(connection, this.prefix, handler, options, (state) => ended.trim(state));
    });
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
      const before = await this.#stateOf(queue, id);
      const bullJob = await queue.getJob(id);
      if (!bullJob) throw new NotFound('job', id);
      if ((await this.#stateOf(queue, id)) === before) return { bullJob, job: jobOf(bullJob, name, before) };
    }
  }

  async #readIfThere(id: string): Promise<Job | undefined> {
    return this.#read(id).then(
      ({ job }) => job,
      (error: unknown) => {
        if (error instanceof NotFound) return undefined;
        throw error;
      },
    );
  }

  /** BullMQ calls a job delayed until a worker has moved it, also when its time has come. */
  async #stateOf(queue: BullQueue, id: string): Promise<JobState> {
    const state = await queue.getJobState(id);
    if (state !== 'delayed') return state as JobState;
    const score = await this.#connection.client.zscore(queue.toKey('delayed'), id);
    return Number(score) >= firstDelayedScore() ? 'scheduled' : 'waiting';
  }

  /** All of some names and owners that are in a state: of the jobs themselves only the ids are read. */
  async #inState(
    state: JobState,
    names: readonly string[],
    owners: Owners | undefined,
  ): Promise<{ readonly found: readonly Registered[]; readonly total: number }> {
    const [ids, { found }] = await Promise.all([
      Promise.all(names.map((name) => this.#idsInState(this.#queue(name), state))),
      this.#register.newest(names, owners),
    ]);
    const inState = new Set(ids.flat());
    const those = found.filter(({ id }) => inState.has(id));
    return { found: those, total: those.length };
  }

  async #idsInState(queue: BullQueue, state: JobState): Promise<string[]> {
    const { client } = this.#connection;
    const [delayed, now] = [queue.toKey('delayed'), firstDelayedScore()];
    if (state === 'scheduled') return client.zrangebyscore(delayed, now, '+inf');
    const ids = await queue.getRanges([state], 0, -1);
    return state === 'waiting' ? [...ids, ...(await client.zrangebyscore(delayed, '-inf', `(${now}`))] : ids;
  }

  /** Enters what was enqueued before there was a register. */
  async #registerOlder(name: string): Promise<void> {
    if (await this.#register.isWhole(name)) return;
    const queue = this.#queue(name);
    for (const state of ['waiting', 'delayed', 'active', 'completed', 'failed'] as const) {
      for (let start = 0, more = true; more; start += registeredAtOnce) {
        const jobs = await queue.getJobs([state], start, start + registeredAtOnce - 1);
        await this.#register.add(name, jobs);
        more = jobs.length === registeredAtOnce;
      }
    }
    await this.#register.markWhole(name);
  }

  #queue(name: string): BullQueue {
    let queue = this.#queues.get(name);
    if (!queue) {
      queue = new Queue<Envelope, Json | undefined, string>(name, {
        connection: this.#connection.client,
        prefix: this.prefix,
        defaultJobOptions: decidedByWorker,
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
}

/** What a job that is delayed until after now has at least. */
const firstDelayedScore = (): number => (Date.now() + 1) * delayedScale;
