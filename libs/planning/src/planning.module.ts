import { Module } from '@nestjs/common';
import { CommandGateway } from '#http-api';
import { itemCommandHandlers } from './item/item.commands.js';
import { ItemController } from './item/item.controller.js';
import { planCommandHandlers } from './plan/plan.commands.js';
import { PlanController } from './plan/plan.controller.js';
import { scaleCommandHandlers } from './scale/scale.commands.js';
import { ScaleQueries } from './scale/scale.queries.js';

/** Scales, plans and their items. The buses, `DecisionRunner` and `ReadModels` come from the app. */
@Module({
  controllers: [PlanController, ItemController, ScaleQueries],
  providers: [CommandGateway, ...scaleCommandHandlers, ...planCommandHandlers, ...itemCommandHandlers],
})
export class PlanningModule {}
