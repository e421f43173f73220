import type { Api } from '../api/api.js';
import type { Level, PlanAnswer, RoundAnswer } from '../api/answers.js';
import type { Person } from '../sign-in/person.js';

/** What a body owes in a round, as the coverage tells it. */
export interface Owed {
  readonly round: RoundAnswer;
  readonly plan: PlanAnswer;
  readonly ready: boolean;
  readonly expected: number;
  readonly assessed: number;
  readonly entries: readonly OwedEntry[];
}

export interface OwedEntry {
  readonly itemId: string;
  readonly label: string;
  readonly title: string;
  readonly expected: boolean;
  readonly assessment?: { readonly level: Level };
}

/** What somebody's body owes in a round. @throws ApiRefused */
export async function owedIn(api: Api, round: RoundAnswer, plan: PlanAnswer, { actor }: Person): Promise<Owed> {
  const coverage = await api.get<{
    readonly items: readonly {
      readonly ready: unknown;
      readonly counts: { readonly expected: number; readonly assessed: number };
      readonly entries: readonly OwedEntry[];
    }[];
  }>(`/v1/rounds/${round.id}/coverage`, { bodyId: actor.body, entryLimit: '200' });
  const [own] = coverage.items;
  return {
    round,
    plan,
    ready: Boolean(own?.ready),
    expected: own?.counts.expected ?? 0,
    assessed: own?.counts.assessed ?? 0,
    entries: (own?.entries ?? []).filter(({ expected }) => expected),
  };
}
