export { openInProcessJobs } from './in-process-jobs.js';
