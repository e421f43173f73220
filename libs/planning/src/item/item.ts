import { copied, placeAfter, provenanceOf, saidOn } from '#kernel';
import type { Provenance, RecordedFact, Role, SaidWhen } from '#kernel';
import type { AssessmentCorrected, AssessmentWithdrawn, Capacity, Evidence, ItemEvent } from './item.events.js';
import { changeProperties, datedProperties, isJudgement, propertiesOf } from './item.properties.js';
import type { DatedProperty, Hold, ItemProperties, MakingEvent } from './item.properties.js';

/** An assessment as last corrected. */
export interface Assessment extends Provenance {
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

/** An item as its stream tells it. */
export interface AdoptedItem extends ItemProperties {
  /** Those that stand, in the order of the days that they speak of, within a day as they were said, and then as recorded. */
  readonly assessments: readonly Assessment[];
  /** Those that were withdrawn, as they stood last. */
  readonly withdrawn: readonly Assessment[];
}

export const unadopted: UnadoptedItem = { status: 'unadopted' };

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
    case 'AssessmentReinstated':
      return withAssessments(item, reinstated(item, assessed(event)));
    case 'AssessmentCorrected':
      return withAssessments(item, { assessments: item.assessments.map((one) => corrected(one, event)) });
    case 'AssessmentWithdrawn':
      return withAssessments(item, withdrawn(item, event.data));
  }
}

/** They come by the thousand: of an object with so many fields, a spread takes twice the time that this takes. */
const withAssessments = (
  item: AdoptedItem,
  change: Partial<Pick<AdoptedItem, 'assessments' | 'withdrawn'>>,
): AdoptedItem => Object.assign({}, item, change);

/** An assessment as it was made, or has come to stand again. */
export function assessed(event: RecordedFact<MakingEvent>): Assessment {
  const { actor, data, effectiveOn, position, recordedAt } = event;
  const { itemId: _item, planId: _plan, reason: _reason, ...made } = { reason: undefined, ...data };
  const by = actor.body ? { role: actor.role, body: actor.body } : { role: actor.role };
  return { ...made, effectiveOn, recordedAt, position, by, ...provenanceOf(event) };
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

function reinstated(item: AdoptedItem, assessment: Assessment) {
  const isOther = ({ assessmentId }: Assessment) => assessmentId !== assessment.assessmentId;
  return { assessments: inserted(item.assessments, assessment), withdrawn: item.withdrawn.filter(isOther) };
}

/** After those of earlier days, and those of its own day that were said before it. */
function inserted(assessments: readonly Assessment[], added: Assessment): Assessment[] {
  const place = placeAfter(
    assessments,
    (one) =>
      one.effectiveOn < added.effectiveOn || (one.effectiveOn === added.effectiveOn && !wasSaidAfter(one, added)),
  );
  return assessments.toSpliced(place, 0, added);
}

/** Whether something was said later than what was recorded after it: only where that is attested can it have been. */
export const wasSaidAfter = (one: SaidWhen, next: SaidWhen): boolean =>
  next.attested !== undefined && saidOn(one) > next.attested.on;

/** Whether an assessment is the plan owner's, and so the item's status. */
export const isOwners = ({ capacity }: Pick<Assessment, 'capacity'>): boolean => capacity === 'owner';

/**
 * Of two assessments by a body in a round, the one said last, and of one day the one recorded last: it is what the body says,
 * whichever day it speaks of.
 */
export function newer(known: Assessment | undefined, next: Assessment): Assessment {
  if (!known) return next;
  const [first, last] = known.position > next.position ? [next, known] : [known, next];
  return wasSaidAfter(first, last) ? first : last;
}

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

/** Whether what an item is now says other than what it was on a day. */
export const isRevisedAfter = (item: Pick<AdoptedItem, DatedProperty>, day: string): boolean =>
  datedProperties.some((name) => item[name].since > day);
