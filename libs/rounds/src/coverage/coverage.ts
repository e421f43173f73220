import type { IndicatorDocument } from '#indicators';
import { compareSwedish, dayInSweden } from '#kernel';
import type { Role } from '#kernel';
import { isOnHold, isOwners, labelOf, newer } from '#planning';
import type { Assessment, Capacity, ListedItem, Names, PlanDocument } from '#planning';
import type { ReportedBody, RoundDocument } from '../round/read-models/round-directory/round-directory.projection.js';
import type { BodyStanding } from '../round/standing.js';
import { expectedOf, isAssessedIn } from './expected.js';
import { gapsOf } from './indicator-gaps.js';
import type { IndicatorGap } from './indicator-gaps.js';

/** A body's newest standing assessment of an item in the round, and how it lies to the deadline and to the freeze. */
export interface CoveringAssessment {
  readonly assessmentId: string;
  readonly level: string;
  readonly scale: Assessment['scale'];
  readonly recordedAt: string;
  readonly role: Role;
  /** Recorded on a later day than the deadline. */
  readonly afterDeadline: boolean;
  /** Recorded after the freeze, by its place in the log: it is in no issue of the snapshot before the next. */
  readonly afterFreeze: boolean;
  readonly correctedAt?: string;
  /** Last corrected after the freeze, by its place in the log: the first issue says what it said before. */
  readonly correctedAfterFreeze: boolean;
}

/** What a body owes, or has given unasked, of one item. */
export interface CoverageEntry {
  readonly item: ListedItem;
  readonly capacity: Capacity;
  /** False where the body assessed an item that it owes nothing of. */
  readonly expected: boolean;
  /** Undefined: missing. */
  readonly assessment?: CoveringAssessment;
}

/** What one body owes in the round, item by item. */
export interface BodyCoverage {
  readonly bodyId: string;
  /** Undefined until the body has said that it is ready. */
  readonly ready?: ReportedBody;
  readonly entries: readonly CoverageEntry[];
}

/** Body by item: who has assessed what in a round, and what is missing. */
export interface Coverage {
  /** How many items the round asks for assessments of. */
  readonly items: number;
  /** The owner of the plan first, then by name. */
  readonly bodies: readonly BodyCoverage[];
  readonly indicators: readonly IndicatorGap[];
}

/** An item as it was on the day that a round speaks of, and the assessments in the round that stand now. */
export interface CoveredItem extends ListedItem {
  readonly assessments: readonly Assessment[];
}

/** What coverage follows from. */
export interface CoverageSources {
  readonly round: RoundDocument;
  readonly plan: PlanDocument;
  readonly items: readonly CoveredItem[];
  readonly indicators: readonly IndicatorDocument[];
  /** Names and groups as of the day that the round speaks of. */
  readonly names: Names;
}

/** How far the bodies have come in a round. The same count serves documents and replays. */
export function coverageOf({ names, indicators, items, plan, round }: CoverageSources): Coverage {
  const assessed = items.filter((item) => isAssessedIn(item, round));
  const entries = new Map<string, CoverageEntry[]>();
  for (const item of assessed) {
    for (const [bodyId, entry] of entriesOf(item, plan, round, names)) {
      entries.set(bodyId, [...(entries.get(bodyId) ?? []), entry]);
    }
  }
  const rank = (bodyId: string) => (bodyId === plan.owner.bodyId ? 0 : 1);
  const bodies = [...entries]
    .map(([bodyId, owed]): BodyCoverage => {
      const ready = round.ready.find((body) => body.bodyId === bodyId);
      return { bodyId, ...(ready && { ready }), entries: owed };
    })
    .sort(
      (left, right) =>
        rank(left.bodyId) - rank(right.bodyId) ||
        compareSwedish(names.body(left.bodyId).name, names.body(right.bodyId).name),
    );
  const asked = assessed.filter((item) => !isOnHold(item, round.referenceDate));
  return { items: asked.length, bodies, indicators: gapsOf(indicators, round) };
}

export const isMissing = ({ assessment, expected }: CoverageEntry): boolean => expected && assessment === undefined;

/** The bodies that owe something in a round, and what each of them lacks. */
export function standingOf({ bodies }: Coverage, { names, plan }: CoverageSources): BodyStanding[] {
  return bodies
    .filter(({ entries }) => entries.some(({ expected }) => expected))
    .map(({ bodyId, entries }) => ({
      bodyId,
      name: names.body(bodyId).name,
      missing: entries.filter(isMissing).map(({ item }) => ({ itemId: item._id, label: labelOf(item, plan) })),
    }));
}

function entriesOf(
  item: CoveredItem,
  plan: PlanDocument,
  round: RoundDocument,
  names: Names,
): ReadonlyMap<string, CoverageEntry> {
  const given = new Map<string, Assessment>();
  for (const assessment of item.assessments) {
    if (assessment.roundId === round._id) given.set(assessment.bodyId, newer(given.get(assessment.bodyId), assessment));
  }
  const expected = expectedOf(item, plan, names);
  return new Map(
    [...new Set([...expected.keys(), ...given.keys()])].map((bodyId): [string, CoverageEntry] => {
      const assessment = given.get(bodyId);
      const capacity = expected.get(bodyId) ?? (assessment && isOwners(assessment) ? 'owner' : 'contribution');
      const covering = assessment && { assessment: coveringAssessment(assessment, round) };
      return [bodyId, { item, capacity, expected: expected.has(bodyId), ...covering }];
    }),
  );
}

function coveringAssessment(assessment: Assessment, { deadline, frozen }: RoundDocument): CoveringAssessment {
  const { assessmentId, by, correctedAt, correctionPosition, level, position, recordedAt, scale } = assessment;
  const isAfterFreeze = (place: string | undefined) =>
    frozen !== undefined && place !== undefined && place > frozen.position;
  return {
    assessmentId,
    level,
    scale,
    recordedAt,
    role: by.role,
    afterDeadline: dayInSweden(new Date(recordedAt)) > deadline,
    afterFreeze: isAfterFreeze(position),
    ...(correctedAt !== undefined && { correctedAt }),
    correctedAfterFreeze: isAfterFreeze(correctionPosition),
  };
}
