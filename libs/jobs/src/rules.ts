import type { RuleViolation } from '#kernel';
import { DomainError, inLanguage, rule, say, usualLanguage } from '#kernel';
import { interruptions } from './jobs.port.js';
import type { EndedState, Job, JobHandler, JobState, Owners, WorkOptions } from './jobs.port.js';

const firstWaitMilliseconds = 250;
const defaultLongestWaitMilliseconds = 10_000;

/**
 * How long a job rests after a failure that does not pass by itself; undefined where that was its last attempt.
 * @param failures how many there have been with this one
 */
export function restAfter(
  failures: number,
  { attempts, backoffMilliseconds }: JobHandler,
  error: Error,
): number | undefined {
  // What the domain says no to it says no to again.
  if (error instanceof DomainError) return undefined;
  return failures < attempts ? backoffMilliseconds * 2 ** (failures - 1) : undefined;
}

/** How long a job waits that has waited so many times in vain. */
export function waitAfter(
  waits: number,
  { longestWaitMilliseconds = defaultLongestWaitMilliseconds }: WorkOptions,
): number {
  return Math.min(firstWaitMilliseconds * 2 ** waits, longestWaitMilliseconds);
}

/** Whether a job was begun so often that it is taken to bring its worker down. */
export const isExhausted = (begun: number, { attempts }: JobHandler): boolean => begun > attempts + interruptions;

/** A job was begun again and again, and never came to an end. */
export class WorkerLost extends Error {
  readonly code = 'worker-lost';

  constructor(readonly said = workerLost()) {
    super(inLanguage(usualLanguage, said));
    this.name = 'WorkerLost';
  }
}

const workerLost = say('Its worker was lost again and again', 'Det som utförde det försvann gång på gång');

export const isOneOf = ({ tenant }: Pick<Job, 'tenant'>, owners: Owners | undefined): boolean =>
  owners === undefined || owners.includes(tenant ?? null);

export const hasEnded = ({ state }: Job): boolean => state === 'completed' || state === 'failed';

export const notEnded = (state: JobState, ended: EndedState): RuleViolation => onlyEnded({ ended, state });

export const notPending = (state: JobState): RuleViolation => onlyPending({ state });

const onlyEnded = rule(
  'retry-what-failed',
  'Only a job that has {ended} can be retried; this one is {state}',
  'Bara ett jobb i läget {ended} kan göras om; det här är i läget {state}',
);
const onlyPending = rule(
  'cancel-what-is-to-come',
  'Only a job that has not begun can be cancelled; this one is {state}',
  'Bara ett jobb som inte har börjat kan avbrytas; det här är i läget {state}',
);
