import { RuleViolation } from '#kernel';
import type { DomainCommand } from '#kernel';
import type { AdoptedPlan } from '../plan/plan.decider.js';
import { assessmentOf } from './item.js';
import type { AdoptedItem, Assessment } from './item.js';
import type { Evidence, ItemEvent } from './item.events.js';
import { same } from './unchanged.js';

/** The round that an assessment is made in. */
export interface RoundFact {
  readonly planId: string;
  readonly label: string;
  readonly referenceDate: string;
  readonly scope: readonly string[];
}

export interface AssessmentFacts {
  /** The id that the assessment gets. */
  readonly assessmentId: string;
  readonly round: RoundFact;
  readonly plan: AdoptedPlan;
  /** The codes of the levels on the plan's scale, best first. */
  readonly levels: readonly string[];
  /** The day that the body was dissolved, where it was. */
  readonly bodyDissolvedOn: string | undefined;
}

export type AssessItem = DomainCommand<
  'AssessItem',
  { roundId: string; bodyId: string; level: string; motivation: string; evidence?: readonly Evidence[] },
  AssessmentFacts
>;
export type CorrectAssessment = DomainCommand<
  'CorrectAssessment',
  { assessmentId: string; level?: string; motivation?: string; evidence?: readonly Evidence[]; reason: string },
  {
    /** The codes of the levels on the scale that the assessment was made on. */
    readonly levels: readonly string[];
  }
>;
export type WithdrawAssessment = DomainCommand<'WithdrawAssessment', { assessmentId: string; reason: string }, void>;
export type AssessmentCommand = AssessItem | CorrectAssessment | WithdrawAssessment;

/**
 * A body judges an item in a round (S4, appendix on follow-up). The judgement of the plan's owner is the item's status,
 * that of another body is a contribution to it. A body that judges again in the same round replaces its judgement.
 */
export function assess({ data, facts, id }: AssessItem, item: AdoptedItem): ItemEvent[] {
  const { bodyId, evidence = [], level, motivation, roundId } = data;
  const { assessmentId, bodyDissolvedOn, levels, plan, round } = facts;
  checkRound(round, item);
  checkLevel(level, levels);
  if (bodyDissolvedOn !== undefined && bodyDissolvedOn <= round.referenceDate) {
    throw new RuleViolation('body-not-dissolved', `The body was dissolved on ${bodyDissolvedOn}`);
  }
  const standing = item.assessments.findLast(
    (earlier) => earlier.roundId === roundId && earlier.bodyId === bodyId && !earlier.withdrawn,
  );
  if (standing && same(standing.scale, plan.scale) && saysTheSame(standing, { evidence, level, motivation })) return [];
  return [
    {
      type: 'ItemAssessed',
      data: {
        itemId: id,
        planId: item.planId,
        assessmentId,
        roundId,
        bodyId,
        capacity: bodyId === plan.owner.bodyId ? 'owner' : 'contribution',
        scale: plan.scale,
        level,
        motivation,
        evidence: [...evidence],
      },
    },
  ];
}

export function correctAssessment({ data, facts, id }: CorrectAssessment, item: AdoptedItem): ItemEvent[] {
  const standing = standingAssessment(item, data.assessmentId);
  const { evidence = standing.evidence, level = standing.level, motivation = standing.motivation } = data;
  if (saysTheSame(standing, { evidence, level, motivation })) return [];
  checkLevel(level, facts.levels);
  const corrected = { level, motivation, evidence: [...evidence], reason: data.reason };
  return [{ type: 'AssessmentCorrected', data: { ...aboutOf(id, item, standing), ...corrected } }];
}

export function withdrawAssessment({ data, id }: WithdrawAssessment, item: AdoptedItem): ItemEvent[] {
  if (assessmentOf(item, data.assessmentId)?.withdrawn) return [];
  const about = aboutOf(id, item, standingAssessment(item, data.assessmentId));
  return [{ type: 'AssessmentWithdrawn', data: { ...about, reason: data.reason } }];
}

function standingAssessment(item: AdoptedItem, id: string): Assessment {
  const found = assessmentOf(item, id);
  if (!found) throw new RuleViolation('assessment-of-item', `The item has no assessment ${id}`);
  if (found.withdrawn) throw new RuleViolation('assessment-stands', 'The assessment has been withdrawn');
  return found;
}

function aboutOf(itemId: string, { planId }: AdoptedItem, { assessmentId, bodyId, capacity, roundId }: Assessment) {
  return { itemId, planId, assessmentId, roundId, bodyId, capacity };
}

function checkRound(round: RoundFact, { adoptedOn, kind, planId, stage }: AdoptedItem): void {
  const { label, referenceDate, scope } = round;
  if (round.planId !== planId) throw new RuleViolation('round-of-plan', `${label} follows up another plan`);
  if (!scope.includes(kind)) {
    throw new RuleViolation('kind-in-scope', `${label} assesses ${scope.join(', ')}, and the item is ${kind}`);
  }
  if (adoptedOn > referenceDate) {
    throw new RuleViolation('item-in-force', `The item was adopted on ${adoptedOn}, after ${referenceDate}`);
  }
  if (stage.value === 'discontinued' && stage.since <= referenceDate) {
    throw new RuleViolation(
      'item-in-force',
      `The item was discontinued on ${stage.since}, and the round speaks of ${referenceDate}`,
    );
  }
}

function checkLevel(level: string, levels: readonly string[]): void {
  if (levels.includes(level)) return;
  throw new RuleViolation('level-on-scale', `${level} is no level of the scale; it has ${levels.join(', ')}`);
}

type Said = Pick<Assessment, 'level' | 'motivation' | 'evidence'>;

const saysTheSame = (left: Said, right: Said): boolean => same(saidIn(left), saidIn(right));

const saidIn = ({ evidence, level, motivation }: Said) => ({ evidence, level, motivation });
