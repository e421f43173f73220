import type { StateLookup } from '#deciding';
import { organisationIdOf, organisations } from '#organisation';
import { needPlan } from '#planning';
import type { WithRevision } from '#planning';
import { LoadsTakenBack } from './loads-taken-back.js';
import type { Round } from './round.js';

/** Decisions over many streams that are not carried out yet, while which no snapshot is bounded. */
export interface UnderWay extends WithRevision {
  /** Of the tenant's organisation. */
  readonly reorganisationUnderWay?: string;
  /** A load that is being taken back. */
  readonly takeBackUnderWay?: string;
}

/** What is under way in the round's plan, in the organisation, and of loads. */
export async function underWayIn(lookup: StateLookup, round: Round): Promise<UnderWay> {
  if (round.status === 'unopened') return {};
  const { revisionUnderWay } = await needPlan(round.planId, lookup);
  const organisation = await lookup.find(organisations, organisationIdOf(lookup.tenant));
  const { underWay: reorganisationUnderWay } = organisation ?? {};
  const takeBackUnderWay = await lookup.reader(LoadsTakenBack).underWayFor(lookup.tenant, round.planId);
  return {
    ...(revisionUnderWay !== undefined && { revisionUnderWay }),
    ...(reorganisationUnderWay !== undefined && { reorganisationUnderWay }),
    ...(takeBackUnderWay !== undefined && { takeBackUnderWay }),
  };
}
