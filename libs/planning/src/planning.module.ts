import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { CommandGateway } from '#http-api';
import type { AssessmentGrounds } from './item/assessment.lookups.js';
import { assessmentCommands, itemCommands } from './item/item.register.js';
import { planCommandHandlers } from './plan/plan.commands.js';
import { PlanController } from './plan/plan.controller.js';
import { ScaleQueries } from './scale/read-models/scale-directory/scale-directory.controller.js';
import { scaleCommandHandlers } from './scale/scale.commands.js';

/** Scales, plans and their items. The buses, `DecisionRunner` and `ReadModels` come from the app. */
@Module({})
export class PlanningModule {
  /** @param grounds what assessments rest on that plans know nothing of */
  static with(grounds: AssessmentGrounds): DynamicModule {
    const commands = [...itemCommands, ...assessmentCommands(grounds)];
    return {
      module: PlanningModule,
      controllers: [PlanController, ...commands.map(({ route }) => route), ScaleQueries],
      providers: [
        CommandGateway,
        ...scaleCommandHandlers,
        ...planCommandHandlers,
        ...commands.map(({ handler }) => handler),
      ],
    };
  }
}
