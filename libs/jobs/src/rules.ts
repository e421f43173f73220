import { RuleViolation } from '#kernel';
import { interruptions } from './jobs.port.js';
import type { Job, JobHandler, JobState, Owners } from './jobs.port.js';

/** How long a job rests after some failures; undefined where that was its last attempt. */
export function restAfter(failures: number, { attempts, backoffMilliseconds }: JobHandler): number | undefined {
  return failures < attempts ? backoffMilliseconds * 2 ** (failures - 1) : undefined;
}

/** Whether a job was begun so often that it is taken to bring its worker down. */
export const isHopeless = (begun: number, { attempts }: JobHandler): boolean => begun > attempts + interruptions;

export const hopeless = 'Its worker was lost again and again';

export const isOneOf = ({ tenant }: Pick<Job, 'tenant'>, owners: Owners | undefined): boolean =>
  owners === undefined || owners.includes(tenant ?? null);

export const hasEnded = ({ state }: Job): boolean => state === 'completed' || state === 'failed';

export const notFailed = (state: JobState): RuleViolation =>
  new RuleViolation('retry-what-failed', `Only a job that has failed can be retried; this one is ${state}`);

export const notPending = (state: JobState): RuleViolation =>
  new RuleViolation('cancel-what-is-to-come', `Only a job that has not begun can be cancelled; this one is ${state}`);
