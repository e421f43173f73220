import { decidesOn } from '#deciding';
import type { DecisionCommand, StateLookup } from '#deciding';
import type { StandingFacts } from '../round/reporting.decider.js';
import { FreezeRoundCommand, MarkReadyCommand, ownBody, RemindBodiesCommand } from '../round/round.commands.js';
import { rounds } from '../round/round.decider.js';
import { underWayIn } from '../round/round.lookups.js';
import type { Round } from '../round/round.js';
import { StandingReader } from './standing.reader.js';

/** What a round decides on by what its bodies lack: whoever knows the coverage has it decided, and hands the standing in. */
export const standingCommandHandlers = [
  decidesOn(MarkReadyCommand, rounds, { facts: standingFacts, actsFor: ownBody }),
  decidesOn(RemindBodiesCommand, rounds, { facts: standingFacts }),
  decidesOn(FreezeRoundCommand, rounds, {
    facts: async (command, lookup, round) => ({
      ...(await standingFacts(command, lookup, round)),
      ...(await underWayIn(lookup, round)),
    }),
  }),
];

/** Nothing is looked up for a round that is not open: its decider refuses it whoever lacks what. */
async function standingFacts(
  { context, id }: Pick<DecisionCommand, 'context' | 'id'>,
  { reader }: StateLookup,
  round: Round,
): Promise<StandingFacts> {
  return { standing: round.status === 'open' ? await reader(StandingReader).of(context.tenant, id) : [] };
}
