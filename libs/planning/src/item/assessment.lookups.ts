import type { Acting, StateLookup } from '#deciding';
import { indicators } from '#indicators';
import { NotFound } from '#kernel';
import { groups, membersOn, speakersFor } from '#organisation';
import type { PlanContent } from '../plan/plan.events.js';
import { scales } from '../scale/scale.decider.js';
import { JudgementsTold, toldOf } from './assessment.told.js';
import type { ToldAssessment } from './assessment.told.js';
import type { Evidence, ItemEvent } from './item.events.js';
import { needItem } from './item.lookups.js';
import { evolve, unadopted } from './item.js';
import type { Item } from './item.js';
import { isJudgement } from './item.properties.js';
import { judgementIn } from './item.state.js';
import type { ItemState, Judgement } from './item.state.js';

/** The round that an assessment is made in. */
export interface RoundFact {
  readonly planId: string;
  readonly label: string;
  readonly referenceDate: string;
  readonly scope: readonly string[];
  /** Whether bodies contribute also to items that do not concern them. */
  readonly othersMayContribute: boolean;
  /** Whether it was opened: from then on assessments are made in it, also once it is frozen. */
  readonly isOpened: boolean;
  /** Whether it was cancelled: then nothing more is said in it. */
  readonly isCancelled?: boolean;
}

/** @throws NotFound where an assessment rests on what does not exist */
export async function needEvidence(evidence: readonly Evidence[], lookup: StateLookup): Promise<void> {
  for (const ground of evidence) {
    if ('itemId' in ground && ground.itemId !== undefined) await needItem(ground.itemId, lookup);
    if ('indicatorId' in ground && ground.indicatorId !== undefined) {
      await lookup.need(indicators, ground.indicatorId);
    }
  }
}

/** The codes of the levels of a version of a scale, best first. */
export async function levelsOf(
  scale: NonNullable<PlanContent['scale']>,
  lookup: StateLookup,
): Promise<readonly string[]> {
  const found = await lookup.need(scales, scale.scaleId);
  const levels = found.status === 'defined' ? (found.versions[scale.version] ?? []) : [];
  return levels.map(({ code }) => code);
}

/** Whether a round takes contributions of a body to an item: of those that it concerns on the day of the round, or of all. */
export const takesContribution = async (
  { othersMayContribute, referenceDate }: RoundFact,
  item: ItemState,
  bodyId: string,
  lookup: StateLookup,
): Promise<boolean> => othersMayContribute || isConcerned(item, bodyId, referenceDate, lookup);

/** Whether an item concerns a body on a day: named, as a member of its group then, or answering for it. */
async function isConcerned(item: ItemState, bodyId: string, day: string, lookup: StateLookup): Promise<boolean> {
  const then = await itemOn(item, day, lookup);
  if (then.status === 'unadopted') return false;
  const concerned = then.concerned.value;
  if (then.responsible.value.includes(bodyId)) return true;
  if (concerned === null) return false;
  if (!('groupId' in concerned)) return concerned.bodies.includes(bodyId);
  const group = await lookup.need(groups, concerned.groupId);
  return group.status !== 'undefined' && membersOn(group.memberships, day).includes(bodyId);
}

/** What an item that decides was on a day: its story is read only where what counts here was revised after that. */
async function itemOn(item: ItemState, day: string, lookup: StateLookup): Promise<ItemState | Item> {
  if (item.status === 'unadopted' || (item.concerned.since <= day && item.responsible.since <= day)) return item;
  let then: Item = unadopted;
  await lookup.readStory<ItemEvent>((event) => {
    if (event.effectiveOn <= day && !isJudgement(event)) then = evolve(then, event);
  });
  return then;
}

interface OfAssessment {
  readonly assessmentId: string;
}

type ToldFacts = { readonly assessment: ToldAssessment | undefined };

/** Of which day and body a command is that changes an assessment: of its own, whoever gives it on whichever day. */
export const ofAssessment = {
  about: ({ assessmentId }: OfAssessment, lookup: StateLookup) => toldAssessment(assessmentId, lookup),
  effectiveOn: ({ assessment }: ToldFacts) => assessment?.effectiveOn,
  corrects: ({ assessment }: ToldFacts) => assessment?.newest,
  actsFor: (_: unknown, _item: ItemState, told: ToldAssessment | undefined, acting: Acting) =>
    told && speakersFor(told.bodyId, acting, acting.id),
};

/** An assessment of the item that decides, as its story tells it: of old ones, the state holds nothing. */
async function toldAssessment(id: string, lookup: StateLookup): Promise<ToldAssessment | undefined> {
  let told: ToldAssessment | undefined;
  await lookup.readStory<ItemEvent>((event) => {
    told = toldOf(told, event, id);
  });
  return told;
}

/** What a body says in a round, where the state of the item that decides has forgotten it. */
export async function forgottenJudgement(
  item: ItemState,
  { bodyId, roundId }: { readonly bodyId: string; readonly roundId: string },
  lookup: StateLookup,
): Promise<Judgement | undefined> {
  if (item.status === 'unadopted' || judgementIn(item, roundId, bodyId) !== 'forgotten') return undefined;
  const told = new JudgementsTold(roundId, bodyId);
  await lookup.readStory<ItemEvent>((event) => told.take(event));
  return told.newest;
}

/** @throws NotFound */
export function needAssessment(told: ToldAssessment | undefined, id: string): ToldAssessment {
  if (!told) throw new NotFound('assessment', id);
  return told;
}
