import { Body, Inject } from '@nestjs/common';
import { DecisionCommand } from '#deciding';
import type { CommandContext, Receipt, StateLookup } from '#deciding';
import {
  CodeField,
  CommandGateway,
  CommandRequest,
  CommandRoute,
  ObjectsField,
  PathId,
  RequestContext,
  TextField,
} from '#http-api';
import { EvidenceFields } from '../assessment.fields.js';
import { levelsOf, needEvidence } from '../assessment.lookups.js';
import type { ToldAssessment } from '../assessment.told.js';
import { itemsThat } from '../item.aggregate.js';
import { AssessmentRoute, assessors } from '../item.command.js';
import type { Evidence } from '../item.events.js';
import { correctAssessment } from './correct-assessment.decide.js';
import type { CorrectAssessment } from './correct-assessment.decide.js';

export class CorrectAssessmentCommand extends DecisionCommand<CorrectAssessment> {
  static readonly permitted = assessors;
  readonly type = 'CorrectAssessment';
}

export class CorrectAssessmentRequest extends CommandRequest {
  @CodeField({ description: 'The level that it should have had', example: 'on-track', optional: true })
  level?: string;

  @TextField({ description: 'The motivation that it should have had', max: 20_000, optional: true })
  motivation?: string;

  @ObjectsField(() => EvidenceFields, { description: 'What it should have rested on', max: 100, optional: true })
  evidence?: Evidence[];

  @TextField({ description: 'Why it was wrong', max: 2_000 })
  reason!: string;
}

@AssessmentRoute()
export class CorrectAssessmentRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute(':assessmentId/corrections', CorrectAssessmentCommand, 'Correct an assessment')
  correct(
    @PathId('itemId') itemId: string,
    @PathId('assessmentId') assessmentId: string,
    @Body() request: CorrectAssessmentRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt> {
    return this.commands.send(CorrectAssessmentCommand, itemId, { ...request, assessmentId }, context);
  }
}

/** Items as they decide on corrections. */
export const correcting = itemsThat(correctAssessment);

/** What the decision is told of all that plans know. @throws NotFound */
export async function correctionFacts(
  { data }: CorrectAssessmentCommand,
  lookup: StateLookup,
  assessment: ToldAssessment,
): Promise<CorrectAssessment['facts']> {
  await needEvidence(data.evidence ?? [], lookup);
  // What an assessment should have said is measured on the scale that it was made on, whichever the plan has now.
  return { assessment, levels: await levelsOf(assessment.scale, lookup) };
}
