import type { IndicatorDocument } from '#indicators';
import { compareSwedish, dayInSweden } from '#kernel';
import type { Role, Writable } from '#kernel';
import { dayNumber, isOwners, labelBy, orderIn } from '#planning';
import type {
  Assessment,
  Capacity,
  JudgementOfItem,
  Names,
  PlanDocument,
  RoundJudgement,
  RoundJudgements,
  SheetItem,
} from '#planning';
import type { ReportedBody, RoundDocument } from '../round/read-models/round-directory/round-directory.projection.js';
import { deadlineOf } from '../round/read-models/round-directory/round-directory.reader.js';
import type { BodyStanding } from '../round/standing.js';
import { expectedOf, isAssessedIn } from './expected.js';
import { gapsOf } from './indicator-gaps.js';
import type { IndicatorGap } from './indicator-gaps.js';

/** A body's newest standing assessment of an item in a round, and where it is told. */
export interface GivenAssessment extends JudgementOfItem {
  /** The day on which it was recorded, in Sweden (`dayNumber`). */
  readonly day: number;
}

/** How a body's newest standing assessment of an item in the round lies to the deadline and to the freeze. */
interface Lateness {
  /** Recorded on a later day than the body's deadline. */
  readonly afterDeadline: boolean;
  /** Recorded after the freeze, by its place in the log: it is in no issue of the snapshot before the next. */
  readonly afterFreeze: boolean;
  /** Last corrected after the freeze, by its place in the log: the first issue says what it said before. */
  readonly correctedAfterFreeze: boolean;
}

export interface CoveringAssessment extends Lateness {
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

/** Of what a body owes, or of a whole round. */
export interface CoverageCounts {
  /** Assessments that are owed, those of them that have been made, and those that are missing. */
  readonly expected: number;
  readonly assessed: number;
  readonly missing: number;
  /** Of those that have been made, owed or not. */
  readonly afterDeadline: number;
  readonly afterFreeze: number;
  readonly correctedAfterFreeze: number;
}

/** What one body owes in the round, counted: an entry is made of what is shown (`entriesOf`). */
export interface BodyCoverage {
  readonly bodyId: string;
  /** The last day for its assessments. */
  readonly deadline: string;
  /** Undefined until the body has said that it is ready. */
  readonly ready?: ReportedBody;
  readonly counts: CoverageCounts;
  /** Of which items it owes something, or has given it unasked: in no order. */
  readonly items: readonly SheetItem[];
  /** Those of them that it lacks: in no order. */
  readonly lacking: readonly SheetItem[];
}

/** Body by item: who has assessed what in a round, and what is missing. */
export interface Coverage {
  /** How many items the round asks for assessments of. */
  readonly items: number;
  /** The owner of the plan first, then by name. */
  readonly bodies: readonly BodyCoverage[];
  readonly indicators: readonly IndicatorGap[];
}

/** What coverage follows from. */
export interface CoverageSources {
  readonly round: RoundDocument;
  readonly plan: PlanDocument;
  /** As they were on the day that the round speaks of: in no order. */
  readonly items: readonly SheetItem[];
  /** By item, what bodies say of it in the round. */
  readonly judgements: ReadonlyMap<string, RoundJudgements>;
  readonly indicators: readonly IndicatorDocument[];
  /** Names and groups as of the day that the round speaks of. */
  readonly names: Names;
}

/** How far the bodies have come in a round. The same count serves documents and replays. */
export function coverageOf(sources: CoverageSources): Coverage {
  const { indicators, items, judgements, names, plan, round } = sources;
  const assessed = items.filter((item) => isAssessedIn(item, round));
  const tallies = new Map<string, Tally>();
  const tallyOf = (bodyId: string): Tally => {
    let tally = tallies.get(bodyId);
    if (!tally) tallies.set(bodyId, (tally = new Tally()));
    return tally;
  };
  const lateness = latenessIn(round);
  for (const item of assessed) {
    const expected = expectedIn(round, item, plan, names);
    judgements.get(item._id)?.forEach((bodyId, judgement) => {
      tallyOf(bodyId).made(item, expected.has(bodyId), lateness(bodyId, judgement));
    });
    for (const bodyId of expected.keys()) tallyOf(bodyId).lacksUnlessMade(item);
  }
  const rank = (bodyId: string) => (bodyId === plan.owner.bodyId ? 0 : 1);
  const bodies = [...tallies]
    .map(([bodyId, { counts, items: owed, lacking }]): BodyCoverage => {
      const ready = round.ready.find((body) => body.bodyId === bodyId);
      return { bodyId, deadline: deadlineOf(round, bodyId), ...(ready && { ready }), counts, items: owed, lacking };
    })
    .sort(
      (left, right) =>
        rank(left.bodyId) - rank(right.bodyId) ||
        compareSwedish(names.body(left.bodyId).name, names.body(right.bodyId).name),
    );
  if (round.status === 'cancelled') return { items: 0, bodies, indicators: [] };
  const asked = assessed.filter((item) => !item.rests);
  return { items: asked.length, bodies, indicators: gapsOf(indicators, round) };
}

/** Counts what one body owes, item by item. */
class Tally {
  readonly counts: Writable<CoverageCounts> = {
    ...{ expected: 0, assessed: 0, missing: 0 },
    ...{ afterDeadline: 0, afterFreeze: 0, correctedAfterFreeze: 0 },
  };
  readonly items: SheetItem[] = [];
  readonly lacking: SheetItem[] = [];

