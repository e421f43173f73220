export { describeJobs } from './jobs.features.js';
export { aHandler, eventually } from './examples.js';
export type { JobsUnderTest } from './jobs.features.js';
