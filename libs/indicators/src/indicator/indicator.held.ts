import type { Held } from '#organisation';
import { versionOn } from './definitions.js';
import type { Definition, DefinitionVersion } from './definitions.js';

/** An indicator, as far as it says who follows it. */
type SomeIndicator =
  | { readonly status: 'undefined' | 'cancelled' }
  | {
      readonly status: 'defined';
      readonly begun: { readonly since: string };
      readonly versions: readonly DefinitionVersion[];
      readonly retiredOn?: string;
    };

/** An indicator as a body follows it from a day on. */
export interface FollowedIndicator extends Held {
  readonly definition: Definition;
}

/** From which days on a body follows an indicator, at a day or after it. What is retired is followed by nobody. */
export function definitionsOf(indicator: SomeIndicator, bodyId: string, day: string): readonly FollowedIndicator[] {
  if (indicator.status !== 'defined') return [];
  const { begun, retiredOn, versions } = indicator;
  const first = begun.since > day ? begun.since : day;
  const later = versions.map(({ since }) => since).filter((since) => since > first);
  return [...new Set([first, ...later])]
    .sort()
    .filter((since) => retiredOn === undefined || since < retiredOn)
    .map((since) => {
      const { definition } = versions.find(({ version }) => version === versionOn(versions, since))!;
      return { since, property: 'owner' as const, bodies: [definition.ownerId], definition };
    })
    .filter(({ definition }) => definition.ownerId === bodyId);
}
