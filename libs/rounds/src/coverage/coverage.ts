import type { IndicatorDocument } from '#indicators';
import { addTo, compareSwedish, dayInSweden } from '#kernel';
import type { Role } from '#kernel';
import { dayNumber, isOnHold, isOwners, labelOf, newer } from '#planning';
import type { Assessment, Capacity, JudgementOfItem, Names, PlanDocument, SheetItem } from '#planning';
import type { ReportedBody, RoundDocument } from '../round/read-models/round-directory/round-directory.projection.js';
import type { BodyStanding } from '../round/standing.js';
import { expectedOf, isAssessedIn } from './expected.js';
import { gapsOf } from './indicator-gaps.js';
import type { IndicatorGap } from './indicator-gaps.js';

/** Where a body's newest standing assessment of an item in a round is told. */
export interface GivenAssessment extends JudgementOfItem {
  readonly bodyId: string;
  /** The day on which it was recorded, in Sweden (`dayNumber`). */
  readonly day: number;
}

/** How a body's newest standing assessment of an item in the round lies to the deadline and to the freeze. */
export interface CoveringAssessment {
  /** Recorded on a later day than the deadline. */
  readonly afterDeadline: boolean;
  /** Recorded after the freeze, by its place in the log: it is in no issue of the snapshot before the next. */
  readonly afterFreeze: boolean;
  /** Last corrected after the freeze, by its place in the log: the first issue says what it said before. */
  readonly correctedAfterFreeze: boolean;
  /** Where it is told, until it is looked up. */
  readonly given?: GivenAssessment;
}

/** The same with what it says. */
export interface ToldAssessment extends CoveringAssessment {
  readonly assessmentId: string;
  readonly level: string;
  readonly scale: Assessment['scale'];
  readonly recordedAt: string;
  readonly role: Role;
  readonly correctedAt?: string;
}

/** What a body owes, or has given unasked, of one item. */
export interface CoverageEntry {
  readonly item: SheetItem;
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

/** An item as it was on the day that a round speaks of, and what bodies say of it now: whole, or where that is told. */
export interface CoveredItem extends SheetItem {
  /** Of those that are whole, all that stand; of the others each body's newest in the round. */
  readonly assessments: readonly (Assessment | GivenAssessment)[];
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
    for (const [bodyId, entry] of entriesOf(item, plan, round, names)) addTo(entries, bodyId, entry);
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
  const given = new Map<string, Assessment | GivenAssessment>();
  for (const one of item.assessments) {
    if ('made' in one) given.set(one.bodyId, one);
    else if (one.roundId === round._id)
      given.set(one.bodyId, newer(given.get(one.bodyId) as Assessment | undefined, one));
  }
  const expected = expectedOf(item, plan, names);
  return new Map(
    [...new Set([...expected.keys(), ...given.keys()])].map((bodyId): [string, CoverageEntry] => {
      const assessment = given.get(bodyId);
      const owed = expected.get(bodyId);
      const entry = { item, capacity: owed ?? ('contribution' as const), expected: owed !== undefined };
      return [bodyId, assessment ? covered(entry, assessment, round) : entry];
    }),
  );
}

/** What an entry is with an assessment that covers it. */
export function covered(
  entry: CoverageEntry,
  assessment: Assessment | GivenAssessment,
  { deadline, frozen }: RoundDocument,
): CoverageEntry {
  if ('made' in assessment) {
    const afterDeadline = assessment.day > dayNumber(deadline);
    return {
      ...entry,
      assessment: { afterDeadline, afterFreeze: false, correctedAfterFreeze: false, given: assessment },
    };
  }
  const { assessmentId, by, correctedAt, correctionPosition, level, position, recordedAt, scale } = assessment;
  const isAfterFreeze = (place: string | undefined) =>
    frozen !== undefined && place !== undefined && place > frozen.position;
  const told: ToldAssessment = {
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
  const capacity = entry.expected ? entry.capacity : isOwners(assessment) ? 'owner' : 'contribution';
  return { ...entry, capacity, assessment: told };
}
