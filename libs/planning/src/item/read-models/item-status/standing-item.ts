import { isOwners } from '../../item.js';
import type { AdoptedItem, Assessment } from '../../item.js';
import type { ListedItem } from './item-documents.js';
import { isSameScale } from './owners-judgements.js';

/** A level that the owner of the plan gave, in a round. */
export type GivenLevel = Pick<Assessment, 'roundId' | 'level' | 'scale'>;

/** How an item stands by the owner of the plan. */
export interface OwnersStatus {
  readonly newest: Assessment;
  /** The day since which the level has been the same, on the same version of the scale. */
  readonly since: string;
  /** What the owner said, in the order of the days that it speaks of, the newest last. */
  readonly levels: readonly GivenLevel[];
  /** Whether the owner had said more before that. */
  readonly hasEarlier: boolean;
}

/** An item with all that a reader is shown of it. */
export interface StandingItem extends ListedItem {
  readonly revision: number;
  /** Null while the owner has not assessed it. */
  readonly status: OwnersStatus | null;
  /** What each other body said last, in the order of what each said first. */
  readonly contributions: readonly Assessment[];
}

/** What the owner and the other bodies say of an item, by all assessments of it that stand. */
export function standingBy({
  assessments,
}: Pick<AdoptedItem, 'assessments'>): Pick<StandingItem, 'status' | 'contributions'> {
  const newestOfBodies = new Map<string, Assessment>();
  for (const assessment of assessments) if (!isOwners(assessment)) newestOfBodies.set(assessment.bodyId, assessment);
  const levels = assessments.filter(isOwners);
  const contributions = [...newestOfBodies.values()];
  const newest = levels.at(-1);
  if (!newest) return { status: null, contributions };
  const changedAt = levels.findLastIndex(
    ({ level, scale }) => level !== newest.level || !isSameScale(scale, newest.scale),
  );
  return { status: { newest, since: levels[changedAt + 1]!.effectiveOn, levels, hasEarlier: false }, contributions };
}
