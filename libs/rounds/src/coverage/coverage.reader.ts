import { Inject, Injectable } from '@nestjs/common';
import { indicatorSeries } from '#indicators';
import { streamName } from '#kernel';
import { isRevisedAfter, ItemReader, itemStatus, Names } from '#planning';
import type { ItemDocument, PlanDocument } from '#planning';
import { ReadModels, Replay } from '#projecting';
import type { RoundDocument } from '../round/read-models/round-directory/round-directory.projection.js';
import { RoundReader } from '../round/read-models/round-directory/round-directory.reader.js';
import { coverageOf } from './coverage.js';
import type { Coverage, CoverageSources } from './coverage.js';

/** How far the bodies have come in a round, by what the read models have come to. */
@Injectable()
export class CoverageReader {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Replay) private readonly replay: Replay,
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
    const { planId, referenceDate, tenant } = round;
    const plan = await this.reader.plan(tenant, planId);
    const [items, indicators, names] = await Promise.all([
      this.#itemsOn(referenceDate, plan),
      this.readModels.find(indicatorSeries, { tenant, planId }, { sort: { sortKey: 1 } }),
      Names.of(this.readModels, tenant, { asOf: referenceDate }),
    ]);
    return { round, plan, items, indicators, names };
  }

  /** Whom an item concerned on a day is what counts; its document tells of today, so that one revised since is replayed. */
  async #itemsOn(day: string, plan: PlanDocument): Promise<ItemDocument[]> {
    const items = await this.reader.items(plan, {});
    const then = await Promise.all(
      items.map(async (item) => (isRevisedAfter(item, day) ? this.#itemOn(day, item) : item)),
    );
    return then.filter((item) => item !== undefined);
  }

  async #itemOn(day: string, item: ItemDocument): Promise<ItemDocument | undefined> {
    const stream = streamName(item.tenant, 'item', item._id);
    const then = await this.replay.document(itemStatus, stream, { asOf: day });
    // Assessments count by their round, whichever day they speak of.
    return then && { ...then, assessments: item.assessments, level: item.level };
  }
}
