import { Module } from '@nestjs/common';
import { KnownThings } from '#deciding';
import { CommandGateway } from '#http-api';
import { PlanningModule } from '#planning';
import { assessItemHandler } from './assessing/assess-item.handler.js';
import { assessmentHandlers } from './assessing/assessment.handlers.js';
import { CoverageController } from './coverage/coverage.controller.js';
import { CoverageReader } from './coverage/coverage.reader.js';
import { ReadyController } from './coverage/ready.controller.js';
import { standingCommandHandlers } from './coverage/standing.handlers.js';
import { StandingReader } from './coverage/standing.reader.js';
import { DifferingController } from './differing/differing.controller.js';
import { DifferingReader } from './differing/differing.reader.js';
import { RoundDirectoryController } from './round/read-models/round-directory/round-directory.controller.js';
import { RoundReader } from './round/read-models/round-directory/round-directory.reader.js';
import { roundCommandHandlers } from './round/round.commands.js';
import { RoundKeys } from './round/round-keys.js';
import { RoundController } from './round/round.controller.js';

/** Rounds, assessments in them, and how far they have come. The command bus, `DecisionRunner` and `ReadModels` come from the app. */
@Module({
  imports: [PlanningModule],
  controllers: [RoundController, RoundDirectoryController, ReadyController, CoverageController, DifferingController],
  providers: [
    CommandGateway,
    ...roundCommandHandlers,
    ...standingCommandHandlers,
    assessItemHandler,
    KnownThings,
    ...assessmentHandlers,
    RoundKeys,
    RoundReader,
    CoverageReader,
    DifferingReader,
    StandingReader,
  ],
  exports: [DifferingReader],
})
export class RoundsModule {}
