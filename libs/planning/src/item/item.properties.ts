import { later, placeOf } from '#kernel';
import type { Dated, Own, RecordedFact, Writable } from '#kernel';
import type { Cancelled } from '#organisation';
import type {
  AssessmentCorrected,
  AssessmentReinstated,
  AssessmentWithdrawn,
  Concerned,
  DiscontinuationReason,
  ItemAdopted,
  ItemAssessed,
  ItemEvent,
  ItemRevisionRetracted,
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
  /** How the document itself calls what happened. */
  readonly printedLabel?: string;
  readonly on: string;
}

/** Its numbers elsewhere, who gave it, and who acts through whom. */
export type ItemParticulars = Pick<ItemAdopted['data'], 'acting' | 'given' | 'otherNumbers'>;

/** What is said of an item itself, whoever judges it how. What it lacks is null, so that a document can hold it as it is. */
export interface ItemProperties {
  readonly status: 'adopted';
  /** That it should not have been adopted: then nothing of it holds on any day. */
  readonly cancelled?: Cancelled;
  readonly planId: string;
  readonly key?: string;
  readonly kind: string;
  readonly adoptedOn: string;
  /** What documents tell of it beside what it is; left out where they tell nothing. */
  readonly particulars?: ItemParticulars;
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

/** Those of an item's events that judge it; all others change what it is. */
export type JudgementEvent = MakingEvent | AssessmentCorrected | AssessmentWithdrawn;

/** Those by which an assessment comes to stand: for the first time, or again. */
export type MakingEvent = ItemAssessed | AssessmentReinstated;

/** Whether an assessment comes to stand by an event. */
export const isMaking = (event: RecordedFact<ItemEvent>): event is RecordedFact<MakingEvent> =>
  event.type === 'ItemAssessed' || event.type === 'AssessmentReinstated';

/** Whether an event judges the item. */
export const isJudgement = (event: RecordedFact<ItemEvent>): event is RecordedFact<JudgementEvent> =>
  'assessmentId' in event.data;

/** What is said of an item from a day on. */
export type DatedProperty = {
  [Name in keyof ItemProperties]-?: ItemProperties[Name] extends Dated<unknown> ? Name : never;
}[keyof ItemProperties];

/** Values of some of these properties. */
export type DatedValues = {
  readonly [Name in DatedProperty]?: ItemProperties[Name] extends Dated<infer Value> ? Value : never;
};

const all: Readonly<Record<DatedProperty, true>> = {
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
};
/** Every such property. */
export const datedProperties = Object.keys(all) as readonly DatedProperty[];

/** What an event says of these properties from its day on; what it says nothing of is left out. */
export function saidOfDays(event: RecordedFact<Exclude<ItemEvent, JudgementEvent>>): DatedValues {
  switch (event.type) {
    case 'ItemAdopted': {
      const { concerned = null, documents, expectedEffects, number = null, parents } = event.data;
      const { responsible, text = null, title } = event.data;
      const placed = { number, parents, concerned, responsible, lifecycle: active, hold: null };
      return { ...placed, title, text, documents, expectedEffects };
    }
    case 'ItemReworded': {
      const { documents, expectedEffects, text, title } = event.data;
      return {
        ...(title !== undefined && { title }),
        ...(text !== undefined && { text }),
        ...(documents && { documents }),
        ...(expectedEffects && { expectedEffects }),
      };
    }
    case 'ItemRenumbered':
      return { number: event.data.number ?? null };
    case 'ItemMoved':
      return { parents: event.data.parents };
    case 'ItemConcernedChanged':
      return { concerned: event.data.concerned ?? null };
    case 'ItemResponsibleChanged':
      return { responsible: event.data.responsible };
    case 'ItemRetained':
      return { lifecycle: { state: 'retained', ...remarks(event.data) } };
    case 'ItemCompleted':
      return { lifecycle: { state: 'completed', ...remarks(event.data) } };
    case 'ItemDiscontinued':
      return { lifecycle: { state: 'discontinued', reason: event.data.reason, ...remarks(event.data) } };
    case 'ItemHeld': {
      const { reason, until } = event.data;
      return { hold: { until, reason } };
    }
    case 'ItemResumed':
      return { hold: null };
    // Two take back what others have said; the others say something of other items.
    case 'ItemAnswerDeclared':
    case 'ItemCancelled':
    case 'ItemRevisionRetracted':
    case 'ItemSucceeded':
      return {};
  }
}

const active: Lifecycle = { state: 'active' };

function remarks({ comment, printedLabel }: { comment?: string; printedLabel?: string }) {
  return { ...(comment && { comment }), ...(printedLabel && { printedLabel }) };
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
  if (event.type === 'ItemSucceeded') {
    const { inferred, kind, successorId, successorPlanId } = event.data;
    const link = { itemId: successorId, planId: successorPlanId, kind, inferred, on: event.effectiveOn };
    const successors = own(item.successors);
    successors.push({ ...link, ...remarks(event.data) });
    item.successors = successors;
    return;
  }
  if (event.type === 'ItemRevisionRetracted') {
    takeBack(item, event);
    return;
  }
  if (event.type === 'ItemCancelled') {
    item.cancelled = { reason: event.data.reason, recordedAt: event.recordedAt };
    return;
  }
  const said = saidOfDays(event);
  const place = placeOf(event);
  for (const name of datedProperties) {
    const value = said[name];
    if (value !== undefined) item[name] = later(item[name] as Dated<unknown>, { value, ...place }) as never;
  }
}

/** What was taken back before it was told when the rest was said: of the same day, whatever is recorded since counts. */
const longBefore = -100_000;

/** What is said of a later day stands: there, what is taken back held no longer. */
function takeBack(
  item: Writable<ItemProperties>,
  { data: { restores, successor }, effectiveOn: day }: RecordedFact<ItemRevisionRetracted>,
): void {
  for (const name of datedProperties) {
    const restored = restores[name];
    // Of what is kept for one purpose, not every property is.
    const known = item[name] as Dated<unknown> | undefined;
    if (!restored || known?.since !== day) continue;
    const { said = longBefore, since, value } = restored;
    item[name] = { value, since, ...(said !== 0 && { said }) } as never;
  }
  if (!successor) return;
  const isGone = ({ itemId, kind, on }: Successor) =>
    itemId === successor.itemId && kind === successor.kind && on === day;
  item.successors = item.successors.filter((link) => !isGone(link));
}

/** What an item is when it is adopted. */
export function propertiesOf(event: RecordedFact<ItemAdopted>): ItemProperties {
  const { data, effectiveOn: since } = event;
  const place = placeOf(event);
  const said = Object.entries(saidOfDays(event)).map(([name, value]) => [name, { value, ...place }]);
  return {
    status: 'adopted',
    planId: data.planId,
    ...(data.key && { key: data.key }),
    kind: data.kind,
    adoptedOn: since,
    ...particularsOf(data),
    ...(Object.fromEntries(said) as Pick<ItemProperties, DatedProperty>),
    successors: [],
  };
}

function particularsOf({ acting, given, otherNumbers }: ItemAdopted['data']): Pick<ItemProperties, 'particulars'> {
  if (!acting && !given && !otherNumbers) return {};
  return { particulars: { ...(otherNumbers && { otherNumbers }), ...(given && { given }), ...(acting && { acting }) } };
}
