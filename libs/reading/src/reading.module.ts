import { Module } from '@nestjs/common';
import { OrganisationModule } from '#organisation';
import { PlanningModule } from '#planning';
import { RoundsModule } from '#rounds';
import { AnswersController } from './answers/answers.controller.js';
import { ShownItems } from './status/shown-items.js';
import { StatusController } from './status/status.controller.js';

/** How plans and items stand, now or at any moment. `ReadModels` and `Replay` come from the app. */
@Module({
  imports: [OrganisationModule, PlanningModule, RoundsModule],
  controllers: [StatusController, AnswersController],
  providers: [ShownItems],
})
export class ReadingModule {}
