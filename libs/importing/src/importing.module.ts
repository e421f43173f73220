import { Module } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { CLOCK, EVENT_STORE, readersOf } from '#deciding';
import type { EventStore } from '#event-store';
import { EventCatalog } from '#kernel';
import type { Clock } from '#kernel';
import { ImportsController } from './imports.controller.js';
import { PlanLoader } from './plan-loader.js';

/** Loads plan files. */
@Module({
  controllers: [ImportsController],
  providers: [
    {
      provide: PlanLoader,
      inject: [EVENT_STORE, EventCatalog, CLOCK, CommandBus, ModuleRef],
      useFactory: (store: EventStore, catalog: EventCatalog, clock: Clock, commands: CommandBus, app: ModuleRef) =>
        new PlanLoader(store, catalog, clock, (command) => commands.execute(command), readersOf(app)),
    },
  ],
  exports: [PlanLoader],
})
export class ImportingModule {}
