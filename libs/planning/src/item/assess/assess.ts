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
import { scaleOf } from '../../plan/plan.decider.js';
import { forgottenJudgement, levelsOf, needEvidence, takesContribution } from '../assessment.lookups.js';
import type { RoundFact } from '../assessment.lookups.js';
import { itemsThat } from '../item.aggregate.js';
import { AssessmentRoute, assessors } from '../item.command.js';
import type { Evidence } from '../item.events.js';
import { needPlan, planOf } from '../item.lookups.js';
import type { ItemState } from '../item.state.js';
import { assess } from './assess.decide.js';
import type { AssessItem, AssessmentFacts } from './assess.decide.js';

export class AssessItemCommand extends DecisionCommand<AssessItem> {
  static readonly permitted = assessors;
  readonly type = 'AssessItem';
}

export class AssessItemRequest extends CommandRequest {
  @IdField({ description: 'The round that the assessment is made in' })
  roundId!: string;

  @IdField({ description: 'The body whose judgement it is' })
  bodyId!: string;

  @CodeField({ description: "A level of the plan's scale", example: 'delayed' })
  level!: string;

  @SayingField({ description: 'Why the body judges so', example: 'Upphandlingen är överklagad.', max: 20_000 })
  motivation!: string;

  @ObjectsField(() => EvidenceFields, { description: 'What the judgement rests on', max: 100, optional: true })
  evidence?: Evidence[];
}

export class AssessmentReceipt extends ReceiptResponse {
  @IdField({
    description: 'The assessment, by which it can be corrected or withdrawn; left out where the body had said the same',
    optional: true,
  })
  assessmentId?: string;
}

@AssessmentRoute()
export class AssessItemRoute {
  constructor(@Inject(CommandGateway) private readonly commands: CommandGateway) {}

  @CommandRoute('', AssessItemCommand, 'Assess an item in a round', AssessmentReceipt)
  assess(
    @PathId('itemId') itemId: string,
    @Body() request: AssessItemRequest,
    @RequestContext() context: CommandContext,
  ): Promise<Receipt & { assessmentId?: string }> {
    return sendAssessment(this.commands, itemId, request, context);
  }
}

/** Puts an assessment to its item. The answer names it, by what it can be corrected. */
export async function sendAssessment(
  commands: CommandGateway,
  itemId: string,
  request: AssessItemRequest,
  context: CommandContext,
): Promise<Receipt & { assessmentId?: string }> {
  const receipt = await commands.send(AssessItemCommand, itemId, request, context);
  // What was not recorded has no id to be corrected by.
  return { ...receipt, ...(receipt.recorded.length > 0 && { assessmentId: assessmentIdOf(context.commandId) }) };
}

/** Items as they decide on assessments. */
export const assessing = itemsThat(assess);

/**
 * What the decision is told of all that plans know. The round is not among it: so the command's handler is where rounds are
 * known, and hands the round in.
 * @throws NotFound
 */
export async function assessmentFacts(
  { context, data }: AssessItemCommand,
  lookup: StateLookup,
  item: ItemState,
  round: RoundFact,
): Promise<Omit<AssessmentFacts, 'round'>> {
  const body = await needBody(data.bodyId, lookup);
  await needEvidence(data.evidence ?? [], lookup);
  const plan = await needPlan(planOf(item), lookup);
  return {
    assessmentId: assessmentIdOf(context.commandId),
    plan,
    levels: await levelsOf(scaleOf(plan), lookup),
    bodyDissolvedOn: dissolutionOf(body)?.since,
    isTaken: await takesContribution(round, item, data.bodyId, lookup),
    forgotten: await forgottenJudgement(item, data, lookup),
  };
}
