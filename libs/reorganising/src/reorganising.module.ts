import { Module } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { EVENT_STORE } from '#deciding';
import type { DecisionCommand, Receipt } from '#deciding';
import type { EventStore } from '#event-store';
import { CommandGateway } from '#http-api';
import { EventCatalog } from '#kernel';
import { OrganisationModule } from '#organisation';
import { Possessions } from './possessions.js';
import { ReorganisationController } from './reorganisation.controller.js';
import { reorganisationCommandHandlers } from './reorganisation.commands.js';
import { ReorganisationPreviews } from './reorganisation.preview.js';
import { ReorganisationProcess } from './reorganisation-process.js';
import { ReorganisationRehearsal } from './reorganisation-rehearsal.js';
import { Revocation } from './revocation.js';

/** Bodies that end, and what they had. The command bus, `DecisionRunner` and `ReadModels` come from the app. */
@Module({
  imports: [OrganisationModule],
  controllers: [ReorganisationController],
  providers: [
    CommandGateway,
    ...reorganisationCommandHandlers,
    {
      provide: ReorganisationProcess,
      inject: [EVENT_STORE, EventCatalog, CommandBus],
      useFactory: (log: EventStore, catalog: EventCatalog, commands: CommandBus) =>
        new ReorganisationProcess(log, catalog, (command: DecisionCommand): Promise<Receipt> =>
          commands.execute(command),
        ),
    },
    Possessions,
    ReorganisationRehearsal,
    ReorganisationPreviews,
    Revocation,
  ],
})
export class ReorganisingModule {}
