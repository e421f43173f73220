import type { StateLookup } from '#deciding';
import { indicators } from '#indicators';
import { NotFound } from '#kernel';
import type { AdoptedPlan } from '../plan/plan.decider.js';
import { scales } from '../scale/scale.decider.js';
import type { Evidence } from './item.events.js';
import { assessmentOf } from './item.js';
import type { Assessment, Item } from './item.js';
import { needItem } from './item.lookups.js';

/** The round that an assessment is made in. */
export interface RoundFact {
  readonly planId: string;
  readonly label: string;
  readonly referenceDate: string;
  readonly scope: readonly string[];
  /** Whether it was opened: from then on assessments are made in it, also once it is frozen. */
  readonly isOpened: boolean;
}

/** @throws NotFound where an assessment rests on what does not exist */
export async function needEvidence(evidence: readonly Evidence[], lookup: StateLookup): Promise<void> {
  for (const ground of evidence) {
    if ('itemId' in ground && ground.itemId !== undefined) await needItem(ground.itemId, lookup);
    if ('indicatorId' in ground && ground.indicatorId !== undefined) {
      await lookup.need(indicators, ground.indicatorId);
    }
  }
}

/** The codes of the levels of a version of a scale, best first. */
export async function levelsOf(scale: AdoptedPlan['scale'], lookup: StateLookup): Promise<readonly string[]> {
  const found = await lookup.need(scales, scale.scaleId);
  const levels = found.status === 'defined' ? (found.versions[scale.version] ?? []) : [];
  return levels.map(({ code }) => code);
}

interface OfAssessment {
  readonly assessmentId: string;
}

/** Of which day and body a command is that changes an assessment: of its own, whoever gives it on whichever day. */
export const ofAssessment = {
  effectiveOn: (_: unknown, item: Item, { assessmentId }: OfAssessment) =>
    assessmentOf(item, assessmentId)?.effectiveOn,
  actsFor: ({ assessmentId }: OfAssessment, item: Item) => assessmentOf(item, assessmentId)?.bodyId,
};

/** @throws NotFound */
export function needAssessment(item: Item, id: string): Assessment {
  const found = assessmentOf(item, id);
  if (!found) throw new NotFound('assessment', id);
  return found;
}
