import { Module } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { EventCatalog } from '#kernel';
import { CLOCK, EVENT_STORE } from '#deciding';
import type { Clock } from '#kernel';
import type { EventStore } from '#event-store';
import { ImportsController } from './imports.controller.js';
import { PlanLoader } from './plan-loader.js';

/** Loads plan files. */
@Module({
  controllers: [ImportsController],
  providers: [
    {
      provide: PlanLoader,
      inject: [EVENT_STORE, EventCatalog, CLOCK, CommandBus, QueryBus],
      useFactory: (store: EventStore, catalog: EventCatalog, clock: Clock, commands: CommandBus, queries: QueryBus) =>
        new PlanLoader(
          store,
          catalog,
          clock,
          (command) => commands.execute(command),
          (query) => queries.execute(query),
        ),
    },
  ],
  exports: [PlanLoader],
})
export class ImportingModule {}
