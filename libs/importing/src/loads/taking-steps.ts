import type { CommandContext, DecisionCommand } from '#deciding';
import { CancelIndicatorChangeCommand, CancelIndicatorCommand } from '#indicators';
import { idOf } from '#kernel';
import {
  CancelBodyChangeCommand,
  CancelBodyCommand,
  CancelGroupChangeCommand,
  CancelGroupCommand,
} from '#organisation';
import { CancelItemCommand, CancelPlanCommand, RetractItemRevisionCommand, WithdrawAssessmentCommand } from '#planning';
import { CancelRoundCommand } from '#rounds';
import type { TakingStep } from './load.events.js';

/** By the type of the event that something begins with: the command that cancels it as a whole. */
export const cancelling: Readonly<Record<string, string>> = {
  BodyRegistered: 'CancelBody',
  GroupDefined: 'CancelGroup',
  PlanAdopted: 'CancelPlan',
  ItemAdopted: 'CancelItem',
  IndicatorDefined: 'CancelIndicator',
  RoundOpened: 'CancelRound',
};

/** What takes back all that its stream says. */
export const cancels: readonly string[] = [
  'BodyCancelled',
  'GroupCancelled',
  'PlanCancelled',
  'ItemCancelled',
  'IndicatorCancelled',
  'RoundCancelled',
];
/** What says only that something else is gone. */
export const takesBack: readonly string[] = [
  'AssessmentWithdrawn',
  'ItemRevisionRetracted',
  'BodyChangeCancelled',
  'GroupChangeCancelled',
  'IndicatorRetirementCancelled',
  'IndicatorChangeCancelled',
];

/** By the type of the event that changes something: the command that takes that back alone. */
export const takingBack: Readonly<Record<string, string>> = {
  BodyRenamed: 'CancelBodyChange',
  BodyAliasAdded: 'CancelBodyChange',
  BodyDissolved: 'CancelBodyChange',
  GroupMembersChanged: 'CancelGroupChange',
  ItemReworded: 'RetractItemRevision',
  ItemRenumbered: 'RetractItemRevision',
  ItemMoved: 'RetractItemRevision',
  ItemConcernedChanged: 'RetractItemRevision',
  ItemResponsibleChanged: 'RetractItemRevision',
  ItemRetained: 'RetractItemRevision',
  ItemCompleted: 'RetractItemRevision',
  ItemDiscontinued: 'RetractItemRevision',
  ItemSucceeded: 'RetractItemRevision',
  ItemAnswerDeclared: 'RetractItemRevision',
  ItemHeld: 'RetractItemRevision',
  ItemResumed: 'RetractItemRevision',
  ItemAssessed: 'WithdrawAssessment',
  IndicatorRedefined: 'CancelIndicatorChange',
  IndicatorTargetSet: 'CancelIndicatorChange',
  IndicatorValueRecorded: 'CancelIndicatorChange',
};

type Make = (step: TakingStep, reason: string, context: CommandContext) => DecisionCommand;

const commands: Readonly<Record<string, Make>> = {
  CancelBody: ({ id }, reason, context) => new CancelBodyCommand(id, { reason }, context),
  CancelGroup: ({ id }, reason, context) => new CancelGroupCommand(id, { reason }, context),
  CancelPlan: ({ id }, reason, context) => new CancelPlanCommand(id, { reason }, context),
  CancelItem: ({ id }, reason, context) => new CancelItemCommand(id, { reason }, context),
  CancelIndicator: ({ id }, reason, context) => new CancelIndicatorCommand(id, { reason }, context),
  CancelRound: ({ id }, reason, context) => new CancelRoundCommand(id, { reason }, context),
  CancelBodyChange: ({ about, id }, reason, context) =>
    new CancelBodyChangeCommand(id, { eventId: about!, reason }, context),
  CancelGroupChange: ({ about, id }, reason, context) =>
    new CancelGroupChangeCommand(id, { eventId: about!, reason }, context),
  CancelIndicatorChange: ({ about, id }, reason, context) =>
    new CancelIndicatorChangeCommand(id, { eventId: about!, reason }, context),
  RetractItemRevision: ({ about, id }, reason, context) =>
    new RetractItemRevisionCommand(id, { retracts: about!, reason }, context),
  WithdrawAssessment: ({ about, id }, reason, context) =>
    new WithdrawAssessmentCommand(id, { assessmentId: about!, reason }, context),
};

/** The command that a step stands for. @throws TypeError where there is none of that type */
export function commandOf(step: TakingStep, reason: string, context: CommandContext): DecisionCommand {
  const make = commands[step.command];
  if (!make) throw new TypeError(`${step.command} takes nothing back`);
  return make(step, reason, context);
}

/** The id of the command that a step is carried out by: always the same, so that it is done once. */
export const stepIdOf = (takeBackId: string, step: number): string => idOf('take-back-step', takeBackId, String(step));
