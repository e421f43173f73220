import { comesAfter } from '#kernel';
import type { Place } from '#kernel';

/** Of which day each amended property of a plan was spoken last; a property that is not named speaks of the adoption. */
export type PropertyDays = Readonly<Record<string, Place>>;

/**
 * What of an amendment holds: a property that was spoken of for a later day, or later for that day, stays as it is, whichever was
 * recorded first.
 */
export function amendmentsOf<Changed extends object>(
  since: PropertyDays,
  changed: Changed,
  place: Place,
): { readonly changed: Partial<Changed>; readonly since: PropertyDays } {
  const stays = (property: string) => since[property] !== undefined && comesAfter(since[property], place);
  const holding = Object.entries(changed).filter(([property]) => !stays(property));
  return {
    changed: Object.fromEntries(holding) as Partial<Changed>,
    since: { ...since, ...Object.fromEntries(holding.map(([property]) => [property, place])) },
  };
}
