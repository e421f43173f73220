import type { Json, JsonObject, Said } from '#kernel';

/**
 * - `waiting`: would run now, if a worker had room
 * - `scheduled`: has a time to come: the one that it was enqueued with, the end of a back-off, or when what it waits for is
 *   asked for again
 * - `active`: a worker runs it
 * - `completed`: done
 * - `failed`: dead, after its last attempt, until someone retries it
 *
 * Of those that have ended, and of their keys, no more is kept than `Kept` says.
 */
export type JobState = 'waiting' | 'scheduled' | 'active' | 'completed' | 'failed';

/** The states in which nobody works on a job any more. */
export type EndedState = Extract<JobState, 'completed' | 'failed'>;

export const jobStates: readonly JobState[] = ['waiting', 'scheduled', 'active', 'completed', 'failed'];

/** What is kept of the jobs of one name that have ended in one way. A job that is kept has its key taken. */
export interface Kept {
  /** For so many days, and until the next job of the name ends so. */
  readonly days: number;
  /** At most so many, those that ended last. */
  readonly most: number;
}

export type KeptJobs = Readonly<Record<EndedState, Kept>>;

/** A job that failed is kept longer, for whoever asks why. What is still due is enqueued anew whatever was kept. */
export const keptJobs: KeptJobs = {
  completed: { days: 90, most: 10_000 },
  failed: { days: 365, most: 10_000 },
};

/**
 * How often a job may be begun beyond the attempts of its handler, because a worker died, stalled or was stopped. A job
 * that takes its process down with it would otherwise be taken over for ever.
 */
export const interruptions = 20;

export interface JobProgress {
  readonly done: number;
  /** In the unit of `done`. */
  readonly total: number;
  /** What is being done: in every language, or as it was noted. */
  readonly note?: Said | string;
}

/** A piece of work as it stands. Instants are RFC 3339. */
export interface Job {
  /** Opaque, and fit for a URL. The same name, tenant and key always have the same id. */
  readonly id: string;
  /** The kind of work. */
  readonly name: string;
  readonly key: string;
  /** Whose work it is; missing for work of the system itself. */
  readonly tenant?: string;
  readonly data: JsonObject;
  readonly state: JobState;
  readonly progress?: JobProgress;
  /** How often it was begun since it was enqueued or retried, but for the times when it had to wait. */
  readonly attempts: number;
  readonly enqueuedAt: string;
  /** The time that it was scheduled for. */
  readonly runAt?: string;
  /** When the newest attempt began. */
  readonly startedAt?: string;
  /** When it completed or failed for good. */
  readonly endedAt?: string;
  /** What the handler answered; missing where that was nothing. */
  readonly result?: Json;
  /** The message of the last failure, as long as the job has not completed. */
  readonly error?: string;
  /** The same in every language, where that is known. */
  readonly errorSaid?: Said;
  /** Why it could not go on, as long as it waits until it can. */
  readonly waitingFor?: string;
  /** The same in every language, where that is known. */
  readonly waitingSaid?: Said;
  /** Since when it has waited in vain. */
  readonly waitingSince?: string;
}

export interface NewJob {
  /** Lower-case letters, digits and single hyphens, at most 60. */
  readonly name: string;
  /** A stable text of the caller, for which there is one job. */
  readonly key: string;
  readonly tenant?: string;
  readonly data: JsonObject;
  /** Not before this time. One that has passed means now: what was missed is caught up once. */
  readonly runAt?: Date;
}

export interface Enqueued {
  readonly job: Job;
  /** False where there was a job of that name and key, in whichever state: it is the one that is given. */
  readonly isNew: boolean;
}

/** Whose jobs are meant: tenants, and `null` for the work of the system itself. Without it, everyone's. */
export type Owners = readonly (string | null)[];

/** A job by its id, or by what it was enqueued as. */
export type JobReference = string | Pick<NewJob, 'name' | 'key' | 'tenant'>;

