import { comesAfter, placeOf } from '#kernel';
import { isMaking } from '../../item.properties.js';
import type { Fact } from '../item-status/facts.js';

/** The day that it speaks of, the revision that made it, and how many days after that it was said, where not on it. */
type Place = readonly [on: string, revision: number, saidAfter?: number];

/** A body's newest judgement, by the events that made it and that say it as last corrected. */
interface NewestContribution {
  readonly assessmentId: string;
  readonly revision: number;
  readonly said: number;
}

/** What one body contributes to an item: its newest judgement, and where its first one stands, by which bodies are ordered. */
export interface Contribution {
  /** Left out where only the facts tell which it is. */
  readonly first?: Place;
  /** Left out where only the facts tell which it is. */
  readonly newest?: NewestContribution;
  /** The newest place that there has been. */
  readonly last: Place;
  /** Whether there are others than the newest. */
  readonly others?: true;
}

/**
 * As documents keep one: there are many, and the names of fields weigh more than what they hold. Which event says the newest is
 * left out where it is the one that made it.
 */
type Row = readonly [
  first: Place | null,
  newest: readonly [assessmentId: string, revision: number, said?: number] | null,
  last: Place,
  others: 0 | 1,
];

/** By body. Bounded by the bodies. */
export type Contributions = Readonly<Record<string, Row>>;

/** The contributions after one more fact about one of them. */
export function withContribution(known: Contributions, fact: Fact): Contributions {
  if (!('assessmentId' in fact.data)) return known;
  const { bodyId } = fact.data;
  const before = Object.hasOwn(known, bodyId) ? contributionIn(known[bodyId]!) : undefined;
  const after = contributionAfter(before, fact);
  if (after) return { ...known, [bodyId]: rowOf(after) };
  const { [bodyId]: _, ...rest } = known;
  return rest;
}

/** The bodies that contribute, in the order of what each said first; undefined where only the facts tell. */
export function contributing(known: Contributions): (Contribution & { newest: object })[] | undefined {
  const all = Object.values(known).map(contributionIn);
  if (all.some(({ first, newest }) => !first || !newest)) return undefined;
  return (all as (Contribution & { newest: object })[]).sort((one, other) =>
    isAfter(one.first!, other.first!) ? 1 : -1,
  );
}

const rowOf = ({ first, last, newest, others }: Contribution): Row => [
  first ?? null,
  newest ? newestIn(newest) : null,
  last,
  others ? 1 : 0,
];

const newestIn = ({ assessmentId, revision, said }: NewestContribution): NonNullable<Row[1]> =>
  said === revision ? [assessmentId, revision] : [assessmentId, revision, said];

function newestOf([assessmentId, revision, said = revision]: NonNullable<Row[1]>): NewestContribution {
  return { assessmentId, revision, said };
}

function contributionIn([first, newest, last, others]: Row): Contribution {
  const told = newest && { newest: newestOf(newest) };
  return { ...(first && { first }), ...told, last, ...(others && { others: true }) };
}

function contributionAfter(known: Contribution | undefined, fact: Fact): Contribution | undefined {
  const { data, revision, type } = fact;
  if (isMaking(fact)) {
    const { said, since } = placeOf(fact);
    const place: Place = said === undefined ? [since, revision] : [since, revision, said];
    const made = { assessmentId: fact.data.assessmentId, revision, said: revision };
    if (!known) return { first: place, newest: made, last: place };
    const first = known.first && { first: isAfter(known.first, place) ? place : known.first };
    if (isAfter(place, known.last)) return { ...first, newest: made, last: place, others: true };
    return { ...known, ...first, others: true };
  }
  if (!known || !('assessmentId' in data)) return known;
  const isNewest = known.newest?.assessmentId === data.assessmentId;
  if (type === 'AssessmentCorrected') {
    return isNewest ? { ...known, newest: { ...known.newest, said: revision } } : known;
  }
  if (isNewest && !known.others) return undefined;
  const { first: _first, newest, ...rest } = known;
  // Which one was withdrawn is not known: it may have been the first.
  if (!isNewest) return known.others ? { ...rest, ...(newest && { newest }) } : known;
  const isFirst = known.first?.[1] === known.newest.revision;
  return { ...rest, ...(known.first && !isFirst && { first: known.first }) };
}

function isAfter(one: Place, other: Place): boolean {
  const [place, known] = [placeIn(one), placeIn(other)];
  return comesAfter(place, known) || (one[1] > other[1] && !comesAfter(known, place));
}

const placeIn = ([since, , said = 0]: Place) => ({ since, said });
