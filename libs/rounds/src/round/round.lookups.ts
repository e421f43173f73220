import type { StateLookup } from '#deciding';
import { needPlan } from '#planning';
import type { WithRevision } from '#planning';
import type { Round } from './round.js';

/** The revision of the round's plan that is not carried out yet, while which no snapshot is bounded. */
export async function revisionOfPlan(lookup: StateLookup, round: Round): Promise<WithRevision> {
  if (round.status === 'unopened') return {};
  const { revisionUnderWay } = await needPlan(round.planId, lookup);
  return { ...(revisionUnderWay !== undefined && { revisionUnderWay }) };
}
