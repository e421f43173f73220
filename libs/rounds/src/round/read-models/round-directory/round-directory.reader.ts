import { Inject, Injectable } from '@nestjs/common';
import { NotFound } from '#kernel';
import { ReadModels } from '#projecting';
import { roundDirectory } from './round-directory.projection.js';
import type { RoundDocument } from './round-directory.projection.js';

@Injectable()
export class RoundReader {
  constructor(@Inject(ReadModels) private readonly readModels: ReadModels) {}

  /** @throws NotFound */
  async round(tenant: string, roundId: string): Promise<RoundDocument> {
    const round = await this.readModels.get(roundDirectory, roundId);
    if (round?.tenant !== tenant) throw new NotFound('round', roundId);
    return round;
  }

  /** The rounds of a plan, oldest first. */
  ofPlan(tenant: string, planId: string): Promise<readonly RoundDocument[]> {
    return this.readModels.find(roundDirectory, { tenant, planId }, { sort: { referenceDate: 1 } });
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
