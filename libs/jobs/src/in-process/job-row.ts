import type { Json, JsonObject } from '#kernel';
import type { Job, JobProgress, JobState } from '../jobs.port.js';
import { failedBy, heldUpBy } from '../running/kept-failure.js';

/** A row of the table `jobs`. */
export interface JobRow {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly tenant: string | null;
  readonly data: string;
  readonly state: 'pending' | 'active' | 'completed' | 'failed';
  readonly due_at: number;
  readonly run_at: number | null;
  readonly enqueued_at: number;
  readonly started_at: number | null;
  readonly ended_at: number | null;
  readonly begun: number;
  readonly failures: number;
  readonly progress: string | null;
  readonly result: string | null;
  readonly error: string | null;
  /** How often in a row it has waited in vain. */
  readonly waits: number;
  readonly waiting_for: string | null;
  readonly waiting_since: number | null;
}

export function jobOf(row: JobRow, now: number): Job {
  return {
    id: row.id,
    name: row.name,
    key: row.key,
    ...(row.tenant !== null && { tenant: row.tenant }),
    data: JSON.parse(row.data) as JsonObject,
    state: stateOf(row, now),
    ...(row.progress !== null && { progress: JSON.parse(row.progress) as JobProgress }),
    attempts: row.begun,
    enqueuedAt: instant(row.enqueued_at),
    ...(row.run_at !== null && { runAt: instant(row.run_at) }),
    ...(row.started_at !== null && { startedAt: instant(row.started_at) }),
    ...(row.ended_at !== null && { endedAt: instant(row.ended_at) }),
    ...(row.result !== null && { result: JSON.parse(row.result) as Json }),
    ...(row.error !== null && failedBy(row.error)),
    ...(row.state === 'pending' && row.waiting_for !== null && heldUpBy(row.waiting_for)),
    ...(row.state === 'pending' && row.waiting_since !== null && { waitingSince: instant(row.waiting_since) }),
  };
}

function stateOf({ due_at, state }: JobRow, now: number): JobState {
  if (state !== 'pending') return state;
  return due_at > now ? 'scheduled' : 'waiting';
}

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();
