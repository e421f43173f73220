import { Module } from '@nestjs/common';
import { BulkCommands, CommandGateway } from '#http-api';
import { handOverItemHandler } from './item/hand-over/hand-over.js';
import { itemCommands, routesToOthers } from './item/item.register.js';
import { LineageReader } from './item/read-models/item-links/lineage.reader.js';
import { SheetReader } from './item/read-models/item-sheets/sheet.reader.js';
import { ItemReader } from './item/read-models/item-status/item.reader.js';
import { CommandBus } from '@nestjs/cqrs';
import { EVENT_STORE, KnownThings } from '#deciding';
import type { DecisionCommand, Receipt } from '#deciding';
import type { EventStore } from '#event-store';
import { EventCatalog } from '#kernel';
import { RevisionController } from './revision/revision.controller.js';
import { revisionCommandHandlers } from './revision/revision.commands.js';
import { RevisionProcess } from './revision/revision-process.js';
import { RevisionReader } from './revision/read-models/revision-directory/revision.reader.js';
import { HeldNumbers } from './numbers/held-numbers.js';
import { RevisionPreviews } from './revision/revision.preview.js';
import { RevisionRehearsal } from './revision/revision-rehearsal.js';
import { planCommandHandlers } from './plan/plan.commands.js';
import { PlanController } from './plan/plan.controller.js';
import { ScaleDirectoryController } from './scale/read-models/scale-directory/scale-directory.controller.js';
import { scaleCommandHandlers } from './scale/scale.commands.js';

/** Scales, plans and their items. The command bus, `DecisionRunner` and `ReadModels` come from the app. */
@Module({
  controllers: [
    PlanController,
    ...itemCommands.map(({ route }) => route),
    ...routesToOthers,
    RevisionController,
    ScaleDirectoryController,
  ],
  providers: [
    CommandGateway,
    BulkCommands,
    ...scaleCommandHandlers,
    ...planCommandHandlers,
    ...itemCommands.map(({ handler }) => handler),
    handOverItemHandler,
    ...revisionCommandHandlers,
    {
      provide: RevisionProcess,
      inject: [EVENT_STORE, EventCatalog, CommandBus],
      useFactory: (log: EventStore, catalog: EventCatalog, commands: CommandBus) =>
        new RevisionProcess(log, catalog, (command: DecisionCommand): Promise<Receipt> => commands.execute(command)),
    },
    KnownThings,
    HeldNumbers,
    RevisionRehearsal,
    RevisionPreviews,
    RevisionReader,
    ItemReader,
    LineageReader,
    SheetReader,
  ],
  exports: [ItemReader, LineageReader, RevisionReader, SheetReader],
})
export class PlanningModule {}
