import type { IndicatorDefined } from './indicator.events.js';

export type Definition = Omit<IndicatorDefined['data'], 'indicatorId' | 'planId' | 'key'>;

/** Why values of two versions of a definition are not set against each other. */
export const breaks = ['unit', 'measure-kind', 'stated'] as const;
export type Break = (typeof breaks)[number];

/** A version of a definition, as far as it says what a value means. */
export interface DefinitionVersion {
  readonly version: number;
  /** The day from which it holds. */
  readonly since: string;
  readonly definition: Definition;
  /** Whether it was said of it that the series breaks with it, also where unit and measure are as before. */
  readonly breaksSeries?: true;
}

/** A version, and the event that says it: the newest correction of it, where it was corrected. */
export interface ToldVersion extends DefinitionVersion {
  readonly eventId: string;
}

/** The versions with one more, or with what is told anew in the place and under the number of the one that it corrects. */
export function withVersion<Version extends ToldVersion>(
  versions: readonly Version[],
  told: Version,
  corrects: string | undefined,
): readonly Version[] {
  const place = corrects === undefined ? -1 : versions.findIndex(({ eventId }) => eventId === corrects);
  return place < 0 ? [...versions, told] : versions.with(place, { ...told, version: versions[place]!.version });
}

/** The version that an event defines: the events of before versions were numbered say none, and come one after another. */
export const nextVersion = (versions: readonly DefinitionVersion[], told?: number): number =>
  told ?? (versions.at(-1)?.version ?? 0) + 1;

/** The version that values recorded on a day are of: the newest that holds by then, else the first. */
export const versionOn = (versions: readonly DefinitionVersion[], day: string): number =>
  (versions.findLast(({ since }) => since <= day) ?? versions[0])?.version ?? 1;

/**
 * Why a value of one version says another thing than a value of another.
 * @returns nothing where they can be set against each other, as where only a name, a target or a direction changed
 */
export function breaksBetween(versions: readonly DefinitionVersion[], one: number, other: number): Break[] {
  if (one === other) return [];
  const [first, last] = one < other ? [one, other] : [other, one];
  const measureOf = (wanted: number) => versions.find(({ version }) => version === wanted)?.definition.measure;
  const [then, now] = [measureOf(first), measureOf(last)];
  // A version that is not known, as of a moment before it, is no ground for a comparison.
  if (!then || !now) return ['stated'];
  const isStated = versions.some(({ breaksSeries, version }) => breaksSeries && version > first && version <= last);
  return [
    ...(then.unit === now.unit ? [] : ['unit' as const]),
    ...(then.kind === now.kind ? [] : ['measure-kind' as const]),
    ...(isStated ? ['stated' as const] : []),
  ];
}
