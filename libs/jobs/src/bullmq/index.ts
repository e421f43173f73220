export { openBullJobs } from './bull-jobs.js';
export type { BullJobsOptions } from './bull-jobs.js';
export { checkRedis } from './check-redis.js';
export type { RedisCheck } from './check-redis.js';
