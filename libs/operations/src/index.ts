export { EventJobs } from './event-jobs.js';
export type { EventJobsOptions } from './event-jobs.js';
export { JobView, jobViewOf } from './job.view.js';
export { OperationsModule } from './operations.module.js';
export { enqueueRebuild, rebuildProjection } from './rebuild-projection.job.js';
export { JOBS } from './tokens.js';
