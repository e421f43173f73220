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
import { categories, reorganisationKinds } from '../../reorganisation.events.js';
import type { ReorganisationKind, ReorganisationStep } from '../../reorganisation.events.js';
import type { ReorganisationDocument } from './reorganisation-directory.projection.js';

/** That a reorganisation is decided and not carried out yet, and how much it lacks. */
export class ReorganisationUnderWay {
  @IdField({ description: 'The reorganisation' })
  reorganisationId!: string;
  @DayField({ description: 'The day that it speaks of' })
  effectiveOn!: string;
  @IntegerField({ min: 1, example: 12, description: 'How many steps it has' })
  steps!: number;
  @IntegerField({ min: 0, example: 3, description: 'How many of them have not been carried out' })
  lacking!: number;
}

export const reorganisationUnderWayField = {
  description: 'A reorganisation that is decided and not carried out yet: what is told may hold a part of it',
  optional: true,
} as const;

const stepStates = ['done', 'lacking', 'undone'] as const;

class ReorganisationStepView {
  @ChoiceField({ of: categories, description: 'What it is put to' })
  category!: ReorganisationStep['category'];
  @IdField({ description: 'The item, plan, indicator, group or body' })
  id!: string;
  @AnyTextField({ example: 'HandOverItem', description: 'The command' })
  command!: string;
  @DayField({ description: 'The day that it speaks of, where that is another one', optional: true })
  effectiveOn?: string;
  @RecordField({ example: { successors: [] }, description: 'What was asked for' })
  asked!: object;
  @ChoiceField({ of: stepStates, description: 'Whether it was carried out; what is undone never will be' })
  state!: (typeof stepStates)[number];
  @AnyTextField({
    example: 'rule-violation',
    description: 'Of an undone step, the problem by its code',
    optional: true,
  })
  problem?: string;
  @AnyTextField({
    example: 'body-not-dissolved',
    description: 'The rule that stood in the way',
    optional: true,
  })
  rule?: string;
  @AnyTextField({ description: 'Why, in words', optional: true })
  detail?: string;
}

/** A reorganisation as lists show it. */
export class ReorganisationView {
  @IdField({ description: 'The reorganisation' })
  id!: string;
  @ChoiceField({
    of: reorganisationKinds,
    description: 'Whether nobody takes over, one body or several; left out where it takes another one back',
    optional: true,
  })
  kind?: ReorganisationKind;
  @IdField({ description: 'The body that ends', optional: true })
  bodyId?: string;
  @IdsField({ description: 'The bodies that take over', optional: true })
  successors?: readonly string[];
  @TextField({ description: 'What it is about', max: 2_000, optional: true })
  comment?: string;
  @IdField({ description: 'The reorganisation that it takes back', optional: true })
  revokes?: string;
  @TextField({ description: 'Why it takes that back', max: 2_000, optional: true })
  reason?: string;
  @IdField({ description: 'The reorganisation that takes it back', optional: true })
  revokedBy?: string;
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

/** A reorganisation with all its steps. */
export class ReorganisationDetail extends ReorganisationView {
  @ObjectsField(() => ReorganisationStepView, { description: 'What is done, in order' })
  steps!: ReorganisationStepView[];
}

export function reorganisationView(document: ReorganisationDocument): ReorganisationView {
  const { _id, carriedOut, change, position: _, revokes, steps, tenant: _tenant, ...told } = document;
  return {
    id: _id,
    ...told,
    ...change,
    ...(revokes && { revokes: revokes.reorganisationId, reason: revokes.reason }),
    stepsInAll: steps.length,
    isCarriedOut: carriedOut !== undefined,
    ...(carriedOut && { carriedOutAt: carriedOut.at }),
    undone: carriedOut?.undone.length ?? 0,
  };
}

/** @param lacking the places of the steps that were not carried out yet */
export function reorganisationDetail(
  document: ReorganisationDocument,
  lacking: readonly number[],
  language: Language,
): ReorganisationDetail {
  const undone = new Map(document.carriedOut?.undone.map((one) => [one.step, one]));
  const steps = document.steps.map(({ data: asked, ...step }, index): ReorganisationStepView => {
    const why = undone.get(index);
    if (!why) return { ...step, asked, state: lacking.includes(index) ? 'lacking' : 'done' };
    const { code: problem, rule, told } = why;
    return { ...step, asked, state: 'undone', problem, ...(rule !== undefined && { rule }), detail: told[language] };
  });
  return { ...reorganisationView(document), steps };
}
