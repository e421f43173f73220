import type { PlanFile, PlanFileRound } from '#plan-files';
import { OpenRoundCommand } from '#rounds';
import type { KeyedIds } from '../keyed-ids.js';
import { loadStep } from '../load-step.js';
import type { LoadBatch, LoadContext, LoadStep } from '../load-step.js';

/** The rounds that a file opens. */
export const roundSteps = ({ rounds = [] }: PlanFile, context: LoadContext, ids: KeyedIds): LoadBatch[] => [
  rounds.map((round, index) => roundStep(round, `rounds[${index}]`, round.referenceDate, context, ids)),
];

/** Opens one round. */
export function roundStep(
  { plan, ...round }: PlanFileRound,
  path: string,
  effectiveOn: string,
  context: LoadContext,
  ids: KeyedIds,
  ground: Pick<Parameters<typeof loadStep>[1], 'decision' | 'grounds'> = {},
): LoadStep {
  return loadStep(context, {
    path,
    command: OpenRoundCommand,
    id: ids.round(plan, round.key),
    data: { planId: ids.plan(plan), ...round },
    effectiveOn,
    ...ground,
  });
}
