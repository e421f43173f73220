import { Body, Inject } from '@nestjs/common';
import { DecisionCommand } from '#deciding';
import type { CommandContext, Receipt } from '#deciding';
import { CommandGateway, CommandRequest, CommandRoute, PathId, RequestContext, SayingField } from '#http-api';
import { itemsThat } from '../item.aggregate.js';
import { AssessmentRoute, assessors } from '../item.command.js';
import { withdrawAssessment } from './withdraw-assessment.decide.js';
import type { WithdrawAssessment } from './withdraw-assessment.decide.js';

export class WithdrawAssessmentCommand extends DecisionCommand<WithdrawAssessment> {
  static readonly permitted = assessors;
  readonly type = 'WithdrawAssessment';
}

export class WithdrawAssessmentRequest extends CommandRequest {
  @SayingField({ description: 'Why it should not have been made', max: 2_000 })
  reason!: string;
}

@AssessmentRoute()
export class WithdrawAssessmentRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute(':assessmentId/withdrawal', WithdrawAssessmentCommand, 'Withdraw an assessment')
  withdraw(
    @PathId('itemId') itemId: string,
    @PathId('assessmentId') assessmentId: string,
    @Body() request: WithdrawAssessmentRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(WithdrawAssessmentCommand, itemId, { ...request, assessmentId }, context);
  }
}

/** Items as they decide on withdrawals. */
export const withdrawing = itemsThat(withdrawAssessment);
