import type { StateLookup } from '#deciding';
import { organisationIdOf, organisations } from '#organisation';
import { needPlan } from '#planning';
import type { WithRevision } from '#planning';
import type { Round } from './round.js';

/** Decisions over many streams that are not carried out yet, while which no snapshot is bounded. */
export interface UnderWay extends WithRevision {
  /** Of the tenant's organisation. */
  readonly reorganisationUnderWay?: string;
}

/** What is under way in the round's plan, and in the organisation. */
export async function underWayIn(lookup: StateLookup, round: Round): Promise<UnderWay> {
  if (round.status === 'unopened') return {};
  const { revisionUnderWay } = await needPlan(round.planId, lookup);
  const organisation = await lookup.find(organisations, organisationIdOf(lookup.tenant));
  const { underWay: reorganisationUnderWay } = organisation ?? {};
  return {
    ...(revisionUnderWay !== undefined && { revisionUnderWay }),
    ...(reorganisationUnderWay !== undefined && { reorganisationUnderWay }),
  };
}
