import { Module } from '@nestjs/common';
import { CommandGateway } from '#http-api';
import { CoverageController } from './coverage/coverage.controller.js';
import { CoverageHandler, StandingHandler } from './coverage/coverage.queries.js';
import { CoverageReader } from './coverage/coverage-reader.js';
import { roundCommandHandlers } from './round/round.commands.js';
import { RoundController } from './round/round.controller.js';
import { RoundHandler, RoundsOfPlanHandler } from './round/round.queries.js';
import { SnapshotArchive } from './snapshot/snapshot-archive.js';
import { SnapshotMaking } from './snapshot/snapshot-making.js';
import { SnapshotController } from './snapshot/snapshot.controller.js';
import { ItemReader } from './status/item-reader.js';
import { StatusController } from './status/status.controller.js';

/** Rounds, how far they have come, what they leave behind, and how plans stand. The buses, `DecisionRunner` and `ReadModels` come from the app. */
@Module({
  controllers: [RoundController, CoverageController, StatusController, SnapshotController],
  providers: [
    CommandGateway,
    ...roundCommandHandlers,
    RoundsOfPlanHandler,
    RoundHandler,
    CoverageReader,
    CoverageHandler,
    StandingHandler,
    ItemReader,
    SnapshotArchive,
    SnapshotMaking,
  ],
  exports: [ItemReader, SnapshotArchive],
})
export class FollowUpModule {}
