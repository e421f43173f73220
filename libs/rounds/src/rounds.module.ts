import { Module } from '@nestjs/common';
import { CommandGateway } from '#http-api';
import { ItemReader } from '#planning';
import { CoverageReader } from './coverage/coverage-reader.js';
import { CoverageController } from './coverage/coverage.controller.js';
import { CoverageHandler, StandingHandler } from './coverage/coverage.queries.js';
import { roundCommandHandlers } from './round/round.commands.js';
import { RoundController } from './round/round.controller.js';
import { RoundHandler, RoundsOfPlanHandler } from './round/round.queries.js';

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
