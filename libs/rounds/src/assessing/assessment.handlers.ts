import { decidesOn } from '#deciding';
import type { DecisionCommand, StateLookup } from '#deciding';
import { Forbidden, say } from '#kernel';
import {
  CorrectAssessmentCommand,
  correcting,
  correctionFacts,
  doubtsOfItem,
  forgottenJudgement,
  isMoved,
  needAssessment,
  ofAssessment,
  ReinstateAssessmentCommand,
  reinstating,
  WithdrawAssessmentCommand,
  withdrawing,
} from '#planning';
import type { ToldAssessment } from '#planning';
import { isFrozen } from '../round/round.js';
import { rounds } from '../round/round.decider.js';
import { roundFact } from './round-fact.js';

type AboutAssessment = Pick<DecisionCommand, 'type' | 'context'> & {
  readonly data: { readonly assessmentId: string };
};

/**
 * The assessment that a command changes. What was said in a round is changed by whoever acts for its body until the round is
 * frozen, and after that by controllers alone: they ask for the new issue that takes it in.
 * @throws NotFound; Forbidden
 */
async function changeable(
  { context, data, type }: AboutAssessment,
  lookup: StateLookup,
  told: ToldAssessment | undefined,
): Promise<ToldAssessment> {
  const assessment = needAssessment(told, data.assessmentId);
  if (context.actor.role === 'controller') return assessment;
  const round = await lookup.find(rounds, assessment.roundId);
  if (round && isFrozen(round)) throw new Forbidden(controllersAlone({ command: type, round: round.label }));
  return assessment;
}

export const assessmentHandlers = [
  decidesOn(CorrectAssessmentCommand, correcting, {
    ...ofAssessment,
    facts: async (command, lookup, item, told) => {
      const assessment = await changeable(command, lookup, told);
      const { roundId = assessment.roundId } = command.data;
      const round = isMoved(command, assessment) ? roundFact(roundId, await lookup.need(rounds, roundId)) : undefined;
      const isFreed = round !== undefined && (await lookup.find(rounds, assessment.roundId))?.status === 'cancelled';
      return correctionFacts(command, lookup, { item, assessment, isFreed, round });
    },
    // In another round it speaks of the day that this one speaks of.
    effectiveOn: ({ assessment, moved }, _item, { roundId = assessment?.roundId }) =>
      moved && roundId !== assessment?.roundId ? moved.round.referenceDate : assessment?.effectiveOn,
    doubts: (asked, lookup) => (asked.facts.moved ? doubtsOfItem(asked, lookup) : []),
  }),
  decidesOn(WithdrawAssessmentCommand, withdrawing, {
    ...ofAssessment,
    facts: async (command, lookup, _item, told) => ({ assessment: await changeable(command, lookup, told) }),
  }),
  decidesOn(ReinstateAssessmentCommand, reinstating, {
    ...ofAssessment,
    facts: async (command, lookup, item, told) => {
      const assessment = await changeable(command, lookup, told);
      const { roundId } = assessment;
      const round = roundFact(roundId, await lookup.need(rounds, roundId));
      return { assessment, round, forgotten: await forgottenJudgement(item, assessment, lookup) };
    },
  }),
];

const controllersAlone = say(
  '{round} is frozen, and {command} is for a controller since',
  '{round} är fryst, och därefter är {command} förbehållet en controller',
);
