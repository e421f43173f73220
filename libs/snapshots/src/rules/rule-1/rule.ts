import { addTo } from '#kernel';
import type { RecordedEvent, TimeSlices } from '#kernel';
import type { IssueContent, ItemContent, PlanContent, RoundRef, Snapshot } from '../../format/snapshot.js';
import type { SnapshotFold, SnapshotOfFold, SnapshotRule, SnapshotSubject } from '../snapshot-rule.js';
import { coverageOf } from './coverage.content.js';
import type { AnyEvent } from './fact.js';
import type { Frame } from './frame.js';
import { indicatorsOf } from './indicators.content.js';
import { itemContent, PlanItems, Successions } from './items.content.js';
import { concerns, Log, readTypes } from './log.js';
import type { RoundStory } from './log.js';
import { Names } from './names.js';
import { revisionsOf } from './revisions.content.js';
import { totalsOf } from './totals.content.js';

/**
 * Rule 1 is frozen. Snapshots whose SHA-256 stands in the log were folded by it, and it must give the same bytes for
 * ever: what a snapshot should say otherwise is said by the next rule, in a folder of its own, and this one stays as it
 * is. So it folds for itself, without the projections, whose versions change. All that it leans on are the event types
 * (their schemas are contracts, and upcasters bring old payloads to the newest), RFC 8785, and the kernel's text, day
 * and decimal helpers. The golden snapshot beside it fails when any of that gives other bytes.
 */
export const rule1: SnapshotRule = {
  version: 1,
  reads: readTypes,
  ignores: [],
  concerns,
  begin: (subject) => new Rule1Fold(subject),
};

class Rule1Fold implements SnapshotFold {
  readonly #log = new Log();

  constructor(private readonly subject: SnapshotSubject) {}

  take(event: RecordedEvent): void {
    this.#log.take(event as RecordedEvent<AnyEvent>);
  }

