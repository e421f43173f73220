import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { NotFound } from '#kernel';
import { ReadModels } from '#projecting';
import { roundDirectory } from './round-directory.projection.js';
import type { RoundDocument } from './round-directory.projection.js';

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

/**
 * What is the round with that id?
 * @throws NotFound
 */
export class RoundQuery extends Query<RoundDocument> {
  constructor(
    readonly tenant: string,
    readonly roundId: string,
  ) {
    super();
  }
}

@QueryHandler(RoundQuery)
export class RoundHandler implements IQueryHandler<RoundQuery> {
  constructor(@Inject(ReadModels) private readonly readModels: ReadModels) {}

  async execute({ roundId, tenant }: RoundQuery): Promise<RoundDocument> {
    const round = await this.readModels.get(roundDirectory, roundId);
    if (round?.tenant !== tenant) throw new NotFound('round', roundId);
    return round;
  }
}

/** The round of the same plan that speaks of the latest day before a round's own. One that is only planned says nothing yet. */
export function previousRound(round: RoundDocument, ofPlan: readonly RoundDocument[]): RoundDocument | undefined {
  return ofPlan
    .filter(
      ({ planId, referenceDate, status }) =>
        planId === round.planId && status !== 'planned' && referenceDate < round.referenceDate,
    )
    .reduce<RoundDocument | undefined>(
      (latest, other) => (latest && placeOf(latest) > placeOf(other) ? latest : other),
      undefined,
    );
}

/** Orders rounds by the day that they speak of; those of one day by their ids, as snapshots do. */
const placeOf = ({ _id, referenceDate }: RoundDocument): string => `${referenceDate} ${_id}`;
