import { Module } from '@nestjs/common';
import { BulkCommands, CommandGateway } from '#http-api';
import { itemCommands, routesToOthers } from './item/item.register.js';
import { SheetReader } from './item/read-models/item-sheets/sheet.reader.js';
import { ItemReader } from './item/read-models/item-status/item.reader.js';
import { planCommandHandlers } from './plan/plan.commands.js';
import { PlanController } from './plan/plan.controller.js';
import { ScaleDirectoryController } from './scale/read-models/scale-directory/scale-directory.controller.js';
import { scaleCommandHandlers } from './scale/scale.commands.js';

/** Scales, plans and their items. The command bus, `DecisionRunner` and `ReadModels` come from the app. */
@Module({
  controllers: [PlanController, ...itemCommands.map(({ route }) => route), ...routesToOthers, ScaleDirectoryController],
  providers: [
    CommandGateway,
    BulkCommands,
    ...scaleCommandHandlers,
    ...planCommandHandlers,
    ...itemCommands.map(({ handler }) => handler),
    ItemReader,
    SheetReader,
  ],
  exports: [ItemReader, SheetReader],
})
export class PlanningModule {}
