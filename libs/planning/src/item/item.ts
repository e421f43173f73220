import { copied, dated, later, placeAfter } from '#kernel';
import type { Dated, Own, RecordedFact, Role, Writable } from '#kernel';
import type {
  AssessmentCorrected,
  AssessmentWithdrawn,
  Capacity,
  Concerned,
  DiscontinuationReason,
  Evidence,
  ItemAdopted,
  ItemAssessed,
  ItemEvent,
  SuccessionKind,
} from './item.events.js';

/** Whether an item is in force, and what was said of it when it came to that. */
export interface Lifecycle {
  readonly state: 'active' | 'retained' | 'completed' | 'discontinued';
  readonly reason?: DiscontinuationReason;
  readonly comment?: string;
  /** How the document itself calls it. */
  readonly printedLabel?: string;
}

/** Up to when an item rests, and why. */
export interface Hold {
  /** ISO day: the one on which it goes on. */
  readonly until: string;
  readonly reason: string;
}

export interface Successor {
  readonly itemId: string;
  readonly planId: string;
  readonly kind: SuccessionKind;
  readonly inferred: boolean;
  readonly comment?: string;
  readonly on: string;
}

/** An assessment as last corrected. */
export interface Assessment {
  readonly assessmentId: string;
  readonly roundId: string;
  readonly bodyId: string;
  readonly capacity: Capacity;
  /** The version of the scale that its level is of. */
  readonly scale: { readonly scaleId: string; readonly version: number };
  readonly level: string;
  readonly motivation: string;
  readonly evidence: readonly Evidence[];
  /** The day that it speaks of. */
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly position: string;
  readonly by: { readonly role: Role; readonly body?: string };
  /** When it was last corrected. */
  readonly correctedAt?: string;
  /** Where in the log it was last corrected. */
  readonly correctionPosition?: string;
}

export type UnadoptedItem = { readonly status: 'unadopted' };
export type Item = UnadoptedItem | AdoptedItem;

/** What is said of an item itself, whoever judges it how. What it lacks is null, so that a document can hold it as it is. */
export interface ItemProperties {
  readonly status: 'adopted';
  readonly planId: string;
  readonly key?: string;
  readonly kind: string;
  readonly adoptedOn: string;
  readonly number: Dated<string | null>;
  readonly title: Dated<string>;
  readonly text: Dated<string | null>;
  /** The items it lies under, the first one first. */
  readonly parents: Dated<readonly string[]>;
  readonly concerned: Dated<Concerned | null>;
  readonly responsible: Dated<readonly string[]>;
  readonly documents: Dated<readonly string[]>;
  readonly expectedEffects: Dated<readonly string[]>;
  readonly lifecycle: Dated<Lifecycle>;
  /** The hold that was set last; null where there is none, or the item was taken up again. */
  readonly hold: Dated<Hold | null>;
  readonly successors: readonly Successor[];
}

/** An item as its stream tells it. */
export interface AdoptedItem extends ItemProperties {
  /** Those that stand, in the order of the days that they speak of, and within a day as they were recorded. */
  readonly assessments: readonly Assessment[];
  /** Those that were withdrawn, as they stood last. */
  readonly withdrawn: readonly Assessment[];
}

export const unadopted: UnadoptedItem = { status: 'unadopted' };

/** Those of an item's events that judge it; all others change what it is. */
export type JudgementEvent = ItemAssessed | AssessmentCorrected | AssessmentWithdrawn;

/** Whether an event judges the item. */
export const isJudgement = (event: RecordedFact<ItemEvent>): event is RecordedFact<JudgementEvent> =>
  'assessmentId' in event.data;

