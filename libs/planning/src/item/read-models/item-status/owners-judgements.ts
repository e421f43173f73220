import { comesAfter, placeOf } from '#kernel';
import type { Place } from '#kernel';
import { isJudgement, isMaking } from '../../item.properties.js';
import type { MakingEvent } from '../../item.properties.js';
import type { Assessment } from '../../item.js';
import type { Fact } from './facts.js';

/** A level, and the version of the scale that it is of. */
export type ScaledLevel = Pick<Assessment, 'level' | 'scale'>;

/** What the owner of the plan said of an item, and which event says it at length. */
export interface OwnersJudgement {
  readonly assessmentId: string;
  readonly roundId: string;
  readonly level: string;
  /** Which of the versions that are named beside the judgements its level is of; the first where it is left out. */
  readonly scale?: number;
  /** The day that it speaks of. */
  readonly on: string;
  /** How many days after that it was said, where not on it. */
  readonly late?: number;
  /** Of the event that made it. */
  readonly revision: number;
  /** Of the event that says it as last corrected, where that is another one. */
  readonly said?: number;
}

/** The last of those that are no longer kept: up to it, the level was the same since a day. */
interface Earlier {
  readonly on: string;
  readonly late?: number;
  readonly revision: number;
  readonly level: string;
  readonly scale?: number;
  readonly since: string;
}

/**
 * The owner's judgements that stand, as far as they say how an item stands now: the newest of them, oldest first, and since
 * when the level was the same before them. Bounded, however many there are.
 */
export interface OwnersJudgements {
  readonly newest: readonly OwnersJudgement[];
  /** The versions of scales that they were made on: nearly always one. */
  readonly scales: readonly Assessment['scale'][];
  readonly earlier?: Earlier;
  /** What changed lies before all that is kept, so that only the facts tell what came of it. */
  readonly unsettled?: true;
}

export const noJudgements: OwnersJudgements = { newest: [], scales: [] };

/** So many are kept: rounds of two years. */
const kept = 6;

/** The judgements after one more fact about one of them. @param most how many are kept */
export function withJudgement(known: OwnersJudgements, fact: Fact, most = kept): OwnersJudgements {
  if (!isJudgement(fact)) return known;
  if (isMaking(fact)) return withMade(known, fact, most);
  const { assessmentId } = fact.data;
  if (known.newest.every((one) => one.assessmentId !== assessmentId)) return beyond(known);
  if (fact.type === 'AssessmentWithdrawn') {
    return { ...known, newest: known.newest.filter((one) => one.assessmentId !== assessmentId) };
  }
  const { level } = fact.data;
  const corrected = (one: OwnersJudgement) =>
    one.assessmentId === assessmentId ? { ...one, level, said: fact.revision } : one;
  return { ...known, newest: known.newest.map(corrected) };
}

function withMade(known: OwnersJudgements, fact: Fact & MakingEvent, most: number): OwnersJudgements {
  const { data, revision } = fact;
  const { assessmentId, level, roundId } = data;
  const { since: on, said: late } = placeOf(fact);
  const day = { on, ...(late !== undefined && { late }) };
  if (known.earlier && !isAfter({ ...day, revision }, known.earlier)) return { ...known, unsettled: true };
  const place = known.newest.findLastIndex((one) => isAfter({ ...day, revision }, one)) + 1;
  const [scales, scale] = numbered(known.scales, data.scale);
  const made = { assessmentId, roundId, level, ...(scale > 0 && { scale }), ...day, revision };
  return bounded({ ...known, scales, newest: known.newest.toSpliced(place, 0, made) }, most);
}

/** The versions with one more, and its place among them. */
function numbered(
  scales: OwnersJudgements['scales'],
  scale: Assessment['scale'],
): [OwnersJudgements['scales'], number] {
  const place = scales.findIndex((one) => isSameScale(one, scale));
  return place >= 0 ? [scales, place] : [[...scales, scale], scales.length];
}

/** Whether two are the same version of the same scale: levels of others are not compared. */
export const isSameScale = (one: Assessment['scale'], other: Assessment['scale']): boolean =>
  one.scaleId === other.scaleId && one.version === other.version;

/** The level of the newest; null where there is none; undefined where only the facts tell. */
export function newestLevel({ earlier, newest, scales, unsettled }: OwnersJudgements): ScaledLevel | null | undefined {
  const last = newest.at(-1) ?? (unsettled ? undefined : earlier);
  if (last) return { level: last.level, scale: scales[last.scale ?? 0]! };
  return unsettled ? undefined : null;
}

/** Since when the level of the newest has been the same; undefined where only the facts tell. */
export function levelSince({ earlier, newest, unsettled }: OwnersJudgements): string | undefined {
  const last = newest.at(-1);
  if (!last) return undefined;
  const changed = newest.findLastIndex((one) => !isSameLevel(one, last));
  if (changed >= 0 || !earlier) return newest[changed + 1]!.on;
  if (unsettled) return undefined;
  return isSameLevel(earlier, last) ? earlier.since : newest[0]!.on;
}

/** It is about one that is not kept, where there are such. */
const beyond = (known: OwnersJudgements): OwnersJudgements => (known.earlier ? { ...known, unsettled: true } : known);

/** The same with the newest alone. @param most how many are kept */
export function bounded(known: OwnersJudgements, most: number): OwnersJudgements {
  if (known.newest.length <= most) return known;
  const [oldest, ...newest] = known.newest as [OwnersJudgement, ...OwnersJudgement[]];
  const { level, on, revision, late, scale } = oldest;
  const told = { ...(late !== undefined && { late }), ...(scale !== undefined && { scale }) };
  const since = known.earlier && isSameLevel(known.earlier, oldest) ? known.earlier.since : on;
  const earlier = { on, revision, level, ...told, since };
  return bounded({ ...known, newest, earlier }, most);
}

type Level = Pick<OwnersJudgement, 'level' | 'scale'>;

/** A code of one version of a scale is no code of another one. */
const isSameLevel = (one: Level, other: Level): boolean => one.level === other.level && one.scale === other.scale;

type Told = Pick<OwnersJudgement, 'on' | 'late' | 'revision'>;

/** Those that speak of a later day come later, of one day those that were said later, and of these those that were recorded later. */
function isAfter(one: Told, other: Told): boolean {
  const [place, known] = [placeIn(one), placeIn(other)];
  return comesAfter(place, known) || (one.revision > other.revision && !comesAfter(known, place));
}

const placeIn = ({ on: since, late: said }: Told): Place => (said === undefined ? { since } : { since, said });
