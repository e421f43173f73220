import { Global, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Jobs } from '#jobs';
import { JOBS } from '#operations';
import { Lifecycle } from '../process/lifecycle.js';
import { LOGGER, SETTINGS } from '../process/tokens.js';
import type { Settings } from '../settings/settings.js';
import { openJobs } from './jobs.js';
import { STORES } from './stores.module.js';

/** The queue of jobs that the environment names. It ends with the process. */
@Global()
@Module({
  providers: [
    {
      provide: JOBS,
      inject: [SETTINGS, LOGGER, Lifecycle, STORES],
      useFactory: async (settings: Settings, logger: Logger, lifecycle: Lifecycle): Promise<Jobs> => {
        const jobs = await openJobs(settings, logger);
        lifecycle.add('jobs', { stop: () => jobs.close() });
        return jobs;
      },
    },
  ],
  exports: [JOBS],
})
export class JobsModule {}
