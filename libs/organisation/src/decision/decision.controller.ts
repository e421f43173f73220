import { Body, Controller, Get, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  AnyTextField,
  ApiProblems,
  ChoiceField,
  CommandGateway,
  CommandRequest,
  CommandRoute,
  DayField,
  FormalDecisionFields,
  IdField,
  InstantField,
  ObjectField,
  ObjectsField,
  PathId,
  RequestContext,
  Requester,
  SayingField,
} from '#http-api';
import type { Principal } from '#http-api';
import type { CommandContext, Receipt } from '#deciding';
import { NotFound } from '#kernel';
import { ReadModels } from '#projecting';
import { reasonField } from '../reason.field.js';
import { CorrectDecisionCommand } from './decision.commands.js';
import { decidedCategories } from './decision.events.js';
import type { DecidedCategory } from './decision.events.js';
import { correctedDecisions } from './read-models/corrected-decisions/corrected-decisions.projection.js';

class CorrectDecisionRequest extends CommandRequest {
  @ChoiceField({ of: decidedCategories, description: 'What the event is about' })
  category!: DecidedCategory;

  @IdField({ description: 'The item, plan, round, indicator, scale, body or group that it is about' })
  subjectId!: string;

  @ObjectField(() => FormalDecisionFields, { description: 'The formal decision as it should have been recorded' })
  decided!: FormalDecisionFields;

  @SayingField({ ...reasonField, example: 'Paragrafen stod fel' })
  reason!: string;
}

class DecisionCorrectionView {
  @ObjectField(() => FormalDecisionFields, { description: 'What was recorded before' })
  before!: FormalDecisionFields;
  @ObjectField(() => FormalDecisionFields, { description: 'What holds since' })
  decided!: FormalDecisionFields;
  @AnyTextField({ example: 'Paragrafen stod fel', description: 'Why' })
  reason!: string;
  @InstantField({ description: 'When it was recorded' })
  recordedAt!: string;
  @AnyTextField({ example: 'controller', description: 'The role of who corrected it' })
  role!: string;
}

class DecisionView {
  @IdField({ description: 'The event whose decision it is' })
  eventId!: string;
  @ChoiceField({ of: decidedCategories, description: 'What that is about' })
  category!: DecidedCategory;
  @IdField({ description: 'Which one' })
  subjectId!: string;
  @DayField({ description: 'The day that the event speaks of' })
  effectiveOn!: string;
  @ObjectsField(() => DecisionCorrectionView, { description: 'Every correction, oldest first' })
  corrections!: readonly DecisionCorrectionView[];
}

/** The formal decisions behind events, which may have been recorded wrongly. */
@ApiTags('Organisation')
@ApiBearerAuth()
@Controller('decisions')
export class DecisionController {
  constructor(
    @Inject(CommandGateway) private readonly commands: CommandGateway,
    @Inject(ReadModels) private readonly readModels: ReadModels,
  ) {}

  @CommandRoute(':eventId/correct', CorrectDecisionCommand, 'Correct the formal decision behind an event')
  correct(
    @PathId('eventId') eventId: string,
    @Body() request: CorrectDecisionRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CorrectDecisionCommand, eventId, request, { ...context, corrects: eventId });
  }

  @Get(':eventId')
  @ApiOperation({ summary: 'Show how the formal decision behind an event was corrected' })
  @ApiResponse({ status: 200, type: DecisionView, description: 'Every correction of it' })
  @ApiProblems(400, 401, 404, 503)
  async getDecision(@PathId('eventId') eventId: string, @Requester() { tenant }: Principal): Promise<DecisionView> {
    const found = await this.readModels.get(correctedDecisions, eventId);
    if (found?.tenant !== tenant) throw new NotFound('decision', eventId);
    const { category, corrections, effectiveOn, subjectId } = found;
    return { eventId, category, subjectId, effectiveOn, corrections };
  }
}
