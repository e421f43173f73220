import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Jobs } from '#jobs';
import { describeError } from '#kernel';
import type { Settings } from './settings.js';

const askAgainMilliseconds = 5_000;

/** Opens the jobs that the URL names; without one, those in the data folder. @throws StoreUnavailable */
export async function openJobs({ data, jobsUrl }: Pick<Settings, 'data' | 'jobsUrl'>, logger?: Logger): Promise<Jobs> {
  if (jobsUrl === undefined) {
    mkdirSync(data, { recursive: true });
    return (await import('#jobs/in-process')).openInProcessJobs(join(data, 'jobs.db'));
  }
  if (logger) void tellFaults(jobsUrl, logger);
  return (await import('#jobs/bullmq')).openBullJobs(jobsUrl);
}

/** A Redis that does not keep jobs is named at once, not when they are missed. */
async function tellFaults(url: string, logger: Logger): Promise<void> {
  for (;;) {
    try {
      const { checkRedis } = await import('#jobs/bullmq');
      const { faults } = await checkRedis(url);
      for (const fault of faults) logger.warn({ fault }, 'the Redis of the jobs should be set up otherwise');
      return;
    } catch (error) {
      logger.warn({ error: describeError(error) }, 'the Redis of the jobs does not answer yet');
      await sleep(askAgainMilliseconds, undefined, { ref: false });
    }
  }
}
