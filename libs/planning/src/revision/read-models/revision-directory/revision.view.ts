import {
  ActorView,
  AnyTextField,
  BooleanField,
  ChoiceField,
  DayField,
  FormalDecisionFields,
  IdField,
  IdsField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectsField,
  RecordField,
  TextField,
} from '#http-api';
import type { Language } from '#kernel';
import type { UndoneStep } from '../../revision.events.js';
import type { RevisionDocument } from './revision-directory.projection.js';

/** That a revision of many items is decided and not carried out yet, and what it lacks. */
export class RevisionUnderWay {
  @IdField({ description: 'The revision' })
  revisionId!: string;
  @DayField({ description: 'The day that it speaks of' })
  effectiveOn!: string;
  @IntegerField({ min: 1, example: 12, description: 'How many steps it has' })
  steps!: number;
  @IntegerField({ min: 0, example: 3, description: 'How many of them have not been carried out' })
  lacking!: number;
  @IdsField({ description: 'The items that they are about' })
  items!: string[];
}

export const revisionUnderWayField = {
  description: 'A revision that is decided and not carried out yet: what is told may hold a part of it',
  optional: true,
} as const;

const stepStates = ['done', 'lacking', 'undone'] as const;

class StepView {
  @AnyTextField({ example: 'RenumberItem', description: 'The command' })
  command!: string;
  @IdField({ description: 'The item' })
  itemId!: string;
  @DayField({ description: 'The day that it speaks of, where that is not the day of the revision', optional: true })
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

/** A revision as lists show it. */
export class RevisionView {
  @IdField({ description: 'The revision' })
  id!: string;
  @IdField({ description: 'The plan' })
  planId!: string;
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
  @IdField({ description: 'The event that it was recorded with, by which it is corrected' })
  decidedBy!: string;
  @TextField({ description: 'What it is about', max: 2_000, optional: true })
  comment?: string;
  @IntegerField({ min: 1, example: 12, description: 'How many steps it has' })
  stepsInAll!: number;
  @BooleanField({ example: true, description: 'Whether it is closed; it is under way until then' })
  isCarriedOut!: boolean;
  @InstantField({ description: 'When it was closed', optional: true })
  carriedOutAt?: string;
  @IntegerField({ min: 0, example: 0, description: 'How many steps could not be carried out any more' })
  undone!: number;
}

/** A revision with all its steps. */
export class RevisionDetail extends RevisionView {
  @ObjectsField(() => StepView, { description: 'What is done, in order' })
  steps!: StepView[];
}

export const revisionView = (revision: RevisionDocument): RevisionView => {
  const { _id, actor, carriedOut, comment, decidedAt, decidedBy, decision, decisionCorrected } = revision;
  const { effectiveOn, planId, steps } = revision;
  return {
    id: _id,
    planId,
    effectiveOn,
    decidedAt,
    decidedBy,
    actor,
    ...(decision && { decision }),
    ...(decisionCorrected && { decisionCorrected }),
    ...(comment !== undefined && { comment }),
    stepsInAll: steps.length,
    isCarriedOut: carriedOut !== undefined,
    ...(carriedOut && { carriedOutAt: carriedOut.at }),
    undone: carriedOut?.undone.length ?? 0,
  };
};

/** @param lacking the places of the steps that were not carried out yet */
export function revisionDetail(
  revision: RevisionDocument,
  lacking: readonly number[],
  language: Language,
): RevisionDetail {
  const undone = new Map(revision.carriedOut?.undone.map((one) => [one.step, one]));
  const steps = revision.steps.map(({ command, data, effectiveOn, itemId }, index): StepView => {
    const why = undone.get(index);
    const state = why ? 'undone' : lacking.includes(index) ? 'lacking' : 'done';
    const day = effectiveOn !== undefined && { effectiveOn };
    return { command, itemId, ...day, asked: data, state, ...(why && undoneView(why, language)) };
  });
  return { ...revisionView(revision), steps };
}

const undoneView = ({ code, rule, told }: UndoneStep, language: Language) => ({
  problem: code,
  ...(rule !== undefined && { rule }),
  detail: told[language],
});
