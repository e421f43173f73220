import type { PlanFile } from '#plan-files';
import { attestedBy } from './attested-by.js';
import { KeyedIds } from './keyed-ids.js';
import type { LoadBatch, LoadContext } from './load-step.js';
import { indicatorSteps } from './steps/indicator.steps.js';
import { organisationSteps } from './steps/organisation.steps.js';
import { planSteps } from './steps/plan.steps.js';
import { roundSteps } from './steps/round.steps.js';
import { courseSteps } from './steps/course.steps.js';

/** The commands that a plan file stands for, in the order in which they can be carried out. */
export function stepsOfFile(file: PlanFile, context: LoadContext, ids = new KeyedIds(context.tenant)): LoadBatch[] {
  const told = { ...context, ...attestedBy(file.attested, ids) };
  return [organisationSteps, planSteps, indicatorSteps, roundSteps, courseSteps]
    .flatMap((stepsOf) => stepsOf(file, told, ids))
    .filter((batch) => batch.length > 0);
}