/** An item with all that was ever said of it, as documents and replays of any day hold it. */
export function evolve(item: Item, event: RecordedFact<ItemEvent>): Item {
  if (event.type === 'ItemAdopted') return { ...propertiesOf(event), assessments: [], withdrawn: [] };
  if (item.status === 'unadopted') return item;
  if (!isJudgement(event)) {
    const changed = { ...item };
    changeProperties(changed, event, copied);
    return changed;
  }
  switch (event.type) {
    case 'ItemAssessed':
      return withAssessments(item, { assessments: inserted(item.assessments, assessed(event)) });
    case 'AssessmentCorrected':
      return withAssessments(item, { assessments: item.assessments.map((one) => corrected(one, event)) });
    case 'AssessmentWithdrawn':
      return withAssessments(item, withdrawn(item, event.data));
  }
}

/**
 * The one fold of what an item is, whatever its state holds beside that.
 * @param item is written to
 */
export function changeProperties(
  item: Writable<ItemProperties>,
  event: RecordedFact<Exclude<ItemEvent, JudgementEvent | ItemAdopted>>,
  own: Own,
): void {
  const { effectiveOn: since } = event;
  switch (event.type) {
    case 'ItemReworded': {
      const { documents, expectedEffects, text, title } = event.data;
      if (title !== undefined) item.title = later(item.title, dated(title, since));
      if (text !== undefined) item.text = later(item.text, dated(text, since));
      if (documents) item.documents = later(item.documents, dated(documents, since));
      if (expectedEffects) item.expectedEffects = later(item.expectedEffects, dated(expectedEffects, since));
      return;
    }
    case 'ItemRenumbered':
      item.number = later(item.number, dated(event.data.number ?? null, since));
      return;
    case 'ItemMoved':
      item.parents = later(item.parents, dated(event.data.parents, since));
      return;
    case 'ItemConcernedChanged':
      item.concerned = later(item.concerned, dated(event.data.concerned ?? null, since));
      return;
    case 'ItemResponsibleChanged':
      item.responsible = later(item.responsible, dated(event.data.responsible, since));
      return;
    case 'ItemRetained':
      return turn(item, since, { state: 'retained', ...remarks(event.data) });
    case 'ItemCompleted':
      return turn(item, since, { state: 'completed', ...remarks(event.data) });
    case 'ItemDiscontinued':
      return turn(item, since, { state: 'discontinued', reason: event.data.reason, ...remarks(event.data) });
    case 'ItemSucceeded': {
      const { comment, inferred, kind, successorId, successorPlanId } = event.data;
      const link = { itemId: successorId, planId: successorPlanId, kind, inferred, on: since };
      const successors = own(item.successors);
      successors.push({ ...link, ...(comment && { comment }) });
      item.successors = successors;
      return;
    }
    case 'ItemHeld': {
      const { reason, until } = event.data;
      item.hold = later(item.hold, dated({ until, reason }, since));
      return;
    }
    case 'ItemResumed':
      item.hold = later(item.hold, dated(null, since));
  }
}

/** What an item is when it is adopted. */
export function propertiesOf({ data, effectiveOn: since }: RecordedFact<ItemAdopted>): ItemProperties {
  return {
    status: 'adopted',
    planId: data.planId,
    ...(data.key && { key: data.key }),
    kind: data.kind,
    adoptedOn: since,
    number: dated(data.number ?? null, since),
    title: dated(data.title, since),
    text: dated(data.text ?? null, since),
    parents: dated(data.parents, since),
    concerned: dated(data.concerned ?? null, since),
    responsible: dated(data.responsible, since),
    documents: dated(data.documents, since),
    expectedEffects: dated(data.expectedEffects, since),
    lifecycle: dated({ state: 'active' }, since),
    hold: dated(null, since),
    successors: [],
  };
}

function turn(item: Writable<ItemProperties>, on: string, lifecycle: Lifecycle): void {
  item.lifecycle = later(item.lifecycle, dated(lifecycle, on));
}

function remarks({ comment, printedLabel }: { comment?: string; printedLabel?: string }) {
  return { ...(comment && { comment }), ...(printedLabel && { printedLabel }) };
}

