import { Body, Inject } from '@nestjs/common';
import { DecisionCommand } from '#deciding';
import type { CommandContext, Receipt, StateLookup } from '#deciding';
import {
  CodeField,
  CommandGateway,
  CommandRequest,
  CommandRoute,
  IdField,
  ObjectsField,
  PathId,
  ReceiptResponse,
  RequestContext,
  SayingField,
} from '#http-api';
import { dissolutionOf, needBody } from '#organisation';
import { assessmentIdOf } from '../../planning-ids.js';
import { EvidenceFields } from '../assessment.fields.js';
import { forgottenJudgement, levelsOf, needEvidence, takesContribution } from '../assessment.lookups.js';
import type { RoundFact } from '../assessment.lookups.js';
import type { ToldAssessment } from '../assessment.told.js';
import { itemsThat } from '../item.aggregate.js';
import { AssessmentRoute, assessors } from '../item.command.js';
import type { Evidence } from '../item.events.js';
import type { ItemState } from '../item.state.js';
import { correctAssessment } from './correct-assessment.decide.js';
import type { CorrectAssessment, MovedFacts } from './correct-assessment.decide.js';

export class CorrectAssessmentCommand extends DecisionCommand<CorrectAssessment> {
  static readonly permitted = assessors;
  readonly type = 'CorrectAssessment';
}

export class CorrectAssessmentRequest extends CommandRequest {
  @IdField({
    description:
      'The round that it should have been made in; it then speaks of the day that this round speaks of, unless effectiveOn tells another',
    optional: true,
  })
  roundId?: string;

  @CodeField({ description: 'The level that it should have had', example: 'on-track', optional: true })
  level?: string;

  @SayingField({ description: 'The motivation that it should have had', max: 20_000, optional: true })
  motivation?: string;

  @ObjectsField(() => EvidenceFields, { description: 'What it should have rested on', max: 100, optional: true })
  evidence?: Evidence[];

  @SayingField({ description: 'Why it was wrong', max: 2_000 })
  reason!: string;
}

export class CorrectionReceipt extends ReceiptResponse {
  @IdField({
    description: 'The assessment that stands in its place, where its day or its round was wrong',
    optional: true,
  })
  assessmentId?: string;
}

@AssessmentRoute()
export class CorrectAssessmentRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute(':assessmentId/corrections', CorrectAssessmentCommand, 'Correct an assessment', CorrectionReceipt)
  async correct(
    @PathId('itemId') itemId: string,
    @PathId('assessmentId') assessmentId: string,
    @Body() request: CorrectAssessmentRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt & { assessmentId?: string }> {
    const asked = { ...request, assessmentId };
    const receipt = await this.commands.send(CorrectAssessmentCommand, itemId, asked, context);
    const isMoved = receipt.recorded.includes('ItemAssessed');
    return { ...receipt, ...(isMoved && { assessmentId: assessmentIdOf(context.commandId) }) };
  }
}

/** Items as they decide on corrections. */
export const correcting = itemsThat(correctAssessment);

/** Whether an assessment should have spoken of another day, or been made in another round. */
export const isMoved = (
  { context, data }: CorrectAssessmentCommand,
  { effectiveOn, roundId }: ToldAssessment,
): boolean =>
  (data.roundId ?? roundId) !== roundId || (context.effectiveOn !== undefined && context.effectiveOn !== effectiveOn);

interface Corrected {
  readonly item: ItemState;
  readonly assessment: ToldAssessment;
  /** Whether the round that it was made in was cancelled. */
  readonly isFreed: boolean;
}

/**
 * What the decision is told of all that plans know.
 * @param round the one that it belongs to, where it is moved
 * @throws NotFound
 */
export async function correctionFacts(
  command: CorrectAssessmentCommand,
  lookup: StateLookup,
  { assessment, isFreed, item, round }: Corrected & { readonly round: RoundFact | undefined },
): Promise<CorrectAssessment['facts']> {
  await needEvidence(command.data.evidence ?? [], lookup);
  // What an assessment should have said is measured on the scale that it was made on, whichever the plan has now.
  const levels = await levelsOf(assessment.scale, lookup);
  const moved = round && (await movedFacts(command, lookup, { assessment, isFreed, item, round }));
  return { assessment, levels, moved };
}

async function movedFacts(
  { context, data }: CorrectAssessmentCommand,
  lookup: StateLookup,
  { assessment, isFreed, item, round }: Corrected & { readonly round: RoundFact },
): Promise<MovedFacts> {
  const { bodyId } = assessment;
  const { roundId = assessment.roundId } = data;
  return {
    assessmentId: assessmentIdOf(context.commandId),
    isFreed,
    round,
    bodyDissolvedOn: dissolutionOf(await needBody(bodyId, lookup))?.since,
    isTaken: await takesContribution(round, item, bodyId, lookup),
    forgotten: await forgottenJudgement(item, { bodyId, roundId }, lookup),
  };
}
