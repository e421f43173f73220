import { decidesOn } from '#deciding';
import type { StateLookup } from '#deciding';
import { indicators } from '#indicators';
import { NotFound } from '#kernel';
import { bodies } from '#organisation';
import {
  AssessItemCommand,
  assessmentIdOf,
  assessmentOf,
  CorrectAssessmentCommand,
  items,
  needItem,
  needPlan,
  scales,
  WithdrawAssessmentCommand,
} from '#planning';
import type { AdoptedPlan, Assessment, AssessmentFacts, Evidence, Item } from '#planning';
import { needAssessable } from '../round/round.js';
import { rounds } from '../round/round.decider.js';

/** Items decide on their assessments. What rounds, scales and bodies say is looked up here, where they are all known. */
export const assessmentCommandHandlers = [
  decidesOn(AssessItemCommand, items, {
    facts: async ({ context, data, id }, lookup): Promise<AssessmentFacts> => {
      const round = needAssessable(await lookup.need(rounds, data.roundId));
      const body = await lookup.need(bodies, data.bodyId);
      await needEvidence(data.evidence ?? [], lookup);
      const plan = await needPlan((await needItem(id, lookup)).planId, lookup);
      return {
        assessmentId: assessmentIdOf(context.commandId),
        round,
        plan,
        levels: await levelsOf(plan.scale, lookup),
        bodyDissolvedOn: body.status === 'registered' ? body.dissolvedOn : undefined,
      };
    },
    // An assessment speaks of the day that its round speaks of.
    effectiveOn: ({ round }) => round.referenceDate,
    actsFor: ({ bodyId }) => bodyId,
  }),
  decidesOn(CorrectAssessmentCommand, items, {
    facts: async ({ data }, lookup, item: Item) => {
      await needEvidence(data.evidence ?? [], lookup);
      // What an assessment should have said is measured on the scale that it was made on, whichever the plan has now.
      return { levels: await levelsOf(needAssessment(item, data.assessmentId).scale, lookup) };
    },
    effectiveOn: dayOfAssessment,
    actsFor: bodyOfAssessment,
  }),
  decidesOn(WithdrawAssessmentCommand, items, {
    facts: async ({ data }, _, item: Item) => void needAssessment(item, data.assessmentId),
    effectiveOn: dayOfAssessment,
    actsFor: bodyOfAssessment,
  }),
];

interface OfAssessment {
  readonly assessmentId: string;
}

/** A correction and a withdrawal speak of the day of the assessment, whichever day they are made on. */
function dayOfAssessment(_: unknown, item: Item, { assessmentId }: OfAssessment): string | undefined {
  return assessmentOf(item, assessmentId)?.effectiveOn;
}

function bodyOfAssessment({ assessmentId }: OfAssessment, item: Item): string | undefined {
  return assessmentOf(item, assessmentId)?.bodyId;
}

/** @throws NotFound */
function needAssessment(item: Item, id: string): Assessment {
  const found = assessmentOf(item, id);
  if (!found) throw new NotFound('assessment', id);
  return found;
}

async function levelsOf(scale: AdoptedPlan['scale'], lookup: StateLookup): Promise<readonly string[]> {
  const found = await lookup.need(scales, scale.scaleId);
  const levels = found.status === 'defined' ? (found.versions[scale.version] ?? []) : [];
  return levels.map(({ code }) => code);
}

/** @throws NotFound where an assessment rests on what does not exist */
async function needEvidence(evidence: readonly Evidence[], lookup: StateLookup): Promise<void> {
  for (const ground of evidence) {
    if ('itemId' in ground && ground.itemId !== undefined) await needItem(ground.itemId, lookup);
    if ('indicatorId' in ground && ground.indicatorId !== undefined) await lookup.need(indicators, ground.indicatorId);
  }
}
