import { isJudgement } from '../../item.properties.js';
import type { Fact } from './facts.js';

/** What the owner of the plan said of an item, and which event says it at length. */
export interface OwnersJudgement {
  readonly assessmentId: string;
  readonly roundId: string;
  readonly level: string;
  /** The day that it speaks of. */
  readonly on: string;
  /** Of the event that made it. */
  readonly revision: number;
  /** Of the event that says it as last corrected. */
  readonly said: number;
}

/** The last of those that are no longer kept: up to it, the level was the same since a day. */
interface Earlier {
  readonly on: string;
  readonly revision: number;
  readonly level: string;
  readonly since: string;
}

/**
 * The owner's judgements that stand, as far as they say how an item stands now: the newest of them, oldest first, and since
 * when the level was the same before them. Bounded, however many there are.
 */
export interface OwnersJudgements {
  readonly newest: readonly OwnersJudgement[];
  readonly earlier?: Earlier;
  /** What changed lies before all that is kept, so that only the facts tell what came of it. */
  readonly unsettled?: true;
}

export const noJudgements: OwnersJudgements = { newest: [] };

/** So many are kept: rounds of two years or more. */
const kept = 8;

/** The judgements after one more fact about one of them. @param most how many are kept */
export function withJudgement(known: OwnersJudgements, fact: Fact, most = kept): OwnersJudgements {
  if (!isJudgement(fact)) return known;
  if (fact.type === 'ItemAssessed') return withMade(known, fact, most);
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

function withMade(
  known: OwnersJudgements,
  { data, effectiveOn: on, revision }: Fact & { readonly type: 'ItemAssessed' },
  most: number,
): OwnersJudgements {
  const { assessmentId, level, roundId } = data;
  if (known.earlier && !isAfter({ on, revision }, known.earlier)) return { ...known, unsettled: true };
  const place = known.newest.findLastIndex((one) => isAfter({ on, revision }, one)) + 1;
  const made = { assessmentId, roundId, level, on, revision, said: revision };
  return bounded({ ...known, newest: known.newest.toSpliced(place, 0, made) }, most);
}

/** The level of the newest; null where there is none; undefined where only the facts tell. */
export function newestLevel({ earlier, newest, unsettled }: OwnersJudgements): string | null | undefined {
  const last = newest.at(-1);
  if (last) return last.level;
  return unsettled ? undefined : (earlier?.level ?? null);
}

/** Since when the level of the newest has been the same; undefined where only the facts tell. */
export function levelSince({ earlier, newest, unsettled }: OwnersJudgements): string | undefined {
  const last = newest.at(-1);
  if (!last) return undefined;
  const changed = newest.findLastIndex(({ level }) => level !== last.level);
  if (changed >= 0 || !earlier) return newest[changed + 1]!.on;
  if (unsettled) return undefined;
  return earlier.level === last.level ? earlier.since : newest[0]!.on;
}

/** It is about one that is not kept, where there are such. */
const beyond = (known: OwnersJudgements): OwnersJudgements => (known.earlier ? { ...known, unsettled: true } : known);

function bounded(known: OwnersJudgements, most: number): OwnersJudgements {
  if (known.newest.length <= most) return known;
  const [{ level, on, revision }, ...newest] = known.newest as [OwnersJudgement, ...OwnersJudgement[]];
  const since = known.earlier?.level === level ? known.earlier.since : on;
  return { ...known, newest, earlier: { on, revision, level, since } };
}

type Place = Pick<OwnersJudgement, 'on' | 'revision'>;

/** Those that speak of a later day come later; of one day, those that were recorded later. */
const isAfter = (one: Place, other: Place): boolean =>
  one.on > other.on || (one.on === other.on && one.revision > other.revision);
