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
  /** How many facts its times hold. */
  readonly times: number;
}

/** What other bodies than the owner say of an item now: `item|contributions`. Grows with the bodies. */
export interface ContributionsDocument extends Document {
  readonly bodies: Contributions;
}

/** What is said of an item in a round, by all bodies: `item|round|<round>`. Ends where the bodies may say no more. */
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

/** So many facts fill a document of an item's times. */
export const factsOfTimes = 32;

export const idOfContributions = (itemId: string): string => partId(itemId, 'contributions');
export const idOfRound = (itemId: string, roundId: string): string => partId(itemId, `round|${roundId}`);
export const idOfTimes = (itemId: string, fact: number): string =>
  partId(itemId, `times|${Math.floor(fact / factsOfTimes)}`);
export const idOfSaid = (itemId: string, revision: number): string => partId(itemId, `said|${revision}`);
