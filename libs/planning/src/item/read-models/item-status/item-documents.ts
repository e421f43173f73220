import type { Document } from '#document-store';
import type { Provenance, Role, Wording } from '#kernel';
import { partId } from '#projecting';
import type { Until } from '#projecting';
import type { AdoptedItem, Assessment } from '../../item.js';
import type { Facts } from './facts.js';
import type { OwnersJudgements } from './owners-judgements.js';
import type { Words } from './slim-events.js';

/**
 * An item without the assessments of it. Where it says something at length (`text`, `documents`, `expectedEffects`, and
 * what is said of successors), there stands a reference to the event that says it.
 */
export type OwnState = Omit<AdoptedItem, 'assessments' | 'withdrawn' | 'status'>;

/** What of that is shown of a single item: it is neither counted nor sorted by. */
type Shown = 'text' | 'documents' | 'expectedEffects' | 'successors';

/** What items are counted, narrowed and sorted by. */
export interface CountedItem extends Document, Omit<OwnState, Shown> {
  readonly tenant: string;
  /** The level of the owner's newest assessment; null while there is none. */
  readonly level: string | null;
  /** The version of the scale that the level is of; null while there is none. */
  readonly scale: Assessment['scale'] | null;
  /** Orders items as a Swedish reader expects: by number, 7 before 10, and then by title. */
  readonly sortKey: string;
}

/** The same with all that an item says of itself. */
export interface ListedItem extends CountedItem, Pick<OwnState, Shown> {}

/** What says how an item stands. */
export interface Standing extends Until {
  /** Of the last event that it sees. */
  readonly revision: number;
  readonly owners: OwnersJudgements;
}

/** As much of an item as is counted, with what says how it stands. */
export interface CountedThen extends CountedItem, Standing {}

/** An item with what says how it stands. */
export interface StoodItem extends ListedItem, Standing {}

/**
 * An item as it stands. Grows with its parents, bodies and successors, each of which is bounded, and not with time.
 * Its id is the item's.
 */
export interface ItemDocument extends StoodItem {
  readonly foundBy: FoundBy;
  /** What of it is said of days far ahead, where something is. */
  readonly ahead?: Ahead;
}

/**
 * What is said of an item of days far ahead, apart from all else that is: a moment before those days is told without it, so
 * that it costs no more however much is said meanwhile.
 */
export interface Ahead {
  /** The item as all else says that it stands. */
  readonly near: StoodItem;
  /** Few facts, all of later days than anything else is of. */
  readonly facts: Facts;
}

/** What lists are narrowed by, where the item itself says it in other words. Grows with the bodies. */
export interface FoundBy {
  /** The bodies that it concerns or that answer for it, and the group where it concerns one. */
  readonly bodies: readonly string[];
  /** Its level, `notAssessed` while it has none, `untold` where only the facts tell. */
  readonly level: string;
  /** Its title, as texts are looked for in it. */
  readonly wording: Wording;
}

/** What lists call the level of items without one. */
export const notAssessed = 'not-assessed';
/** No code of a level. */
export const untold = '?';

/**
 * Some of what is said of an item, by itself and by all bodies: `item|times|<nth>`. Ends when it is full. A moment sees
 * part of it where it lies from `from` up to `until`, or was known from `since` up to `known`: the times before it are
 * told by what stood when it began.
 */
export interface TimesOfItemDocument extends Document, Facts, Until {
  readonly itemId: string;
  readonly nth: number;
  /**
   * The last day that was spoken of before it, or an earlier one that it speaks of. Empty for the first of an item. Days far
   * ahead do not count here, nor in `until`.
   */
  readonly from: string;
  /** The instant up to which all before it was recorded, or an earlier one at which some of it was. */
  readonly since: string;
  /** The plan, and how long it lasts from `from` to `until` (`spans`). Left out where it takes no time. */
  readonly days?: string;
  /** The plan, and how long it lasts from `since` to `known`. Left out where it takes no time. */
  readonly instants?: string;
}

/**
 * An item as it stood when a document of its times began, as far as items are counted: `item|stood|<nth>`. It keeps the owner's
 * newest judgement alone. Written once.
 */
export interface ItemThenDocument extends Document {
  readonly stood: CountedThen;
  /** What was said by then of days far ahead: none of it is in what stood. */
  readonly ahead?: Facts;
}

/** What else an item was then, for whoever is shown it: `item|shown|<nth>`. Written once. */
export interface ShownThenDocument extends Document {
  readonly shown: Pick<StoodItem, Shown | 'owners'>;
}

/** One event that says something at length: `item|said|<revision>`. Written once. */
export interface SaidDocument extends Document, Provenance {
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly position: string;
  readonly role: Role;
  /** Its payload, but for which assessment of the item it is about. */
  readonly data: Words & Readonly<Record<string, unknown>>;
}

export type PartOfItem = TimesOfItemDocument | ItemThenDocument | ShownThenDocument | SaidDocument;

/** So many revisions fill a document of an item's times: it is written again with each of them. */
const factsOfTimes = 8;

/** In which document of an item's times a revision is told. */
export const nthTimes = (revision: number): number => Math.floor(revision / factsOfTimes);
/** The last revision that such a document tells. */
export const lastOfTimes = (nth: number): number => (nth + 1) * factsOfTimes - 1;
export const idOfTimes = (itemId: string, nth: number): string => partId(itemId, `times|${nth}`);
export const idOfItemThen = (itemId: string, nth: number): string => partId(itemId, `stood|${nth}`);
export const idOfShownThen = (itemId: string, nth: number): string => partId(itemId, `shown|${nth}`);
export const idOfSaid = (itemId: string, revision: number): string => partId(itemId, `said|${revision}`);
