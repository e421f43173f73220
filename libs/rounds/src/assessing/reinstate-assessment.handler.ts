import { decidesOn } from '#deciding';
import { forgottenJudgement, needAssessment, ofAssessment, ReinstateAssessmentCommand, reinstating } from '#planning';
import { rounds } from '../round/round.decider.js';
import { roundFact } from './round-fact.js';

/** As an assessment is: on what is known of its round. */
export const reinstateAssessmentHandler = decidesOn(ReinstateAssessmentCommand, reinstating, {
  ...ofAssessment,
  facts: async ({ data }, lookup, item, told) => {
    const assessment = needAssessment(told, data.assessmentId);
    const { roundId } = assessment;
    const round = roundFact(roundId, await lookup.need(rounds, roundId));
    return { assessment, round, forgotten: await forgottenJudgement(item, assessment, lookup) };
  },
});
