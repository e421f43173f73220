import { Module } from '@nestjs/common';
import { FollowUpModule } from '#follow-up';
import { ItemHistoryController } from './item-history/item-history.controller.js';
import { PlanChangesController } from './plan-history/plan-changes.controller.js';
import { PlanHistories } from './plan-history/plan-histories.js';

/** What auditors ask: the history of an item, and what changed in a plan. */
@Module({
  imports: [FollowUpModule],
  controllers: [ItemHistoryController, PlanChangesController],
  providers: [PlanHistories],
})
export class AuditModule {}
