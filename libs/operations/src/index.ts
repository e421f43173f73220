export { JobView, jobViewOf } from './job.view.js';
export { OperationsModule } from './operations.module.js';
export { enqueueRebuild, rebuildProjection } from './rebuild-projection.job.js';
export { JOBS } from './tokens.js';
