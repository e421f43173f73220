import { Module } from '@nestjs/common';
import { FollowUpModule } from '#follow-up';
import { ItemHistoryController } from './item-history/item-history.controller.js';
import { ItemHistories } from './item-history/item-histories.js';
import { PlanChangesController } from './plan-changes/plan-changes.controller.js';

/** What auditors ask: the history of an item, and what changed in a plan. */
@Module({
  imports: [FollowUpModule],
  controllers: [ItemHistoryController, PlanChangesController],
  providers: [ItemHistories],
})
export class AuditModule {}
