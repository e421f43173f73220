export { describeJobs } from './jobs.features.js';
export { aHandler } from './examples.js';
export type { JobsUnderTest } from './jobs.features.js';
