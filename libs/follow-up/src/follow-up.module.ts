import { Module } from '@nestjs/common';
import { CommandGateway } from '#http-api';
import { assessmentCommandHandlers } from './assessment/assessment.handlers.js';
import { AssessmentController } from './assessment/assessment.controller.js';
import { roundCommandHandlers, RoundsOfPlanHandler } from './round/round.commands.js';
import { RoundController } from './round/round.controller.js';

/** Rounds, and the assessments that are made in them. The buses, `DecisionRunner` and `ReadModels` come from the app. */
@Module({
  controllers: [RoundController, AssessmentController],
  providers: [CommandGateway, ...roundCommandHandlers, RoundsOfPlanHandler, ...assessmentCommandHandlers],
})
export class FollowUpModule {}
