import { Inject, Injectable } from '@nestjs/common';
import { indicatorSeries } from '#indicators';
import { ItemReader, namedBy, Names, SheetReader } from '#planning';
import { ReadModels } from '#projecting';
import type { RoundDocument } from '../round/read-models/round-directory/round-directory.projection.js';
import { RoundReader } from '../round/read-models/round-directory/round-directory.reader.js';
import { coveredIn, coverageOf } from './coverage.js';
import type { Coverage, CoverageSources, ToldAssessment } from './coverage.js';
import type { ShownBody } from './coverage.view.js';

/** How far the bodies have come in a round, by what the read models have come to. */
@Injectable()
export class CoverageReader {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(ItemReader) private readonly reader: ItemReader,
    @Inject(SheetReader) private readonly sheets: SheetReader,
    @Inject(RoundReader) private readonly rounds: RoundReader,
  ) {}

  /** What is counted; what assessments say is looked up for what is shown (`told`). @throws NotFound */
  async of(
    tenant: string,
    roundId: string,
  ): Promise<{ readonly coverage: Coverage; readonly sources: CoverageSources }> {
    const sources = await this.#sources(await this.rounds.round(tenant, roundId));
    return { coverage: coverageOf(sources), sources };
  }

  /** What the assessments say of the entries of bodies that are shown, and the names of the levels that they give. */
  async told(
    bodies: readonly ShownBody[],
    { round }: CoverageSources,
  ): Promise<{ readonly bodies: readonly ShownBody[]; readonly levels: Names }> {
    const { referenceDate: asOf, tenant } = round;
    const given = bodies.flatMap(({ shown }) => shown.flatMap(({ assessment }) => assessment?.given ?? []));
    const assessments = await this.sheets.assessments(tenant, given);
    const found = new Map(given.map((one, index) => [one, assessments[index]!]));
    const covered = coveredIn(round);
    const told = bodies.map((body): ShownBody => ({
      ...body,
      shown: body.shown.map((entry) => {
        const { given: one } = entry.assessment ?? {};
        return one ? covered(entry, { bodyId: one.bodyId, assessment: found.get(one)! }) : entry;
      }),
    }));
    const scales = told.flatMap(({ shown }) =>
      shown.flatMap(({ assessment }) => (assessment ? [(assessment as ToldAssessment).scale.scaleId] : [])),
    );
    return { bodies: told, levels: await Names.of(this.readModels, tenant, { asOf }, { scales }) };
  }

  /** What it follows from. @throws NotFound where the plan is not known */
  async #sources(round: RoundDocument): Promise<CoverageSources> {
    const { _id: roundId, frozen, planId, referenceDate, tenant } = round;
    const plan = await this.reader.plan(tenant, planId);
    const [items, judgements, indicators] = await Promise.all([
      // Whom an item concerned on that day is what counts; assessments count by their round, whichever day they speak of.
      this.sheets.itemsOn(referenceDate, plan),
      this.sheets.judgementsIn(plan, roundId, frozen?.position),
      this.readModels.find(indicatorSeries, { tenant, planId }, { sort: { sortKey: 1 } }),
    ]);
    const { bodies, groups } = namedBy(items);
    const giving = new Set<string>();
    for (const of of judgements.values()) of.forEach((bodyId) => giving.add(bodyId));
    const following = indicators.map(({ ownerId }) => ownerId);
    const named = { bodies: [plan.owner.bodyId, ...bodies, ...giving, ...following], groups };
    const names = await Names.of(this.readModels, tenant, { asOf: referenceDate }, named);
    return { round, plan, items, judgements, indicators, names };
  }
}
