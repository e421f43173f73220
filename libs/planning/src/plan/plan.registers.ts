/** The day that each amended property of a plan speaks of; a property that is not named speaks of the adoption. */
export type PropertyDays = Readonly<Record<string, string>>;

/**
 * What of an amendment holds: a property that a later day has spoken of already stays as it is, whichever was recorded
 * first.
 */
export function amendmentsOf<Changed extends object>(
  since: PropertyDays,
  changed: Changed,
  day: string,
): { readonly changed: Partial<Changed>; readonly since: PropertyDays } {
  const holding = Object.entries(changed).filter(([property]) => day >= (since[property] ?? ''));
  return {
    changed: Object.fromEntries(holding) as Partial<Changed>,
    since: { ...since, ...Object.fromEntries(holding.map(([property]) => [property, day])) },
  };
}
