import { rule } from '#kernel';
import type { DomainCommand } from '#kernel';
import type { RoundFact } from '../assessment.lookups.js';
import {
  aboutOf,
  checkBody,
  checkContribution,
  checkLevel,
  checkRound,
  checkRoundGoesOn,
  checkTimes,
  knownAssessment,
  saysTheSame,
  standingAssessment,
} from '../assessment.rules.js';
import type { ToldAssessment } from '../assessment.told.js';
import type { Evidence } from '../item.events.js';
import { ofAdopted, subjectOf } from '../item.rules.js';
import { judgementIn } from '../item.state.js';
import type { Judgement, JudgedItem } from '../item.state.js';

export type CorrectAssessment = DomainCommand<
  'CorrectAssessment',
  {
    assessmentId: string;
    roundId?: string;
    level?: string;
    motivation?: string;
    evidence?: readonly Evidence[];
    reason: string;
  },
  {
    /** As it was told up to now. */
    readonly assessment: ToldAssessment | undefined;
    /** The codes of the levels on the scale that the assessment was made on. */
    readonly levels: readonly string[];
    /** Where it should have spoken of another day, or been made in another round. */
    readonly moved?: MovedFacts | undefined;
  }
>;

/** What an assessment that is made anew on its right day, or in its right round, is told. */
export interface MovedFacts {
  /** The id that it gets. */
  readonly assessmentId: string;
  /** The round that it belongs to. */
  readonly round: RoundFact;
  /** The day that the body was dissolved, where it was. */
  readonly bodyDissolvedOn: string | undefined;
  /** Whether the round takes a contribution of the body to the item. */
  readonly isTaken: boolean;
  /** Whether the round that it was made in was cancelled since, which withdrew it. */
  readonly isFreed?: boolean;
  /** What the body says in that round, where the item's state has forgotten it. */
  readonly forgotten?: Judgement | undefined;
}

/**
 * What an assessment should have said is told whole. One that should have spoken of another day, or been made in another
 * round, is withdrawn on its own day and made anew, both at once: so no fold needs to know that days can be wrong. What went with
 * a round that was cancelled is withdrawn already, and goes into another round all the same.
 */
export const correctAssessment = ofAdopted<CorrectAssessment>((command, item) => {
  const { data, facts } = command;
  const standing = movable(facts, data);
  const { evidence = standing.evidence, level = standing.level, motivation = standing.motivation, reason } = data;
  const said = { level, motivation, evidence: [...evidence] };
  const about = { ...subjectOf(command, item), ...aboutOf(standing) };
  const { moved } = facts;
  if (!moved && saysTheSame(standing, said)) return [];
  checkLevel(level, facts.levels);
  if (!moved) {
    checkTimes(item, standing);
    return [{ type: 'AssessmentCorrected', data: { ...about, ...said, reason } }];
  }
  const { assessmentId } = moved;
  const { roundId = standing.roundId } = data;
  checkMove(item, { standing, roundId, moved });
  const anew = { ...about, assessmentId, roundId, scale: standing.scale, ...said };
  const gone = { type: 'AssessmentWithdrawn', data: { ...about, reason }, effectiveOn: standing.effectiveOn } as const;
  return [...(standing.isWithdrawn ? [] : [gone]), { type: 'ItemAssessed', data: anew }];
});

/** @throws RuleViolation where it was withdrawn, but by the end of its round, out of which it goes */
function movable(
  { assessment, moved }: CorrectAssessment['facts'],
  { assessmentId, roundId }: CorrectAssessment['data'],
): ToldAssessment {
  const known = knownAssessment(assessment, assessmentId);
  const goesOut = roundId !== undefined && roundId !== known.roundId;
  return moved?.isFreed && goesOut ? known : standingAssessment(assessment, assessmentId);
}

interface Move {
  readonly standing: ToldAssessment;
  readonly roundId: string;
  readonly moved: MovedFacts;
}

/** Made anew it is recorded last, and so would be what the body says in the round, whatever that has said since. */
function checkMove(item: JudgedItem, { moved, roundId, standing }: Move): void {
  const { bodyDissolvedOn, forgotten, isTaken, round } = moved;
  checkRoundGoesOn(round);
  if (roundId !== standing.roundId) {
    checkRound(round, item);
    checkBody(bodyDissolvedOn, round);
    if (standing.capacity === 'contribution') checkContribution(isTaken, round);
  }
  const known = judgementIn(item, roundId, standing.bodyId);
  const said = known === 'forgotten' ? forgotten : known;
  if (said && said.assessmentId !== standing.assessmentId) throw saysSomethingElse({ assessment: said.assessmentId });
  checkTimes(item, { bodyId: standing.bodyId, roundId });
}

const saysSomethingElse = rule(
  'nothing-else-said',
  'The body says something else in the round, {assessment}, which is to be withdrawn first',
  'Nämnden säger något annat i uppföljningen, {assessment}, som ska återkallas först',
);
