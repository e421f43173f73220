import {
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
import type { RevisionStep, UndoneStep } from '../../revision.events.js';
import type { RevisionDocument } from './revision-directory.projection.js';

/** That a revision of many items is decided and not carried out yet, and what it lacks. */
export class RevisionUnderWay extends StepsUnderWay {
  @IdField({ description: 'The revision' })
  revisionId!: string;
  @IdsField({ description: 'The items that they are about' })
  items!: string[];
}

export const revisionUnderWayField = {
  description: 'A revision that is decided and not carried out yet: what is told may hold a part of it',
  optional: true,
} as const;

class StepView extends StepOutcome {
  @IdField({ description: 'The item' })
  itemId!: string;
}

/** A revision as lists show it. */
export class RevisionView extends StepsDecided {
  @IdField({ description: 'The revision' })
  id!: string;
  @IdField({ description: 'The plan' })
  planId!: string;
  @TextField({ description: 'What it is about', max: 2_000, optional: true })
  comment?: string;
}

/** A revision with all its steps. */
export class RevisionDetail extends RevisionView {
  @ObjectsField(() => StepView, { description: 'What is done, in order' })
  steps!: StepView[];
}

export const revisionView = (revision: RevisionDocument): RevisionView => {
  const { _id, actor, comment, decidedAt, decidedBy, decision, decisionCorrected, effectiveOn, planId } = revision;
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
    ...endOfSteps(revision),
  };
};

/** @param lacking the places of the steps that were not carried out yet */
export function revisionDetail(
  revision: RevisionDocument,
  told: StepsOfDecision<RevisionStep, UndoneStep>,
  lacking: readonly number[],
  language: Language,
): RevisionDetail {
  const outcomes = outcomesOfSteps(told, lacking, language);
  const steps = told.steps.map(({ command, data: asked, effectiveOn, itemId }, place) => ({
    command,
    itemId,
    ...(effectiveOn !== undefined && { effectiveOn }),
    asked,
    ...outcomes[place]!,
  }));
  return { ...revisionView(revision), steps };
}
