import { digestOfText, foldOf, normaliseText, placeAfter, saidOn } from '#kernel';
import type { Own, RecordedFact } from '#kernel';
import { changeProperties, isJudgement, isMaking, propertiesOf } from './item.properties.js';
import type { Assessment, UnadoptedItem } from './item.js';
import type { ItemProperties, JudgementEvent, MakingEvent } from './item.properties.js';
import type { AssessmentCorrected, ItemEvent } from './item.events.js';
import { seriesAfter, seriesOf } from './item.series.js';
import type { ItemSeries } from './item.series.js';

/** An item as decisions see it: what it is, and what stands of each body in each round, however long its story is. */
export type ItemState = UnadoptedItem | JudgedItem;

export interface JudgedItem extends ItemProperties {
  /** What was said of each property of which days. */
  readonly series: ItemSeries;
  /** By the ids of rounds, and of bodies within a round. */
  readonly judgements: Readonly<Record<string, RoundJudgements>>;
  /** The items that it answers, by the revisions that said so; left out where it answers none. */
  readonly answers?: readonly AnsweredItem[];
}

interface AnsweredItem {
  readonly itemId: string;
  readonly revision: number;
}

type RoundJudgements = Readonly<Record<string, BodyJudgements>>;

/** The judgements of a body in a round that stand, of which the one said last is what it says. */
interface BodyJudgements {
  /** Those said last, at most `newestHeld` of them, oldest first: a withdrawal leaves an earlier one standing. */
  readonly newest: readonly Judgement[];
  /** How many stand beside those, which the item's story tells. */
  readonly older: number;
  /** How often it has judged and corrected, also what was withdrawn since. */
  readonly times: number;
}

export interface Judgement {
  readonly assessmentId: string;
  readonly scale: Assessment['scale'];
  /** Of what it says: a decision asks only whether the next one says the same. */
  readonly digest: string;
  /** The day on which it was said. */
  readonly said: string;
}

type Said = Pick<Assessment, 'level' | 'motivation' | 'evidence'>;

const newestHeld = 4;

/** Folds what decisions need to know. */
export const { evolve, folding } = foldOf<ItemState, ItemEvent>((item, event, own) => {
  if (event.type === 'ItemAdopted') return { ...propertiesOf(event), series: seriesOf(event), judgements: {} };
  if (item.status === 'unadopted') return item;
  const next = own(item);
  if (isJudgement(event)) {
    const { bodyId, roundId } = event.data;
    const judgements = own(next.judgements);
    const ofRound = own(judgements[roundId] ?? {});
    ofRound[bodyId] = judged(ofRound[bodyId] ?? { newest: [], older: 0, times: 0 }, event, own);
    judgements[roundId] = ofRound;
    next.judgements = judgements;
  } else {
    changeProperties(next, event, own);
    const answers = answersAfter(item.answers ?? [], event);
    if (answers !== item.answers && (answers.length > 0 || item.answers)) next.answers = answers;
    next.series = seriesAfter(next.series, event, own);
  }
  return next;
});

function answersAfter(known: readonly AnsweredItem[], event: RecordedFact<ItemEvent>): readonly AnsweredItem[] {
  if (event.type === 'ItemAnswerDeclared') {
    return [...known, { itemId: event.data.answersId, revision: event.revision }];
  }
  if (event.type !== 'ItemRevisionRetracted') return known;
  return known.filter(({ revision }) => !event.data.revisions.includes(revision));
}

function judged({ times, ...standing }: BodyJudgements, event: RecordedFact<JudgementEvent>, own: Own): BodyJudgements {
  const said = event.type === 'AssessmentWithdrawn' ? times : times + 1;
  return { ...standingAfter(standing, event, own), times: said };
}

type Standing = Omit<BodyJudgements, 'times'>;

function standingAfter({ newest, older }: Standing, event: RecordedFact<JudgementEvent>, own: Own): Standing {
  const held = own(newest);
  const { assessmentId } = event.data;
  if (isMaking(event)) {
    withJudgement(held, judgementOf(event));
    // What was said before all that is kept may have been said before what is not kept, too.
    const isOlder = older > 0 && event.attested !== undefined && held[0]!.assessmentId === assessmentId;
    if (held.length <= newestHeld && !isOlder) return { newest: held, older };
    held.shift();
    return { newest: held, older: older + 1 };
  }
  const place = held.findIndex((judgement) => judgement.assessmentId === assessmentId);
  if (event.type === 'AssessmentWithdrawn') {
    if (place < 0) return { newest: held, older: Math.max(0, older - 1) };
    held.splice(place, 1);
  } else if (place >= 0) {
    held[place] = rectified(held[place]!, event);
  }
  return { newest: held, older };
}

export const judgementOf = (event: RecordedFact<MakingEvent>): Judgement => ({
  assessmentId: event.data.assessmentId,
  scale: event.data.scale,
  digest: digestOfSaid(event.data),
  said: saidOn(event),
});

/** Puts a judgement where it was said among others. @param held is written to */
export function withJudgement(held: Judgement[], made: Judgement): void {
  held.splice(
    placeAfter(held, ({ said }) => said <= made.said),
    0,
    made,
  );
}

export const rectified = (judgement: Judgement, { data }: AssessmentCorrected): Judgement => ({
  ...judgement,
  digest: digestOfSaid(data),
});

/** What is recorded is in NFC, and what a caller says may not be. */
const digestOfSaid = ({ evidence, level, motivation }: Said): string =>
  digestOfText(normaliseText(JSON.stringify([level, motivation, evidence])));

/** Whether a judgement says the same as another, on the same version of the scale. */
export const saysTheSame = ({ digest, scale }: Judgement, next: Said & Pick<Assessment, 'scale'>): boolean =>
  scale.scaleId === next.scale.scaleId && scale.version === next.scale.version && digest === digestOfSaid(next);

/**
 * What a body says of an item in a round.
 * @returns undefined where it says nothing; `forgotten` where the story must be asked
 */
export function judgementIn(
  { judgements }: JudgedItem,
  roundId: string,
  bodyId: string,
): Judgement | undefined | 'forgotten' {
  const { newest = [], older = 0 } = judgements[roundId]?.[bodyId] ?? {};
  return newest.at(-1) ?? (older > 0 ? 'forgotten' : undefined);
}

/** How often a body has judged an item in a round, and corrected what it said. */
export const timesJudged = ({ judgements }: JudgedItem, roundId: string, bodyId: string): number =>
  judgements[roundId]?.[bodyId]?.times ?? 0;

/** How many judgements of an item stand, of whichever body and round. */
export const standingIn = ({ judgements }: JudgedItem): number =>
  Object.values(judgements)
    .flatMap((ofRound) => Object.values(ofRound))
    .reduce((sum, { newest, older }) => sum + newest.length + older, 0);
