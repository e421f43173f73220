import { decidesOn, DecisionCommand } from '#deciding';
import type { Role } from '#kernel';
import { needPlan } from '#planning';
import { rounds } from './round.decider.js';
import type { OpenRound } from './round.decider.js';
import { RoundsOfPlanQuery } from './round.queries.js';

export class OpenRoundCommand extends DecisionCommand<OpenRound> {
  static readonly permitted: readonly Role[] = ['controller'];
  static readonly creates = true;
  readonly type = 'OpenRound';
}

export const roundCommandHandlers = [
  decidesOn(OpenRoundCommand, rounds, {
    facts: async ({ context, data }, lookup) => {
      // By a query, because a round's id follows from the key that files know it by. The answer may be a moment behind,
      // so that two rounds opened in one moment under two keys would both stand, and both be listed.
      const open = await lookup.ask(new RoundsOfPlanQuery(context.tenant, data.planId));
      const same = open.find(({ kind, year }) => kind === data.kind && year === data.year);
      return { plan: await needPlan(data.planId, lookup), sameOccasion: same?.label };
    },
  }),
];
