import { Body, Controller, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Asked, CommandGateway, CommandRoute, PathId, ReceiptResponse } from '#http-api';
import type { CommandContext, Receipt } from '#deciding';
import {
  AssessItemCommand,
  AssessItemRequest,
  assessmentIdOf,
  CorrectAssessmentCommand,
  CorrectAssessmentRequest,
  WithdrawAssessmentCommand,
  WithdrawAssessmentRequest,
} from '#planning';

class AssessmentReceipt extends ReceiptResponse {
  @ApiProperty({
    format: 'uuid',
    required: false,
    description: 'The assessment, by which it can be corrected or withdrawn; left out where the body had said the same',
  })
  assessmentId?: string;
}

@ApiTags('Follow-up')
@ApiBearerAuth()
@Controller('items/:itemId/assessments')
export class AssessmentController {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('', AssessItemCommand, 'Assess an item in a round')
  @ApiResponse({ status: 200, type: AssessmentReceipt, description: 'Recorded, or found to change nothing' })
  async assess(
    @PathId('itemId') itemId: string,
    @Body() request: AssessItemRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt & { assessmentId?: string }> {
    const receipt = await this.commands.send(AssessItemCommand, itemId, request, asked);
    // What was not recorded has no id to be corrected by.
    return { ...receipt, ...(receipt.recorded.length > 0 && { assessmentId: assessmentIdOf(asked.commandId) }) };
  }

  @CommandRoute(':assessmentId/corrections', CorrectAssessmentCommand, 'Correct an assessment')
  correct(
    @PathId('itemId') itemId: string,
    @PathId('assessmentId') assessmentId: string,
    @Body() request: CorrectAssessmentRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CorrectAssessmentCommand, itemId, { ...request, assessmentId }, asked);
  }

  @CommandRoute(':assessmentId/withdrawal', WithdrawAssessmentCommand, 'Withdraw an assessment')
  withdraw(
    @PathId('itemId') itemId: string,
    @PathId('assessmentId') assessmentId: string,
    @Body() request: WithdrawAssessmentRequest,
    @Asked() asked: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(WithdrawAssessmentCommand, itemId, { ...request, assessmentId }, asked);
  }
}
