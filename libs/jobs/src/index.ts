export { jobIdOf } from './job-id.js';
export { completedDays, jobStates } from './jobs.port.js';
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
  NewJob,
  Owners,
  WorkOptions,
} from './jobs.port.js';