/** They come by the thousand: of an object with so many fields, a spread takes twice the time that this takes. */
const withAssessments = (
  item: AdoptedItem,
  change: Partial<Pick<AdoptedItem, 'assessments' | 'withdrawn'>>,
): AdoptedItem => Object.assign({}, item, change);

/** An assessment as it was made. */
export function assessed({ actor, data, effectiveOn, position, recordedAt }: RecordedFact<ItemAssessed>): Assessment {
  const { itemId: _item, planId: _plan, ...made } = data;
  const by = actor.body ? { role: actor.role, body: actor.body } : { role: actor.role };
  return { ...made, effectiveOn, recordedAt, position, by };
}

/** An assessment as a correction leaves it, which may be one of another. */
export function corrected(assessment: Assessment, { data, position, recordedAt }: RecordedFact<AssessmentCorrected>) {
  if (assessment.assessmentId !== data.assessmentId) return assessment;
  const { evidence, level, motivation } = data;
  return { ...assessment, level, motivation, evidence, correctedAt: recordedAt, correctionPosition: position };
}

function withdrawn(item: AdoptedItem, { assessmentId }: AssessmentWithdrawn['data']) {
  const isWithdrawn = (assessment: Assessment) => assessment.assessmentId === assessmentId;
  return {
    assessments: item.assessments.filter((assessment) => !isWithdrawn(assessment)),
    withdrawn: [...item.withdrawn, ...item.assessments.filter(isWithdrawn)],
  };
}

/** After those of its own day and earlier ones: what is recorded last stands last within a day. */
function inserted(assessments: readonly Assessment[], added: Assessment): Assessment[] {
  const place = placeAfter(assessments, added.effectiveOn, ({ effectiveOn }) => effectiveOn);
  return assessments.toSpliced(place, 0, added);
}

/** Whether an assessment is the plan owner's, and so the item's status. */
export const isOwners = ({ capacity }: Pick<Assessment, 'capacity'>): boolean => capacity === 'owner';

/** Of two assessments by a body in a round, the one recorded last: it is what the body says, whichever day it speaks of. */
export const newer = (known: Assessment | undefined, next: Assessment): Assessment =>
  known && known.position > next.position ? known : next;

/** Whether an item has ended by a day: a late record may say that it had not yet. */
export const hasEnded = ({ lifecycle }: Pick<AdoptedItem, 'lifecycle'>, day: string): boolean =>
  (lifecycle.value.state === 'completed' || lifecycle.value.state === 'discontinued') && lifecycle.since <= day;

/** Whether an item was given up by a day. */
export const isDiscontinued = ({ lifecycle }: Pick<AdoptedItem, 'lifecycle'>, day: string): boolean =>
  lifecycle.value.state === 'discontinued' && lifecycle.since <= day;

/** Whether an item rests on a day. One that has ended does not. */
export const isOnHold = (item: Pick<AdoptedItem, 'hold' | 'lifecycle'>, day: string): boolean =>
  heldOn(item, day) !== null;

/** The hold that an item is on, on a day; null where it is on none. */
export function heldOn({ hold, lifecycle }: Pick<AdoptedItem, 'hold' | 'lifecycle'>, day: string): Hold | null {
  if (hold.value === null || day < hold.since || day >= hold.value.until) return null;
  return hasEnded({ lifecycle }, day) ? null : hold.value;
}

/** What is said of an item from a day on. Every such property is here, or this does not compile. */
const datedProperties = {
  number: true,
  title: true,
  text: true,
  parents: true,
  concerned: true,
  responsible: true,
  documents: true,
  expectedEffects: true,
  lifecycle: true,
  hold: true,
} satisfies {
  readonly [Name in keyof ItemProperties as ItemProperties[Name] extends Dated<unknown> ? Name : never]: true;
};

/** Whether what an item is now says other than what it was on a day. */
export const isRevisedAfter = (item: Pick<AdoptedItem, keyof typeof datedProperties>, day: string): boolean =>
  Object.keys(datedProperties).some((name) => item[name as keyof typeof datedProperties].since > day);
