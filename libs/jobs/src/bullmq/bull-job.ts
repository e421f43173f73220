import type { Job as QueuedJob } from 'bullmq';
import type { Json, JsonObject } from '#kernel';
import type { Job, JobProgress, JobState, NewJob } from '../jobs.port.js';

/** What BullMQ keeps as the data of a job. */
export interface Envelope {
  /** A UUIDv7 of the call that enqueued it: tells whose call made the job, and which of two is newer. */
  readonly enqueuedBy: string;
  readonly key: string;
  readonly tenant?: string;
  readonly data: JsonObject;
  /** Milliseconds since 1970. */
  readonly runAt?: number;
}

export type BullJob = QueuedJob<Envelope, Json | undefined>;

/** The states that a job is in for BullMQ, of those that are used here. */
export type BullState = 'waiting' | 'delayed' | 'active' | 'completed' | 'failed';

export const envelopeOf = ({ data, key, runAt, tenant }: NewJob, enqueuedBy: string): Envelope => ({
  enqueuedBy,
  key,
  ...(tenant !== undefined && { tenant }),
  data,
  ...(runAt && { runAt: runAt.getTime() }),
});

export function jobOf(job: BullJob, name: string, bullState: BullState): Job {
  const { data, key, runAt, tenant } = job.data;
  const state = stateOf(job, bullState);
  const result = job.returnvalue;
  return {
    id: job.id!,
    name,
    key,
    ...(tenant !== undefined && { tenant }),
    data,
    state,
    ...(typeof job.progress === 'object' && { progress: job.progress as JobProgress }),
    attempts: job.attemptsStarted,
    enqueuedAt: instant(job.timestamp),
    ...(runAt !== undefined && { runAt: instant(runAt) }),
    ...(job.processedOn !== undefined && { startedAt: instant(job.processedOn) }),
    ...(job.finishedOn !== undefined && { endedAt: instant(job.finishedOn) }),
    ...(state === 'completed' && result !== null && result !== undefined && { result }),
    ...(state !== 'completed' && job.failedReason && { error: job.failedReason }),
  };
}

/** BullMQ calls a job delayed until a worker has moved it, also when its time has come. */
function stateOf({ attemptsMade, data: { runAt = 0 } }: BullJob, state: BullState): JobState {
  if (state !== 'delayed') return state;
  return attemptsMade > 0 || runAt > Date.now() ? 'scheduled' : 'waiting';
}

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();
