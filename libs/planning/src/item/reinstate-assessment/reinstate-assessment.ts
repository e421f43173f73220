import { Body, Inject } from '@nestjs/common';
import { DecisionCommand } from '#deciding';
import type { CommandContext, Receipt } from '#deciding';
import { CommandGateway, CommandRequest, CommandRoute, PathId, RequestContext, SayingField } from '#http-api';
import { itemsThat } from '../item.aggregate.js';
import { AssessmentRoute, assessors } from '../item.command.js';
import { reinstateAssessment } from './reinstate-assessment.decide.js';
import type { ReinstateAssessment } from './reinstate-assessment.decide.js';

export class ReinstateAssessmentCommand extends DecisionCommand<ReinstateAssessment> {
  static readonly permitted = assessors;
  readonly type = 'ReinstateAssessment';
}

export class ReinstateAssessmentRequest extends CommandRequest {
  @SayingField({ description: 'Why it should not have been withdrawn', max: 2_000 })
  reason!: string;
}

@AssessmentRoute()
export class ReinstateAssessmentRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute(':assessmentId/reinstatement', ReinstateAssessmentCommand, 'Take back the withdrawal of an assessment')
  reinstate(
    @PathId('itemId') itemId: string,
    @PathId('assessmentId') assessmentId: string,
    @Body() request: ReinstateAssessmentRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(ReinstateAssessmentCommand, itemId, { ...request, assessmentId }, context);
  }
}

/** Items as they decide on withdrawals that are taken back. */
export const reinstating = itemsThat(reinstateAssessment);
