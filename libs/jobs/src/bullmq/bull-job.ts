import type { Job as QueuedJob, Queue } from 'bullmq';
import type { Json, JsonObject } from '#kernel';
import type { Job, JobProgress, JobState, NewJob } from '../jobs.port.js';
import { failedBy, heldUpBy } from '../running/kept-failure.js';

/** What BullMQ keeps as the data of a job. */
export interface Envelope {
  /** A UUIDv7 of the call that enqueued it: tells whose call made the job, and which of two is newer. */
  readonly enqueuedBy: string;
  readonly key: string;
  readonly tenant?: string;
  readonly data: JsonObject;
  /** Milliseconds since 1970. */
  readonly runAt?: number;
  /** How often it was begun and had to wait: BullMQ counts those times as well. */
  readonly waits?: number;
  readonly waiting?: Waiting;
}

/** What a job waits for, until it fails, completes or is retried. */
export interface Waiting {
  readonly for: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** How often in a row it has waited in vain. */
  readonly times: number;
  /** How often it had failed before: where it has failed once more, it waits no longer. */
  readonly failures: number;
}

export type BullJob = QueuedJob<Envelope, Json | undefined>;
export type BullQueue = Queue<Envelope, Json | undefined, string>;

export const envelopeOf = ({ data, key, runAt, tenant }: NewJob, enqueuedBy: string): Envelope => ({
  enqueuedBy,
  key,
  ...(tenant !== undefined && { tenant }),
  data,
  ...(runAt && { runAt: runAt.getTime() }),
});

/** @param state how the job stands */
export function jobOf(job: BullJob, name: string, state: JobState): Job {
  const { data, key, runAt, tenant, waits = 0 } = job.data;
  const waiting = state === 'scheduled' || state === 'waiting' ? waitingOf(job) : undefined;
  const result = job.returnvalue;
  return {
    id: job.id!,
    name,
    key,
    ...(tenant !== undefined && { tenant }),
    data,
    state,
    ...(typeof job.progress === 'object' && { progress: job.progress as JobProgress }),
    attempts: Math.max(0, job.attemptsStarted - waits),
    enqueuedAt: instant(job.timestamp),
    ...(runAt !== undefined && { runAt: instant(runAt) }),
    ...(job.processedOn !== undefined && { startedAt: instant(job.processedOn) }),
    ...(job.finishedOn !== undefined && { endedAt: instant(job.finishedOn) }),
    ...(state === 'completed' && result !== null && result !== undefined && { result }),
    ...(state !== 'completed' && job.failedReason && failedBy(job.failedReason)),
    ...(waiting && { ...heldUpBy(waiting.for), waitingSince: instant(waiting.since) }),
  };
}

/** What the job waits for; undefined where it does not, or no longer. */
export const waitingOf = ({ attemptsMade, data: { waiting } }: BullJob): Waiting | undefined =>
  waiting?.failures === attemptsMade ? waiting : undefined;

/** The job's data where it has to wait once more. */
export function heldUp(job: BullJob, waitingFor: string): Envelope {
  const { data } = job;
  const { since, times } = waitingOf(job) ?? { since: Date.now(), times: 0 };
  const waiting = { for: waitingFor, since, times: times + 1, failures: job.attemptsMade };
  return { ...data, waits: (data.waits ?? 0) + 1, waiting };
}

/** The job's data where it begins anew. */
export function anew({ data: { waiting: _, waits: __, ...data } }: BullJob): Envelope {
  return data;
}

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();