  async result(slices: TimeSlices): Promise<SnapshotOfFold> {
    const { snapshot, unknown } = await snapshotOf(this.#log, this.subject, slices);
    return { snapshot, unknown };
  }
}

/** What rule 1 makes of a log; and what it saw it in, because the next rule says what differs. */
export async function snapshotOf(log: Log, subject: SnapshotSubject, slices: TimeSlices) {
  const frame = frameOf(log, subject);
  const { names } = frame;
  const items = await PlanItems.of(frame, slices);
  const inScope = items.inScope();
  const tops = items.topItems(inScope);
  await slices.next();
  const indicators = indicatorsOf(frame);
  const lists = new Map<string, string[]>();
  for (const { indicatorId, items: listed } of indicators) {
    for (const { itemId } of listed) addTo(lists, itemId, indicatorId);
  }
  const successions = new Successions(frame);
  const contents: ItemContent[] = [];
  for (const itemId of inScope) {
    await slices.next();
    contents.push(itemContent(itemId, frame, { items, successions, indicatorsOf: lists }));
  }
  const topIds = tops.map(({ topId }) => topId);
  const totals = await totalsOf(frame, contents, topIds, slices);
  const revisions = await revisionsOf(frame, items, successions, slices);
  await slices.next();
  const snapshot: Snapshot = {
    format: 'sparbar-snapshot',
    version: 1,
    rule: 1,
    tenant: subject.tenant,
    round: frame.round,
    previousRound: frame.previousRound,
    plan: planContent(frame),
    issue: issueContent(frame, subject),
    totals,
    topItems: tops.map(({ itemIds, topId }) => ({ item: names.itemRef(topId), itemIds })),
    items: contents,
    revisions,
    indicators,
    coverage: await coverageOf(frame, contents, slices),
  };
  const unknown = [
    ...[...names.unknownItems].map((id) => `item-${id}`),
    ...[...names.unknownIndicators].map((id) => `indicator-${id}`),
  ];
  return { snapshot, unknown, frame, planItemIds: items.ids };
}

function frameOf(log: Log, { adoptedIsOwn, bound, planId, roundId }: SnapshotSubject): Frame {
  const story = log.rounds.get(roundId)!;
  const { planId: _plan, ...round } = withoutSchedule(story.content!);
  const previous = previousOf(log, round);
  const names = new Names(log, round.referenceDate);
  const frozenAt = story.frozen?.sequence ?? Infinity;
  const ownerId = names.plan(planId)!.owner.bodyId;
  const adoptedBy = adoptedIsOwn && log.plans.get(planId)?.adopted.decision?.bodyId;
  return {
    log,
    names,
    planId,
    ownerId,
    isOfCouncil: [ownerId, adoptedBy].some((bodyId) => bodyId !== undefined && log.councils.has(bodyId)),
    round,
    story,
    previousRound: previous?.ref ?? null,
    previousFrozenAt: previous?.story.frozen?.sequence,
    replacedAt: replacedAt(story, bound?.data['issue'] as number | undefined),
    valuesUpTo: valuesUpTo(round.deadline, bound?.metadata.effectiveOn),
    isLate: ({ sequence }) => sequence > frozenAt || undefined,
  };
}

const withoutSchedule = ({
  deadline,
  key,
  kind,
  label,
  planId,
  referenceDate,
  roundId,
  scope,
  year,
}: NonNullable<RoundStory['content']>) => ({
  ...{ roundId, planId, key, kind, label, year, referenceDate, deadline, scope },
});

/**
 * Values that became known after the deadline and before the freeze count; what is said to have become known later does
 * not, also where it is recorded earlier. What is no issue counts everything.
 */
const valuesUpTo = (deadline: string, frozenOn: string | undefined): string =>
  frozenOn === undefined ? '9999-12-31' : frozenOn > deadline ? frozenOn : deadline;

/** The opened round that speaks of the latest day before a round's own; of several that speak of that day, the greatest id. */
function previousOf(log: Log, round: RoundRef & { readonly year: number }) {
  let found: { ref: RoundRef; story: RoundStory } | undefined;
  for (const [roundId, story] of log.rounds) {
    if (!story.opened) continue;
    const { label, referenceDate } = story.opened.data;
    if (referenceDate >= round.referenceDate) continue;
    const isLater = !found || `${referenceDate} ${roundId}` > `${found.ref.referenceDate} ${found.ref.roundId}`;
    if (isLater) found = { ref: { roundId, label, referenceDate }, story };
  }
  return found;
}

/** The place in the log of the issue that another one replaces; of what is no issue, that of the newest one. */
function replacedAt({ frozen, reissues }: RoundStory, issue: number | undefined): number | undefined {
  if (!frozen || issue === 1) return undefined;
  if (issue === undefined) return (reissues.at(-1) ?? frozen).sequence;
  const replaces = reissues.find(({ data }) => data.issue === issue)!.data.replaces;
  return (reissues.find(({ data }) => data.issue === replaces) ?? frozen).sequence;
}

function issueContent({ names, story }: Frame, { bound }: SnapshotSubject): IssueContent | null {
  if (!bound || !story.frozen) return null;
  const { actor, decision, recordedAt } = bound.metadata;
  const { issue, override, reason, replaces } = bound.data as {
    issue: number;
    override?: string;
    reason?: string;
    replaces?: number;
  };
  return {
    number: issue,
    eventId: bound.id,
    frozenAt: recordedAt,
    firstFrozenAt: story.frozen.recordedAt,
    by: names.by(actor),
    replaces,
    reason,
    override: override ?? story.frozen.data.override,
    decision: names.decision(decision),
  };
}

function planContent({ log, names, planId }: Frame): PlanContent {
  const { key, kinds, owner, title, validity, ...plan } = names.plan(planId)!;
  // A round is opened in a plan that has a scale.
  const scale = plan.scale!;
  const { adopted, amended } = log.plans.get(planId)!;
  const decisions = [
    { about: 'adoption' as const, fact: adopted },
    ...amended.map((fact) => ({ about: 'amendment' as const, fact })),
  ];
  return {
    planId,
    key,
    title,
    owner: { body: names.body(owner.bodyId), role: owner.role },
    validity,
    kinds,
    scale: { ...scale, name: log.scales.get(scale.scaleId)?.name ?? '', levels: names.levels(scale) },
    decisions: decisions.flatMap(({ about, fact }) => {
      const decision = names.decision(fact.decision);
      return decision ? [{ ...decision, about }] : [];
    }),
  };
}
