import { Module } from '@nestjs/common';
import { PlanningModule } from '#planning';
import { EntryNames } from './item-history/entry-names.js';
import { ItemHistoryController } from './item-history/item-history.controller.js';
import { ItemTimelineController } from './item-timeline/item-timeline.controller.js';
import { AppendixController } from './revision-appendix/appendix.controller.js';
import { AppendixReader } from './revision-appendix/appendix.reader.js';
import { PlanChangesController } from './read-models/plan-history/plan-history.controller.js';
import { PlanHistories } from './read-models/plan-history/plan-history.reader.js';
import { RegisterHistoryController } from './register-history/register-history.controller.js';
import { StoryReader } from './read-models/plan-history/story.reader.js';

/** What auditors ask: the history of an item, and what changed in a plan. */
@Module({
  imports: [PlanningModule],
  controllers: [
    ItemHistoryController,
    ItemTimelineController,
    AppendixController,
    PlanChangesController,
    RegisterHistoryController,
  ],
  providers: [AppendixReader, EntryNames, PlanHistories, StoryReader],
})
export class AuditModule {}
