import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { decidesOn, DecisionCommand } from '#deciding';
import type { Role } from '#kernel';
import { needPlan } from '#planning';
import { ReadModels } from '#projecting';
import { rounds } from './round.decider.js';
import type { OpenRound } from './round.decider.js';
import { roundDirectory } from './round.projection.js';
import type { RoundDocument } from './round.projection.js';

export class OpenRoundCommand extends DecisionCommand<OpenRound> {
  static readonly permitted: readonly Role[] = ['controller'];
  static readonly creates = true;
  readonly type = 'OpenRound';
}

/** Which rounds does a plan have, oldest first? */
export class RoundsOfPlanQuery extends Query<readonly RoundDocument[]> {
  constructor(
    readonly tenant: string,
    readonly planId: string,
  ) {
    super();
  }
}

@QueryHandler(RoundsOfPlanQuery)
export class RoundsOfPlanHandler implements IQueryHandler<RoundsOfPlanQuery> {
  constructor(@Inject(ReadModels) private readonly readModels: ReadModels) {}

  execute({ planId, tenant }: RoundsOfPlanQuery): Promise<readonly RoundDocument[]> {
    return this.readModels.find(roundDirectory, { tenant, planId }, { sort: { referenceDate: 1 } });
  }
}

export const roundCommandHandlers = [
  decidesOn(OpenRoundCommand, rounds, {
    facts: async ({ context, data, id }, lookup) => {
      const open = await lookup.ask(new RoundsOfPlanQuery(context.tenant, data.planId));
      const same = open.find(({ _id, kind, year }) => _id !== id && kind === data.kind && year === data.year);
      return { plan: await needPlan(data.planId, lookup), sameOccasion: same?.label };
    },
  }),
];
