import { rule } from '#kernel';
import type { DomainCommand } from '#kernel';
import { aboutOf, checkDay, checkRoundGoesOn, checkTimes, knownAssessment } from '../assessment.rules.js';
import type { RoundFact } from '../assessment.lookups.js';
import type { ToldAssessment } from '../assessment.told.js';
import { judgementIn } from '../item.state.js';
import type { Judgement } from '../item.state.js';
import { ofAdopted, subjectOf } from '../item.rules.js';

export type ReinstateAssessment = DomainCommand<
  'ReinstateAssessment',
  { assessmentId: string; reason: string },
  {
    /** As it was told up to now. */
    readonly assessment: ToldAssessment | undefined;
    readonly round: RoundFact;
    /** What the body says in the round, where the item's state has forgotten it. */
    readonly forgotten?: Judgement | undefined;
  }
>;

/**
 * An assessment that was withdrawn by mistake stands again, recorded anew as it was last corrected. Not where the body has
 * said something else in the round since: then that is withdrawn first.
 */
export const reinstateAssessment = ofAdopted<ReinstateAssessment>((command, item) => {
  const { forgotten, round } = command.facts;
  const assessment = knownAssessment(command.facts.assessment, command.data.assessmentId);
  if (!assessment.isWithdrawn) return [];
  checkDay(assessment, command.effectiveOn);
  checkRoundGoesOn(round);
  const { bodyId, evidence, level, motivation, roundId, saidSince, scale } = assessment;
  const known = judgementIn(item, roundId, bodyId);
  const standing = known === 'forgotten' ? forgotten : known;
  if (standing && saidSince.includes(standing.assessmentId))
    throw saidSomethingElse({ assessment: standing.assessmentId });
  checkTimes(item, assessment);
  const said = { scale, level, motivation, evidence: [...evidence], reason: command.data.reason };
  return [{ type: 'AssessmentReinstated', data: { ...subjectOf(command, item), ...aboutOf(assessment), ...said } }];
});

const saidSomethingElse = rule(
  'nothing-said-since',
  'The body has said something else in the round since, {assessment}, which is to be withdrawn first',
  'Nämnden har sagt något annat i uppföljningen sedan dess, {assessment}, som ska återkallas först',
);
