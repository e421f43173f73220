import { isSameScale } from '#planning';
import type { ScaledLevel } from '#planning';

/** How levels that were given of one item in one round lie to each other. */
export const agreements = ['same', 'differs', 'not-comparable'] as const;
export type Agreement = (typeof agreements)[number];

/** Of two levels. Those of other versions of a scale are not compared, whatever they are called. */
export function agreementOf(one: ScaledLevel, other: ScaledLevel): Agreement {
  if (!isSameScale(one.scale, other.scale)) return 'not-comparable';
  return one.level === other.level ? 'same' : 'differs';
}

/** Of one level with all of some others: what differs from any of them differs. Undefined where there are none. */
export const agreementWith = (one: ScaledLevel, others: readonly ScaledLevel[]): Agreement | undefined =>
  strongest(others.map((other) => agreementOf(one, other)));

/** Of all that is said of an item, each with each. Undefined where at most one body says something. */
export function agreementAmong(all: readonly ScaledLevel[]): Agreement | undefined {
  if (all.length < 2) return undefined;
  // There are more bodies than levels.
  const said = [...new Map(all.map((one) => [keyOf(one), one])).values()];
  return strongest(said.map((one, place) => agreementWith(one, said.slice(place + 1)))) ?? 'same';
}

const keyOf = ({ level, scale }: ScaledLevel): string => `${scale.scaleId} ${scale.version} ${level}`;

function strongest(found: readonly (Agreement | undefined)[]): Agreement | undefined {
  if (found.includes('differs')) return 'differs';
  return found.includes('not-comparable') ? 'not-comparable' : found[0];
}
