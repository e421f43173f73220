import type { Document } from '#document-store';
import type { Role } from '#kernel';
import { partId } from '#projecting';
import type { AdoptedItem } from '../../item.js';
import type { Contributions } from './contributions.js';
import type { Facts } from './facts.js';
import type { OwnersJudgements } from './owners-judgements.js';
import type { Words } from './slim-events.js';

/**
 * An item without the assessments of it. Where it says something at length (`text`, `documents`, `expectedEffects`, and
 * what is said of successors), there stands a reference to the event that says it.
 */
export type OwnState = Omit<AdoptedItem, 'assessments' | 'withdrawn' | 'status'>;

/** What items are listed, counted and sorted by. */
export interface ListedItem extends Document, OwnState {
  readonly tenant: string;
  /** The level of the owner's newest assessment; null while there is none. */
  readonly level: string | null;
  /** Orders items as a Swedish reader expects: by number, 7 before 10, and then by title. */
  readonly sortKey: string;
}

/**
 * An item as it stands. Grows with its parents, bodies and successors, each of which is bounded, and not with time.
 * Its id is the item's.
 */
export interface ItemDocument extends ListedItem {
  /** Of the last event of the item. */
  readonly revision: number;
  readonly owners: OwnersJudgements;
  readonly foundBy: FoundBy;
  /** How many facts its times hold. */
  readonly times: number;
  /** Where what is said in the rounds that were spoken of last goes on, the newest last. At most `openRounds`. */
  readonly rounds: readonly OpenRound[];
}

/** What lists are narrowed by, where the item itself says it in other words. Grows with the bodies. */
export interface FoundBy {
  /** The bodies that it concerns or that answer for it, and the group where it concerns one. */
  readonly bodies: readonly string[];
  /** Its level, `notAssessed` while it has none, `untold` where only the facts tell. */
  readonly level: string;
  /** Its title in lower case. */
  readonly wording: string;
}

/** What lists call the level of items without one. */
export const notAssessed = 'not-assessed';
/** No code of a level. */
export const untold = '?';

/** A round, and the document that takes in what is said of the item in it next. */
export type OpenRound = readonly [roundId: string, begunBy: number, facts: number];

/** What other bodies than the owner say of an item now: `item|contributions`. Grows with the bodies. */
export interface ContributionsDocument extends Document {
  readonly bodies: Contributions;
}

/**
 * Some of what is said of an item in a round, by all bodies: `item|round|<round>|<revision>`, that of the event that it
 * begins with. Ends when it is full, or other rounds are spoken of for long.
 */
export interface RoundOfItemDocument extends Document, Facts {
  readonly itemId: string;
  readonly roundId: string;
}

/** Some of what an item and the owner's assessments of it say: `item|times|<nth>`. Ends when it is full. */
export interface TimesOfItemDocument extends Document, Facts {
  readonly itemId: string;
  readonly ofPlan: string;
}

/** One event that says something at length: `item|said|<revision>`. Written once. */
export interface SaidDocument extends Document {
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly position: string;
  readonly role: Role;
  /** Its payload. */
  readonly data: Words & Readonly<Record<string, unknown>>;
}

export type PartOfItem = ContributionsDocument | RoundOfItemDocument | TimesOfItemDocument | SaidDocument;

/** So many facts fill a document of an item's times, or of a round: each of them is written again with the next. */
export const factsOfPart = 8;
/** Of so many rounds is it known where what is said in them goes on. */
const openRounds = 4;

export const idOfContributions = (itemId: string): string => partId(itemId, 'contributions');
export const idOfTimes = (itemId: string, fact: number): string =>
  partId(itemId, `times|${Math.floor(fact / factsOfPart)}`);
export const idOfSaid = (itemId: string, revision: number): string => partId(itemId, `said|${revision}`);

/** The document of a round that took in the last fact about it. */
export function idOfRound({ _id, rounds }: Pick<ItemDocument, '_id' | 'rounds'>, roundId: string): string {
  const [, begunBy] = rounds.find(([id]) => id === roundId)!;
  return partId(_id, `round|${roundId}|${begunBy}`);
}

/** The open rounds after one more fact about one of them. @param revision that of the fact */
export function withFactOfRound(rounds: readonly OpenRound[], roundId: string, revision: number): readonly OpenRound[] {
  const [, begunBy, facts] = rounds.find(([id]) => id === roundId) ?? [roundId, revision, 0];
  const next: OpenRound = facts < factsOfPart ? [roundId, begunBy, facts + 1] : [roundId, revision, 1];
  return [...rounds.filter(([id]) => id !== roundId), next].slice(-openRounds);
}
