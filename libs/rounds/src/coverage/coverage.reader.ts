import { Inject, Injectable } from '@nestjs/common';
import { indicatorSeries } from '#indicators';
import type { IndicatorDocument, IndicatorEvent } from '#indicators';
import { streamName } from '#kernel';
import type { KnownBy } from '#kernel';
import { ItemReader, Names, SheetReader } from '#planning';
import type { SheetItem } from '#planning';
import { foldedWhere, ReadModels, Replay, withoutDay } from '#projecting';
import type { Moment } from '#projecting';
import type { RoundDocument } from '../round/read-models/round-directory/round-directory.projection.js';
import { RoundReader } from '../round/read-models/round-directory/round-directory.reader.js';
import { isSeenIn } from '../round/seen-from.js';
import { coveredIn, coverageOf } from './coverage.js';
import type { Coverage, CoverageSources, ToldAssessment } from './coverage.js';
import { givenBy } from './expected.js';
import type { ShownBody } from './coverage.view.js';

/** How far the bodies have come in a round, by what the read models have come to. */
@Injectable()
export class CoverageReader {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(ItemReader) private readonly reader: ItemReader,
    @Inject(SheetReader) private readonly sheets: SheetReader,
    @Inject(RoundReader) private readonly rounds: RoundReader,
    @Inject(Replay) private readonly replay: Replay,
  ) {}

  /** What is counted; what assessments say is looked up for what is shown (`told`). @throws NotFound */
  async of(
    tenant: string,
    roundId: string,
  ): Promise<{ readonly coverage: Coverage; readonly sources: CoverageSources }> {
    const sources = await this.#sources(await this.rounds.round(tenant, roundId));
    return { coverage: coverageOf(sources), sources };
  }

  /**
   * The same as a moment sees it, told by the log: what was done in the round up to a day, and what was known or said by then of
   * all that it rests on. Its items, names and groups are those of the day that the round speaks of. @throws NotFound
   */
  async at(
    tenant: string,
    roundId: string,
    moment: Moment,
  ): Promise<{ readonly coverage: Coverage; readonly sources: CoverageSources }> {
    const { round } = await this.rounds.roundAt(tenant, roundId, moment);
    const known = withoutDay(moment);
    const plan = await this.reader.planNames(tenant, round.planId, { ...known, asOf: round.referenceDate });
    const [{ items, judgements }, indicators] = await Promise.all([
      this.sheets.ofLog(plan, { day: round.referenceDate, roundId, isSeen: isSeenIn(moment) }, known),
      this.#indicatorsAt(round, moment),
    ]);
    const sources = await this.#named({ round, plan, items, judgements, indicators }, known);
    return { coverage: coverageOf(sources), sources };
  }

  /** What the assessments say of the entries of bodies that are shown, and the names of the levels that they give. */
  async told(
    bodies: readonly ShownBody[],
    { round }: CoverageSources,
    moment: Moment = {},
  ): Promise<{ readonly bodies: readonly ShownBody[]; readonly levels: Names }> {
    const { _id: roundId, referenceDate: asOf, tenant } = round;
    const given = bodies.flatMap(({ shown }) => shown.flatMap(({ assessment }) => assessment?.given ?? []));
    const assessments = await this.sheets.assessments(tenant, roundId, given);
    const found = new Map(given.map((one, index) => [one, assessments[index]]));
    const covered = coveredIn(round);
    const told = bodies.map((body): ShownBody => ({
      ...body,
      shown: body.shown.map(({ assessment: counted, ...entry }) => {
        const { given: one } = counted ?? {};
        if (!one) return { ...entry, ...(counted && { assessment: counted }) };
        const assessment = found.get(one);
        // It may have been withdrawn since it was counted.
        return assessment ? covered(entry, { bodyId: one.bodyId, assessment }) : entry;
      }),
    }));
    const scales = told.flatMap(({ shown }) =>
      shown.flatMap(({ assessment }) => (assessment ? [(assessment as ToldAssessment).scale.scaleId] : [])),
    );
    return {
      bodies: told,
      levels: await Names.of(this.readModels, tenant, { ...withoutDay(moment), asOf }, { scales }),
    };
  }

  /** What it follows from. @throws NotFound where the plan is not known */
  async #sources(round: RoundDocument): Promise<CoverageSources> {
    const { _id: roundId, frozen, planId, referenceDate, tenant } = round;
    // Who owns it on that day answers for it.
    const plan = await this.reader.planNames(tenant, planId, { asOf: referenceDate });
    const [items, judgements, indicators] = await Promise.all([
      // Whom an item concerned on that day is what counts; assessments count by their round, whichever day they speak of.
      this.sheets.itemsOn(referenceDate, plan),
      this.sheets.judgementsIn(plan, roundId, frozen?.position),
      this.readModels.find(indicatorSeries, { tenant, planId, status: 'defined' }, { sort: { sortKey: 1 } }),
    ]);
    return this.#named({ round, plan, items, judgements, indicators });
  }

  /** With the names of all that is told. */
  async #named(told: Omit<CoverageSources, 'names'>, known: KnownBy = {}): Promise<CoverageSources> {
    const { indicators, items, judgements, plan, round } = told;
    const named = namedIn(items);
    for (const bodies of new Set([...judgements.values()].map((of) => of.bodies))) addAll(named.bodies, bodies);
    addAll(named.bodies, [...givenBy(plan), ...indicators.map(({ ownerId }) => ownerId)]);
    const names = await Names.of(this.readModels, round.tenant, { ...known, asOf: round.referenceDate }, named);
    return { ...told, names };
  }

  /** The indicators of the round's plan, by name, as a moment sees them. */
  async #indicatorsAt({ planId, tenant }: RoundDocument, moment: Moment): Promise<IndicatorDocument[]> {
    const now = await this.readModels.find(indicatorSeries, { tenant, planId }, { sort: { sortKey: 1 } });
    const isSeen = isSeenIn(moment);
    const then = await Promise.all(
      now.map(async ({ _id }) => {
        const stream = streamName(tenant, 'indicator', _id);
        const events = await this.replay.events<IndicatorEvent>(stream, withoutDay(moment));
        return foldedWhere(indicatorSeries, events, ({ metadata }) => isSeen(metadata));
      }),
    );
    return then.filter((indicator) => indicator?.status === 'defined') as IndicatorDocument[];
  }
}

/** Whom items concern, and who answers for them. There are many items, and few of these. */
function namedIn(items: readonly SheetItem[]): { readonly bodies: Set<string>; readonly groups: Set<string> } {
  const [bodies, groups] = [new Set<string>(), new Set<string>()];
  for (const { concerned, responsible } of items) {
    addAll(bodies, responsible);
    if (concerned && 'groupId' in concerned) groups.add(concerned.groupId);
    else if (concerned) addAll(bodies, concerned.bodies);
  }
  return { bodies, groups };
}

function addAll(known: Set<string>, ids: readonly string[]): void {
  for (const id of ids) known.add(id);
}
