import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { CLOCK } from '#deciding';
import type { Jobs } from '#jobs';
import { EventCatalog } from '#kernel';
import type { Clock } from '#kernel';
import { JOBS } from '#operations';
import { ProjectionAdmin, ReadModels, Replay } from '#projecting';
import { STORES } from '../adapters/stores.module.js';
import type { Stores } from '../adapters/stores.js';
import { Lifecycle } from '../process/lifecycle.js';
import { LOGGER, SETTINGS } from '../process/tokens.js';
import type { Settings } from '../settings/settings.js';
import { Work } from './work.js';
import type { WorkPace } from './work.js';

/** What is done later is done in this process, while it runs. */
@Global()
@Module({})
export class WorkModule {
  /** @param pace how often what is undone is tried again; as a worker is shipped where it is left out */
  static at(pace: WorkPace = {}): DynamicModule {
    return {
      module: WorkModule,
      providers: [
        {
          provide: Work,
          inject: [
            CommandBus,
            STORES,
            JOBS,
            LOGGER,
            SETTINGS,
            CLOCK,
            EventCatalog,
            ReadModels,
            Replay,
            ProjectionAdmin,
            Lifecycle,
          ],
          useFactory: (
            commands: CommandBus,
            stores: Stores,
            jobs: Jobs,
            logger: Logger,
            { reminders }: Settings,
            clock: Clock,
            catalog: EventCatalog,
            readModels: ReadModels,
            replay: Replay,
            projections: ProjectionAdmin,
            lifecycle: Lifecycle,
          ): Work => {
            const parts = { commands, stores, jobs, logger, clock, catalog, readModels, replay, projections };
            const work = new Work({ ...parts, pace, ...(reminders && { reminders }) });
            lifecycle.add('work', { start: () => work.start(), stop: () => work.stop() });
            return work;
          },
        },
      ],
      exports: [Work],
    };
  }
}
