import { Global, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { TokenVerifier } from '#http-api';
import { Metrics } from '../metrics/metrics.js';
import { Lifecycle } from '../process/lifecycle.js';
import { LOGGER, SETTINGS } from '../process/tokens.js';
import type { Settings } from '../settings/settings.js';
import { openStores } from './stores.js';
import type { Stores } from './stores.js';

/** The log and the documents: `Stores`. */
export const STORES = Symbol('stores');

/** The log, whose appends are timed, and the documents that the environment names. They end with the process. */
@Global()
@Module({
  providers: [
    {
      provide: STORES,
      // An environment whose keys cannot be used is refused before anything is opened.
      inject: [SETTINGS, LOGGER, Lifecycle, Metrics, { token: TokenVerifier, optional: true }],
      useFactory: async (
        settings: Settings,
        logger: Logger,
        lifecycle: Lifecycle,
        metrics: Metrics,
      ): Promise<Stores> => {
        const { documentStore, eventStore, log } = await openStores(settings, logger);
        lifecycle.add('log', { stop: () => eventStore.close() });
        lifecycle.add('documents', { stop: () => documentStore.close() });
        return { eventStore: metrics.timed(eventStore), documentStore, log };
      },
    },
  ],
  exports: [STORES],
})
export class StoresModule {}
