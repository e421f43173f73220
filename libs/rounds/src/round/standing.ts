import { say } from '#kernel';
import type { Said } from '#kernel';
import type { Lacking } from './missing-list.js';

/** How far a body has come in a round: what it owes, and what of that it has not assessed. */
export interface BodyStanding {
  readonly bodyId: string;
  /** Its name on the day that the round speaks of. */
  readonly name: string;
  readonly missing: readonly MissingItem[];
}

/** An item that a body owes an assessment of. */
export interface MissingItem {
  readonly itemId: string;
  /** Such as `Uppdrag 7`. */
  readonly label: string;
}

/** What an event says of bodies that are not ready: each with the ids of the items that it lacks. */
export const missingOf = (standing: readonly BodyStanding[]): Lacking[] =>
  standing.map(({ bodyId, missing }) => ({ bodyId, itemIds: missing.map(({ itemId }) => itemId) }));

const labelsTold = 5;

/** `Kulturnämnden lacks Uppdrag 7, Uppdrag 10`, for messages. */
export function standingTold({ missing, name }: BodyStanding): Said {
  if (missing.length === 0) return lacksNothing({ body: name });
  const items = missing.slice(0, labelsTold).map(({ label }) => label);
  const more = missing.length - items.length;
  return more > 0 ? lacksMore({ body: name, items, more }) : lacks({ body: name, items });
}

const lacksNothing = say('{body} lacks nothing', '{body} saknar inget');
const lacks = say('{body} lacks {items}', '{body} saknar {items}');
const lacksMore = say('{body} lacks {items} and {more} more', '{body} saknar {items} och {more} till');
