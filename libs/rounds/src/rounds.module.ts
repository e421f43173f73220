import { Module } from '@nestjs/common';
import { CommandGateway } from '#http-api';
import { ItemReader } from '#planning';
import { CoverageController } from './coverage/coverage.controller.js';
import { CoverageReader } from './coverage/coverage.reader.js';
import { CoverageHandler, StandingHandler } from './coverage/standing.reader.js';
import { RoundHandler, RoundsOfPlanHandler } from './round/read-models/round-directory/round-directory.reader.js';
import { roundCommandHandlers } from './round/round.commands.js';
import { RoundController } from './round/round.controller.js';

/** Rounds and how far they have come. The buses, `DecisionRunner` and `ReadModels` come from the app. */
@Module({
  controllers: [RoundController, CoverageController],
  providers: [
    CommandGateway,
    ...roundCommandHandlers,
    RoundsOfPlanHandler,
    RoundHandler,
    CoverageReader,
    CoverageHandler,
    StandingHandler,
    ItemReader,
  ],
})
export class RoundsModule {}
