import {
  ChoiceField,
  endOfSteps,
  IdField,
  IdsField,
  ObjectsField,
  outcomesOfSteps,
  StepOutcome,
  StepsDecided,
  StepsUnderWay,
  TextField,
} from '#http-api';
import type { Language } from '#kernel';
import type { StepsOfDecision } from '#projecting';
import { categories, reorganisationKinds } from '../../reorganisation.events.js';
import type { ReorganisationKind, ReorganisationStep, UndoneStep } from '../../reorganisation.events.js';
import type { ReorganisationDocument } from './reorganisation-directory.projection.js';

/** That a reorganisation is decided and not carried out yet, and how much it lacks. */
export class ReorganisationUnderWay extends StepsUnderWay {
  @IdField({ description: 'The reorganisation' })
  reorganisationId!: string;
}

export const reorganisationUnderWayField = {
  description: 'A reorganisation that is decided and not carried out yet: what is told may hold a part of it',
  optional: true,
} as const;

class ReorganisationStepView extends StepOutcome {
  @ChoiceField({ of: categories, description: 'What it is put to' })
  category!: ReorganisationStep['category'];
  @IdField({ description: 'The item, plan, indicator, group or body' })
  id!: string;
}

/** A reorganisation as lists show it. */
export class ReorganisationView extends StepsDecided {
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
}

/** A reorganisation with all its steps. */
export class ReorganisationDetail extends ReorganisationView {
  @ObjectsField(() => ReorganisationStepView, { description: 'What is done, in order' })
  steps!: ReorganisationStepView[];
}

export function reorganisationView(document: ReorganisationDocument): ReorganisationView {
  const { _id, carriedOut: _end, change, position: _, revokes, tenant: _tenant, ...told } = document;
  return {
    id: _id,
    ...told,
    ...change,
    ...(revokes && { revokes: revokes.reorganisationId, reason: revokes.reason }),
    ...endOfSteps(document),
  };
}

/** @param lacking the places of the steps that were not carried out yet */
export function reorganisationDetail(
  document: ReorganisationDocument,
  asked: StepsOfDecision<ReorganisationStep, UndoneStep>,
  lacking: readonly number[],
  language: Language,
): ReorganisationDetail {
  const outcomes = outcomesOfSteps(asked, lacking, language);
  const steps = asked.steps.map(({ data, ...step }, place) => ({ ...step, asked: data, ...outcomes[place]! }));
  return { ...reorganisationView(document), steps };
}
