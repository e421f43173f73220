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

/** `Kulturnämnden lacks Uppdrag 7 and Uppdrag 10`, for messages. */
export function describeStanding({ missing, name }: BodyStanding): string {
  if (missing.length === 0) return `${name} lacks nothing`;
  const told = missing.slice(0, labelsTold).map(({ label }) => label);
  const more = missing.length - told.length;
  return `${name} lacks ${told.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
