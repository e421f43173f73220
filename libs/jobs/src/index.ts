export { jobIdOf } from './job-id.js';
export { resultIn, skippedBecause } from './skipped.js';
export { jobStates, keptJobs } from './jobs.port.js';
export type {
  EndedState,
  Enqueued,
  Job,
  JobHandler,
  JobLogger,
  JobProgress,
  JobQuery,
  JobReference,
  JobRun,
  Jobs,
  JobState,
  JobWorker,
  Kept,
  KeptJobs,
  NewJob,
  Owners,
  WorkOptions,
} from './jobs.port.js';
