import { FormalDecisionFields } from './command-request.js';
import { ActorView } from './actor.view.js';
import { ReceiptResponse } from './receipt.response.js';
import {
  AnyTextField,
  BooleanField,
  ChoiceField,
  DayField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  RecordField,
} from '../schema/fields.js';
import type { Language } from '#kernel';
import type { DecidedInSteps, StepsOfDecision } from '#projecting';

/** That a decision over many streams is not carried out yet, and how much it lacks. */
export class StepsUnderWay {
  @DayField({ description: 'The day that it speaks of' })
  effectiveOn!: string;
  @IntegerField({ min: 1, example: 12, description: 'How many steps it has' })
  steps!: number;
  @IntegerField({ min: 0, example: 3, description: 'How many of them have not been carried out' })
  lacking!: number;
}

/** What follows on a command that decides for many streams. */
export class StepsReceipt extends ReceiptResponse {
  @BooleanField({
    example: true,
    description: 'Whether all of it is carried out; what is not is carried out by whichever process comes to it',
  })
  isCarriedOut!: boolean;
  @IntegerField({ min: 0, example: 0, description: 'How many steps something else had come in the way of by then' })
  undone!: number;
}

/** A decision over many streams as lists show it: who made it when, and how it ended. */
export class StepsDecided {
  @DayField({ description: 'The day that it speaks of' })
  effectiveOn!: string;
  @InstantField({ description: 'When the log learnt of the decision' })
  decidedAt!: string;
  @ObjectField(() => ActorView, { description: 'Who recorded it' })
  actor!: ActorView;
  @ObjectField(() => FormalDecisionFields, { description: 'The formal decision', optional: true })
  decision?: FormalDecisionFields;
  @BooleanField({ description: 'That it was recorded otherwise, as the answer about it tells', optional: true })
  decisionCorrected?: boolean;
  @IdField({ description: 'The event that it was recorded with, by which its decision is corrected' })
  decidedBy!: string;
  @IntegerField({ min: 1, example: 12, description: 'How many steps it has' })
  stepsInAll!: number;
  @BooleanField({ example: true, description: 'Whether it is closed; it is under way until then' })
  isCarriedOut!: boolean;
  @InstantField({ description: 'When it was closed', optional: true })
  carriedOutAt?: string;
  @IntegerField({ min: 0, example: 0, description: 'How many steps could not be carried out any more' })
  undone!: number;
}

const stepStates = ['done', 'lacking', 'undone'] as const;

/** A step of a decision over many streams, and what became of it. */
export class StepOutcome {
  @AnyTextField({ example: 'RenumberItem', description: 'The command' })
  command!: string;
  @DayField({ description: 'The day that it speaks of, where that is not the day of the decision', optional: true })
  effectiveOn?: string;
  @RecordField({ example: { number: '8' }, description: 'What was asked for' })
  asked!: object;
  @ChoiceField({ of: stepStates, description: 'Whether it was carried out; what is undone never will be' })
  state!: (typeof stepStates)[number];
  @AnyTextField({
    example: 'rule-violation',
    description: 'Of an undone step, the problem by its code',
    optional: true,
  })
  problem?: string;
  @AnyTextField({ example: 'item-in-force', description: 'The rule that stood in the way', optional: true })
  rule?: string;
  @AnyTextField({ description: 'Why, in words', optional: true })
  detail?: string;
}

/** A step that could not be carried out any more: its place, and why. */
interface UndoneStep {
  readonly step: number;
  readonly code: string;
  readonly rule?: string;
  readonly told: Readonly<Record<Language, string>>;
}

/** How a decision over many streams ended, or that it has not. */
export const endOfSteps = ({ carriedOut, stepsInAll }: Pick<DecidedInSteps, 'carriedOut' | 'stepsInAll'>) => ({
  stepsInAll,
  isCarriedOut: carriedOut !== undefined,
  ...(carriedOut && { carriedOutAt: carriedOut.at }),
  undone: carriedOut?.undone ?? 0,
});

/**
 * What became of each step, by its place.
 * @param lacking the places of those that were not carried out yet
 */
export function outcomesOfSteps(
  { steps, undone: undoneSteps }: StepsOfDecision<object, UndoneStep>,
  lacking: readonly number[],
  language: Language,
): Pick<StepOutcome, 'state' | 'problem' | 'rule' | 'detail'>[] {
  const undone = new Map(undoneSteps.map((one) => [one.step, one]));
  const left = new Set(lacking);
  return steps.map((_, place) => {
    const why = undone.get(place);
    if (!why) return { state: left.has(place) ? 'lacking' : 'done' };
    const { code: problem, rule, told } = why;
    return { state: 'undone', problem, ...(rule !== undefined && { rule }), detail: told[language] };
  });
}
