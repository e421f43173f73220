import { Module } from '@nestjs/common';
import { PlanningModule } from '#planning';
import { ItemHistoryController } from './item-history/item-history.controller.js';
import { PlanChangesController } from './read-models/plan-history/plan-history.controller.js';
import { PlanHistories } from './read-models/plan-history/plan-history.reader.js';
import { StoryReader } from './read-models/plan-history/story.reader.js';

/** What auditors ask: the history of an item, and what changed in a plan. */
@Module({
  imports: [PlanningModule],
  controllers: [ItemHistoryController, PlanChangesController],
  providers: [PlanHistories, StoryReader],
})
export class AuditModule {}
