import type { Snapshot } from '#snapshots';

/** What a body owed in a round, however that is told: to be held against each other. */
export interface Owed {
  readonly body: string;
  readonly expected: number;
  readonly assessed: number;
  /** The ids of the items, sorted. */
  readonly missing: readonly string[];
}

interface BodyOfCoverage {
  readonly body: { readonly name: string };
  readonly counts: { readonly expected: number; readonly assessed: number };
  readonly entries: readonly { readonly itemId: string; readonly expected: boolean; readonly state: string }[];
}

/** As the coverage tells of it over HTTP. */
export const owedInCoverage = (bodies: readonly BodyOfCoverage[]): Owed[] =>
  bodies.map(({ body, counts, entries }) => ({
    body: body.name,
    expected: counts.expected,
    assessed: counts.assessed,
    missing: entries
      .filter(({ expected, state }) => expected && state === 'missing')
      .map(({ itemId }) => itemId)
      .sort(),
  }));

/** As a snapshot tells of it. */
export const owedInSnapshot = ({ coverage }: Snapshot): Owed[] =>
  coverage.bodies.map(({ assessed, body, expected, missingItemIds }) => ({
    body: body.name,
    expected,
    assessed,
    missing: [...missingItemIds].sort(),
  }));
