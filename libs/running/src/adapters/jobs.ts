import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Jobs } from '#jobs';
import type { Settings } from '../settings/settings.js';
import { makeFolder } from './make-folder.js';
import { tellFound } from './tell-found.js';

/** Opens the jobs that the URL names; without one, those in the data folder. @throws StoreUnavailable */
export async function openJobs({ data, jobsUrl }: Pick<Settings, 'data' | 'jobsUrl'>, logger?: Logger): Promise<Jobs> {
  if (jobsUrl === undefined) {
    makeFolder(data);
    return (await import('#jobs/in-process')).openInProcessJobs(join(data, 'jobs.db'));
  }
  const { checkRedis, openBullJobs } = await import('#jobs/bullmq');
  if (logger) void tellFound('Redis of the jobs', async () => ({ ...(await checkRedis(jobsUrl)) }), logger);
  return openBullJobs(jobsUrl);
}