  made(item: SheetItem, isExpected: boolean, lateness: Lateness): void {
    const { counts } = this;
    this.items.push(item);
    if (isExpected) {
      counts.expected++;
      counts.assessed++;
    }
    if (lateness.afterDeadline) counts.afterDeadline++;
    if (lateness.afterFreeze) counts.afterFreeze++;
    if (lateness.correctedAfterFreeze) counts.correctedAfterFreeze++;
  }

  /** The body owes it. What it has made of the same item is counted before. */
  lacksUnlessMade(item: SheetItem): void {
    if (this.items.at(-1) === item) return;
    this.items.push(item);
    this.lacking.push(item);
    this.counts.expected++;
    this.counts.missing++;
  }
}

/** The bodies that owe something in a round, and what each of them lacks. */
export function standingOf(
  { bodies }: Pick<Coverage, 'bodies'>,
  { names, plan }: Pick<CoverageSources, 'names' | 'plan'>,
): BodyStanding[] {
  const inOrder = orderIn(plan);
  return bodies
    .filter(({ counts }) => counts.expected > 0)
    .map(({ bodyId, lacking }) => ({
      bodyId,
      name: names.body(bodyId).name,
      missing: [...lacking].sort(inOrder).map((item) => ({ itemId: item._id, label: labelBy(item, plan) })),
    }));
}

/** Makes the entries of bodies for some of their items. */
export function entriesOf({
  judgements,
  names,
  plan,
  round,
}: CoverageSources): (bodyId: string, items: readonly SheetItem[]) => CoverageEntry[] {
  // Several bodies owe something of one item.
  const known = new Map<SheetItem, ReadonlyMap<string, Capacity>>();
  const expectedFor = (item: SheetItem) => {
    let expected = known.get(item);
    if (!expected) known.set(item, (expected = expectedIn(round, item, plan, names)));
    return expected;
  };
  const withJudgement = coveredIn(round);
  return (bodyId, items) =>
    items.map((item) => {
      const owed = expectedFor(item).get(bodyId);
      const entry = { item, capacity: owed ?? ('contribution' as const), expected: owed !== undefined };
      const judgement = judgements.get(item._id)?.of(bodyId);
      return judgement ? withJudgement(entry, judgement) : entry;
    });
}

/** What an entry is with a judgement that covers it. */
export function coveredIn(round: RoundDocument): (entry: CoverageEntry, judgement: RoundJudgement) => CoverageEntry {
  const lateness = latenessIn(round);
  return (entry, judgement) => {
    const { assessment } = judgement;
    if (!assessment) {
      const given = { ...judgement, itemId: entry.item._id };
      return { ...entry, assessment: { ...lateness(given.bodyId, given.day), given } };
    }
    const { assessmentId, by, correctedAt, level, recordedAt, scale } = assessment;
    const told: ToldAssessment = {
      ...{ assessmentId, level, scale, recordedAt, role: by.role },
      ...(correctedAt !== undefined && { correctedAt }),
      ...lateness(assessment.bodyId, assessment),
    };
    const capacity = entry.expected ? entry.capacity : isOwners(assessment) ? 'owner' : 'contribution';
    return { ...entry, capacity, assessment: told };
  };
}

/**
 * How judgements lie to the last day of their bodies and the freeze of a round: told by the day on which they were recorded
 * alone, they came before the freeze.
 */
function latenessIn(round: RoundDocument): (bodyId: string, judgement: Assessment | number) => Lateness {
  const { deadline, extensions = [], frozen } = round;
  const ofAll = dayNumber(deadline);
  const extended = new Map(extensions.map(({ bodyId }) => [bodyId, dayNumber(deadlineOf(round, bodyId))]));
  const inTime = { afterDeadline: false, afterFreeze: false, correctedAfterFreeze: false };
  const late = { ...inTime, afterDeadline: true };
  const isAfterFreeze = (place: string | undefined) =>
    frozen !== undefined && place !== undefined && place > frozen.position;
  return (bodyId, judgement) => {
    const lastDay = extended.get(bodyId) ?? ofAll;
    if (typeof judgement === 'number') return judgement > lastDay ? late : inTime;
    const { correctionPosition, position, recordedAt } = judgement;
    return {
      afterDeadline: dayNumber(dayInSweden(new Date(recordedAt))) > lastDay,
      afterFreeze: isAfterFreeze(position),
      correctedAfterFreeze: isAfterFreeze(correctionPosition),
    };
  };
}

/** What bodies owe of an item in a round: nothing once it is cancelled. */
const expectedIn = (
  { status }: RoundDocument,
  item: SheetItem,
  plan: PlanDocument,
  names: Names,
): ReadonlyMap<string, Capacity> => (status === 'cancelled' ? new Map() : expectedOf(item, plan, names));
