import type { JobHandler } from '../jobs.port.js';

/** A handler that does its work at the first attempt. */
export const aHandler = (given: Partial<JobHandler> = {}): JobHandler => ({
  name: 'count',
  attempts: 3,
  backoffMilliseconds: 20,
  run: async () => undefined,
  ...given,
});
