import { Inject, Injectable } from '@nestjs/common';
import { indicatorSeries } from '#indicators';
import { ItemReader, namedBy, Names } from '#planning';
import { ReadModels } from '#projecting';
import type { RoundDocument } from '../round/read-models/round-directory/round-directory.projection.js';
import { RoundReader } from '../round/read-models/round-directory/round-directory.reader.js';
import { coverageOf } from './coverage.js';
import type { Coverage, CoverageSources } from './coverage.js';

/** How far the bodies have come in a round, by what the read models have come to. */
@Injectable()
export class CoverageReader {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(ItemReader) private readonly reader: ItemReader,
    @Inject(RoundReader) private readonly rounds: RoundReader,
  ) {}

  /** @throws NotFound */
  async of(
    tenant: string,
    roundId: string,
  ): Promise<{ readonly coverage: Coverage; readonly sources: CoverageSources }> {
    const sources = await this.#sources(await this.rounds.round(tenant, roundId));
    return { coverage: coverageOf(sources), sources };
  }

  /** What it follows from. @throws NotFound where the plan is not known */
  async #sources(round: RoundDocument): Promise<CoverageSources> {
    const { _id: roundId, planId, referenceDate, tenant } = round;
    const plan = await this.reader.plan(tenant, planId);
    const [then, given, indicators] = await Promise.all([
      // Whom an item concerned on that day is what counts; assessments count by their round, whichever day they speak of.
      this.reader.itemsOn(referenceDate, plan),
      this.reader.assessmentsIn(roundId),
      this.readModels.find(indicatorSeries, { tenant, planId }, { sort: { sortKey: 1 } }),
    ]);
    const items = then.map((item) => ({ ...item, assessments: given.get(item._id) ?? [] }));
    const { bodies, groups } = namedBy(items);
    const assessments = items.flatMap((item) => item.assessments);
    const giving = assessments.map(({ bodyId }) => bodyId);
    const following = indicators.map(({ ownerId }) => ownerId);
    const named = {
      bodies: [plan.owner.bodyId, ...bodies, ...giving, ...following],
      groups,
      scales: assessments.map(({ scale }) => scale.scaleId),
    };
    const names = await Names.of(this.readModels, tenant, { asOf: referenceDate }, named);
    return { round, plan, items, indicators, names };
  }
}
