import { dated, later } from '#kernel';
import type { Dated, RecordedFact, Role } from '#kernel';
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

export type Item = { readonly status: 'unadopted' } | AdoptedItem;

/** An item as its stream tells it. What it lacks is null, so that a document can hold it as it is. */
export interface AdoptedItem {
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
  /** Those that stand, in the order of the days that they speak of, and within a day as they were recorded. */
  readonly assessments: readonly Assessment[];
  /** Those that were withdrawn, as they stood last. */
  readonly withdrawn: readonly Assessment[];
}

export const unadopted: Item = { status: 'unadopted' };

/** The one fold of an item's events. Decisions, documents and replays of any day are all made of it. */
export function evolve(item: Item, event: RecordedFact<ItemEvent>): Item {
  if (event.type === 'ItemAdopted') return adopted(event);
  if (item.status === 'unadopted') return item;
  const { effectiveOn: since } = event;
  switch (event.type) {
    case 'ItemReworded': {
      const { documents, expectedEffects, text, title } = event.data;
      return {
        ...item,
        ...(title !== undefined && { title: later(item.title, dated(title, since)) }),
        ...(text !== undefined && { text: later(item.text, dated(text, since)) }),
        ...(documents && { documents: later(item.documents, dated(documents, since)) }),
        ...(expectedEffects && { expectedEffects: later(item.expectedEffects, dated(expectedEffects, since)) }),
      };
    }
    case 'ItemRenumbered':
      return { ...item, number: later(item.number, dated(event.data.number ?? null, since)) };
    case 'ItemMoved':
      return { ...item, parents: later(item.parents, dated(event.data.parents, since)) };
    case 'ItemConcernedChanged':
      return { ...item, concerned: later(item.concerned, dated(event.data.concerned ?? null, since)) };
    case 'ItemResponsibleChanged':
      return { ...item, responsible: later(item.responsible, dated(event.data.responsible, since)) };
    case 'ItemRetained':
      return turned(item, since, { state: 'retained', ...remarks(event.data) });
    case 'ItemCompleted':
      return turned(item, since, { state: 'completed', ...remarks(event.data) });
    case 'ItemDiscontinued':
      return turned(item, since, { state: 'discontinued', reason: event.data.reason, ...remarks(event.data) });
    case 'ItemSucceeded': {
      const { comment, inferred, kind, successorId, successorPlanId } = event.data;
      const link = { itemId: successorId, planId: successorPlanId, kind, inferred, on: since };
      return { ...item, successors: [...item.successors, { ...link, ...(comment && { comment }) }] };
    }
    case 'ItemHeld': {
      const { reason, until } = event.data;
      return { ...item, hold: later(item.hold, dated({ until, reason }, since)) };
    }
    case 'ItemResumed':
      return { ...item, hold: later(item.hold, dated(null, since)) };
    case 'ItemAssessed':
      return withAssessments(item, { assessments: inserted(item.assessments, assessed(event)) });
    case 'AssessmentCorrected':
      return withAssessments(item, { assessments: item.assessments.map((one) => corrected(one, event)) });
    case 'AssessmentWithdrawn':
      return withAssessments(item, withdrawn(item, event.data));
  }
}

function adopted({ data, effectiveOn: since }: RecordedFact<ItemAdopted>): AdoptedItem {
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
    assessments: [],
    withdrawn: [],
  };
}

function turned(item: AdoptedItem, on: string, lifecycle: Lifecycle): AdoptedItem {
  return { ...item, lifecycle: later(item.lifecycle, dated(lifecycle, on)) };
}

function remarks({ comment, printedLabel }: { comment?: string; printedLabel?: string }) {
  return { ...(comment && { comment }), ...(printedLabel && { printedLabel }) };
}

/** They come by the thousand: of an object with so many fields, a spread takes twice the time that this takes. */
const withAssessments = (
  item: AdoptedItem,
  change: Partial<Pick<AdoptedItem, 'assessments' | 'withdrawn'>>,
): AdoptedItem => Object.assign({}, item, change);

function assessed({ actor, data, effectiveOn, position, recordedAt }: RecordedFact<ItemAssessed>): Assessment {
  const { itemId: _item, planId: _plan, ...made } = data;
  const by = actor.body ? { role: actor.role, body: actor.body } : { role: actor.role };
  return { ...made, effectiveOn, recordedAt, position, by };
}

function corrected(assessment: Assessment, { data, position, recordedAt }: RecordedFact<AssessmentCorrected>) {
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
  return assessments.toSpliced(indexAfter(assessments, added.effectiveOn), 0, added);
}

/** Where the assessments end that speak of a day or of earlier ones. They are in the order of their days. */
function indexAfter(assessments: readonly Assessment[], day: string): number {
  let low = 0;
  let high = assessments.length;
  // Most are recorded in the order of their days.
  if (high === 0 || assessments[high - 1]!.effectiveOn <= day) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (assessments[middle]!.effectiveOn <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** An assessment of an item, also one that was withdrawn. */
export function assessmentOf(item: Item, id: string): Assessment | undefined {
  if (item.status === 'unadopted') return undefined;
  const isIt = ({ assessmentId }: Assessment) => assessmentId === id;
  return item.assessments.find(isIt) ?? item.withdrawn.find(isIt);
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
} satisfies { readonly [Name in keyof AdoptedItem as AdoptedItem[Name] extends Dated<unknown> ? Name : never]: true };

/** Whether what an item is now says other than what it was on a day. */
export const isRevisedAfter = (item: AdoptedItem, day: string): boolean =>
  Object.keys(datedProperties).some((name) => item[name as keyof typeof datedProperties].since > day);