export interface JobQuery {
  readonly name?: string;
  readonly state?: JobState;
  readonly owners?: Owners;
  readonly limit: number;
  readonly offset: number;
}

/** What a handler is given beside the data. */
export interface JobRun {
  /** The job when the attempt began. */
  readonly job: Job;
  /** Notes how far the work has come, in no time and without failing. What is noted fast is thinned out, the last note stays. */
  readonly progress: (done: number, total: number, note?: Said | string) => void;
  /**
   * Aborts when the worker stops, or when another has taken the job over. A handler that then throws has not failed:
   * the job is handed back, and begins again elsewhere.
   */
  readonly signal: AbortSignal;
}

/**
 * How one kind of work is done. It may run again after it was cut off anywhere, and so must be idempotent.
 *
 * What it throws decides what becomes of the job. A failure that passes by itself (`isTransient` of the kernel: a store that
 * is away, read models that are behind) uses up no attempt: the job waits, however long that takes. Any other `DomainError`
 * would be the same again, and is the job's death. Everything else uses up an attempt.
 */
export interface JobHandler {
  readonly name: string;
  /** After so many failures the job is dead. */
  readonly attempts: number;
  /** The pause after the first failure; it doubles with each. */
  readonly backoffMilliseconds: number;
  /** @returns what the job answers, or undefined */
  run(data: JsonObject, run: JobRun): Promise<Json | undefined>;
}

export interface JobLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface WorkOptions {
  /** How many jobs of each name run at once. 1 by default. */
  readonly concurrency?: number;
  /** How long a worker may be silent before its jobs are taken over. Half a minute by default. */
  readonly leaseMilliseconds?: number;
  /** How long a job that waits for something rests at most before it looks again. Ten seconds by default. */
  readonly longestWaitMilliseconds?: number;
  /** How long `stop` waits for jobs that run. Five seconds by default. */
  readonly graceMilliseconds?: number;
  readonly logger?: JobLogger;
}

export interface JobWorker {
  /** Takes no more jobs, aborts the signals of those that run, waits for them a while, and hands back what then still runs. */
  stop(): Promise<void>;
}

/**
 * Work that is done later, at least once. Every adapter passes the one contract suite (`describeJobs`). What `enqueue`
 * answered is kept. Every method throws `StoreUnavailable` within a second where the queue does not answer; a worker
 * waits and goes on by itself.
 */
export interface Jobs {
  /** Enqueues a job once for its name, tenant and key. @throws TypeError where the name is none */
  enqueue(job: NewJob): Promise<Enqueued>;

  /** @throws NotFound, also where the job is not one of the owners' */
  status(job: JobReference, owners?: Owners): Promise<Job>;

  /** Whether the queue answers. It costs the same however many jobs there are. */
  check(): Promise<void>;

  /** Jobs, the newest first, and how many there are of that sort. No more jobs are read than are given. */
  list(query: JobQuery): Promise<{ readonly jobs: Job[]; readonly total: number }>;

  /**
   * Gives a job that has ended all its attempts again: one that failed, or one that completed though its work is not done.
   * @throws NotFound; RuleViolation where it has not ended so
   */
  retry(id: string, ended?: EndedState): Promise<Job>;

  /** Removes a job that is waiting or scheduled; its key is free again, for another time. @throws NotFound; RuleViolation where it has begun or ended */
  cancel(id: string): Promise<void>;

  /** Begins to do jobs that there are handlers for. */
  work(handlers: readonly JobHandler[], options?: WorkOptions): JobWorker;

  /**
   * The job now, and then whenever it has changed, until it completes, fails for good, is cancelled, or the signal
   * aborts. What changes fast is thinned out. @throws NotFound
   */
  watch(id: string, signal: AbortSignal): AsyncIterable<Job>;

  /** Stops its workers and lets go of the queue. */
  close(): Promise<void>;
}
