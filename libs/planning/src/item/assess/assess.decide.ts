import type { DomainCommand } from '#kernel';
import { scaleOf } from '../../plan/plan.decider.js';
import type { AdoptedPlan } from '../../plan/plan.decider.js';
import { ownerOn } from '../../plan/plan.series.js';
import type { RoundFact } from '../assessment.lookups.js';
import { checkBody, checkContribution, checkLevel, checkRound, checkTimes } from '../assessment.rules.js';
import type { Evidence } from '../item.events.js';
import { judgementIn, saysTheSame } from '../item.state.js';
import type { Judgement } from '../item.state.js';
import { ofAdopted, subjectOf } from '../item.rules.js';

export interface AssessmentFacts {
  /** The id that the assessment gets. */
  readonly assessmentId: string;
  readonly round: RoundFact;
  readonly plan: AdoptedPlan;
  /** The codes of the levels on the plan's scale, best first. */
  readonly levels: readonly string[];
  /** The day that the body was dissolved, where it was. */
  readonly bodyDissolvedOn: string | undefined;
  /** Whether the round takes a contribution of the body to the item. */
  readonly isTaken: boolean;
  /** What the body says in the round, where the item's state has forgotten it. */
  readonly forgotten?: Judgement | undefined;
}

export type AssessItem = DomainCommand<
  'AssessItem',
  { roundId: string; bodyId: string; level: string; motivation: string; evidence?: readonly Evidence[] },
  AssessmentFacts
>;

/**
 * A body judges an item in a round (S4, appendix on follow-up). The judgement of the plan's owner is the item's status,
 * that of another body is a contribution to it. A body that judges again in the same round replaces its judgement.
 */
export const assess = ofAdopted<AssessItem>((command, item) => {
  const { bodyId, evidence = [], level, motivation, roundId } = command.data;
  const { assessmentId, bodyDissolvedOn, forgotten, isTaken, levels, plan, round } = command.facts;
  const owner = ownerOn(plan, round.referenceDate);
  const capacity = bodyId === owner.bodyId ? 'owner' : 'contribution';
  const scale = scaleOf(plan);
  checkRound(round, item);
  checkLevel(level, levels);
  checkBody(bodyDissolvedOn, round);
  if (capacity === 'contribution') checkContribution(isTaken, round);
  const known = judgementIn(item, roundId, bodyId);
  const standing = known === 'forgotten' ? forgotten : known;
  if (standing && saysTheSame(standing, { scale, evidence, level, motivation })) return [];
  checkTimes(item, { bodyId, roundId });
  return [
    {
      type: 'ItemAssessed',
      data: {
        ...subjectOf(command, item),
        assessmentId,
        roundId,
        bodyId,
        capacity,
        scale,
        level,
        motivation,
        evidence: [...evidence],
      },
    },
  ];
});
