import { decidesOn } from '#deciding';
import { speakersFor } from '#organisation';
import { AssessItemCommand, assessing, assessmentFacts, doubtsOfItem } from '#planning';
import { rounds } from '../round/round.decider.js';
import { roundFact } from './round-fact.js';

/** An assessment is decided by its item, on what is known of its round: whoever knows rounds has it decided, and hands that in. */
export const assessItemHandler = decidesOn(AssessItemCommand, assessing, {
  facts: async (command, lookup, item) => {
    const { roundId } = command.data;
    const round = roundFact(roundId, await lookup.need(rounds, roundId));
    return { round, ...(await assessmentFacts(command, lookup, item, round)) };
  },
  // An assessment speaks of the day that its round speaks of.
  effectiveOn: ({ round }) => round.referenceDate,
  actsFor: ({ bodyId }, _item, _told, acting) => speakersFor(bodyId, acting, acting.id),
  doubts: doubtsOfItem,
});
