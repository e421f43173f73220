import { Global, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { EventCatalog, systemClock } from '#kernel';
import { Progress, ProjectionEngine } from '#projecting';
import { STORES } from '../adapters/stores.module.js';
import type { Stores } from '../adapters/stores.js';
import { projections } from '../contracts.js';
import { Lifecycle } from '../process/lifecycle.js';
import { LOGGER } from '../process/tokens.js';

/** The engine, which runs every projection while the process does. */
@Global()
@Module({
  providers: [
    {
      provide: ProjectionEngine,
      inject: [STORES, EventCatalog, Progress, LOGGER, Lifecycle],
      useFactory: (
        { documentStore, eventStore, log }: Stores,
        catalog: EventCatalog,
        progress: Progress,
        logger: Logger,
        lifecycle: Lifecycle,
      ): ProjectionEngine => {
        const engine = new ProjectionEngine({
          eventStore,
          documentStore,
          log: log.watch,
          catalog,
          projections,
          // Leases run by the time of this machine, whatever time decisions are given.
          clock: systemClock,
          logger,
          progress,
        });
        lifecycle.add('projections', { start: () => engine.start(), stop: () => engine.stop() });
        return engine;
      },
    },
  ],
  exports: [ProjectionEngine],
})
export class EngineModule {}
