import type { TimeSlices } from '#kernel';
import type { RevisionContent, RevisionKind, Wording } from '../../format/snapshot.js';
import { sortedByText } from './fact.js';
import type { Fact, FactOf } from './fact.js';
import type { Frame } from './frame.js';
import { stepsUpTo } from './item-on-day.js';
import type { ItemOnDay, Step } from './item-on-day.js';
import { concernedContent } from './items.content.js';
import type { PlanItems, Successions } from './items.content.js';
import type { RevisionType } from './log.js';

const kinds: Readonly<Record<RevisionType, RevisionKind>> = {
  ItemReworded: 'reworded',
  ItemRenumbered: 'renumbered',
  ItemMoved: 'moved',
  ItemConcernedChanged: 'concerned-changed',
  ItemResponsibleChanged: 'responsible-changed',
  ItemRetained: 'retained',
  ItemCompleted: 'completed',
  ItemDiscontinued: 'discontinued',
};

/**
 * What happened to the plan's items since the previous round: what speaks of a later day than it did, and what was
 * recorded after it was frozen. Where there is no previous round, everything that followed the adoptions.
 */
export async function revisionsOf(
  frame: Frame,
  items: PlanItems,
  successions: Successions,
  slices: TimeSlices,
): Promise<RevisionContent[]> {
  const { log, names, previousRound } = frame;
  const told: RevisionContent[] = [];
  for (const itemId of items.ids) {
    await slices.next();
    const story = log.items.get(itemId)!;
    const { steps } = stepsUpTo(story, frame.round.referenceDate);
    if (previousRound && isNew(story.adopted, frame)) told.push(adoption(story.adopted, frame));
    for (const step of steps) if (isNew(step.revision.fact, frame)) told.push(revised(step, frame));
  }
  const links = successions.facts
    .filter((fact) => fact.data.planId === frame.planId && names.item(fact.data.itemId) && isNew(fact, frame))
    .map((fact) => succeeded(fact, frame, successions));
  return inOrder([...told, ...links]);
}

/** By the days that they speak of, and within a day as they were recorded; what is alike stays as it is. */
export const inOrder = (revisions: readonly RevisionContent[]): RevisionContent[] =>
  sortedByText(
    revisions,
    ({ effectiveOn, recordedAt }) => `${effectiveOn} ${recordedAt}`,
    () => '',
  );

export function isNew(fact: Fact, { previousFrozenAt, previousRound, round }: Frame): boolean {
  if (fact.effectiveOn > round.referenceDate) return false;
  if (!previousRound || fact.effectiveOn > previousRound.referenceDate) return true;
  return previousFrozenAt !== undefined && fact.sequence > previousFrozenAt;
}

function adoption(fact: FactOf<'ItemAdopted'>, frame: Frame): RevisionContent {
  const { itemId, number = null, title } = fact.data;
  return { ...common(fact, itemId, frame), kind: 'adopted', before: {}, after: { title, number } };
}

function revised({ after, before, revision: { fact, type } }: Step, frame: Frame): RevisionContent {
  const { comment, printedLabel, reason } = fact.data as { comment?: string; printedLabel?: string; reason?: string };
  const changed = changedBy(before, after);
  return {
    ...common(fact, fact.data.itemId, frame),
    kind: kinds[type],
    before: wording(before, changed, frame),
    after: wording(after, changed, frame),
    reason,
    comment,
    printedLabel,
  };
}

function succeeded(fact: FactOf<'ItemSucceeded'>, frame: Frame, successions: Successions): RevisionContent {
  const { itemId, successorId, successorPlanId } = fact.data;
  const successor = successions.told(fact, successorId, successorPlanId);
  return { ...common(fact, itemId, frame), kind: 'succeeded', before: {}, after: {}, successor };
}

export function common(fact: Fact, itemId: string, { isLate, names }: Frame) {
  return {
    item: names.itemRef(itemId),
    effectiveOn: fact.effectiveOn,
    recordedAt: fact.recordedAt,
    by: names.by(fact.actor),
    decision: names.decision(fact.decision),
    late: isLate(fact),
  };
}

const properties = [
  'title',
  'text',
  'number',
  'expectedEffects',
  'documents',
  'parents',
  'concerned',
  'responsible',
  'lifecycle',
] as const satisfies readonly (keyof ItemOnDay)[];
type Property = (typeof properties)[number];

/** A revision puts a new value in place of each property that it speaks of. */
const changedBy = (before: ItemOnDay, after: ItemOnDay): Property[] =>
  properties.filter((property) => before[property] !== after[property]);

function wording(item: ItemOnDay, changed: readonly Property[], frame: Frame): Wording {
  const { names } = frame;
  const has = (property: Property): boolean => changed.includes(property);
  return {
    title: has('title') ? item.title : undefined,
    text: has('text') ? (item.text ?? null) : undefined,
    number: has('number') ? (item.number ?? null) : undefined,
    expectedEffects: has('expectedEffects') ? item.expectedEffects : undefined,
    documents: has('documents') ? item.documents : undefined,
    parents: has('parents') ? item.parents.map((id) => names.itemRef(id)) : undefined,
    concerned: has('concerned') ? (concernedContent(item.concerned, frame) ?? null) : undefined,
    responsible: has('responsible') ? names.bodies(item.responsible) : undefined,
    state: has('lifecycle') ? item.lifecycle.state : undefined,
  };
}
