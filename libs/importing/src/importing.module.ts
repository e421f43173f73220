import { Module } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { CLOCK, EVENT_STORE, readersOf, Resting } from '#deciding';
import type { DecisionCommand, Receipt } from '#deciding';
import type { EventStore } from '#event-store';
import { CommandGateway } from '#http-api';
import { EventCatalog } from '#kernel';
import type { Clock } from '#kernel';
import { LoadsTakenBack } from '#rounds';
import { ImportsController } from './imports.controller.js';
import { LoadExamination } from './loads/load-examination.js';
import { LoadTaking } from './loads/load-taking.js';
import { LoadsUnderWay } from './loads/loads-under-way.js';
import { loadCommandHandlers } from './loads/load.commands.js';
import { LoadsController } from './loads/loads.controller.js';
import { PlanLoader } from './plan-loader.js';

/** Loads plan files. */
@Module({
  controllers: [ImportsController, LoadsController],
  providers: [
    CommandGateway,
    LoadExamination,
    Resting,
    ...loadCommandHandlers,
    { provide: LoadsTakenBack, useClass: LoadsUnderWay },
    {
      provide: LoadTaking,
      inject: [EVENT_STORE, EventCatalog, CommandBus],
      useFactory: (store: EventStore, catalog: EventCatalog, commands: CommandBus) =>
        new LoadTaking(store, catalog, (command: DecisionCommand): Promise<Receipt> => commands.execute(command)),
    },
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
