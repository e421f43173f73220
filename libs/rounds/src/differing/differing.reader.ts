import { Inject, Injectable } from '@nestjs/common';
import { NotFound, sortedPart } from '#kernel';
import { ItemReader, Names, orderIn, SheetReader } from '#planning';
import type { LevelOfBody, PlanDocument } from '#planning';
import { ReadModels } from '#projecting';
import type { Moment } from '#projecting';
import type { PagePart } from '#http-api';
import type { RoundDocument } from '../round/read-models/round-directory/round-directory.projection.js';
import { RoundReader } from '../round/read-models/round-directory/round-directory.reader.js';
import type { Agreement } from './agreement.js';
import { differingIn, isAmongDiffering } from './differing.js';
import type { DifferingCounts, DifferingItem } from './differing.js';

/** Which differences are asked for. */
export interface DifferencesAsked extends PagePart {
  /** Only where this body's judgement is one of them. */
  readonly bodyId?: string | undefined;
  readonly agreement?: Exclude<Agreement, 'same'> | undefined;
}

/** A part of the differences in a round, with the names that tell them. */
export interface Differences {
  readonly round: RoundDocument;
  readonly plan: PlanDocument;
  readonly counts: DifferingCounts;
  readonly items: readonly DifferingItem[];
  /** How many are asked for in all. */
  readonly total: number;
  readonly names: Names;
}

/** Where bodies judge the items of a round otherwise than the owner of the plan, or than each other. */
@Injectable()
export class DifferingReader {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(ItemReader) private readonly reader: ItemReader,
    @Inject(SheetReader) private readonly sheets: SheetReader,
    @Inject(RoundReader) private readonly rounds: RoundReader,
  ) {}

  /** @throws NotFound */
  async of(tenant: string, roundId: string, asked: DifferencesAsked): Promise<Differences> {
    const round = await this.rounds.round(tenant, roundId);
    const plan = await this.reader.plan(tenant, round.planId);
    const [items, levels] = await Promise.all([
      this.sheets.itemsOn(round.referenceDate, plan),
      this.sheets.levelsIn(plan, roundId),
    ]);
    const { counts, items: all } = differingIn(round, items, levels);
    const { agreement, bodyId } = asked;
    const found = all.filter(
      (one) =>
        (agreement === undefined || one.agreement === agreement) &&
        (bodyId === undefined || isAmongDiffering(one, bodyId)),
    );
    const compare = orderIn(plan);
    const shown = sortedPart(found, (one, other) => compare(one.item, other.item), asked);
    const names = await Names.of(this.readModels, tenant, { asOf: round.referenceDate }, namedIn(shown));
    return { round, plan, counts, items: shown, total: found.length, names };
  }

  /**
   * The ids of the items that bodies judge differently in one of the rounds of a plan, of those that the round assesses.
   * @throws NotFound where the plan has no such round
   */
  async itemsIn(plan: PlanDocument, roundId: string, moment: Moment = {}): Promise<ReadonlySet<string>> {
    const round = await this.rounds.round(plan.tenant, roundId);
    if (round.planId !== plan._id) throw new NotFound('round', roundId);
    const [items, levels] = await Promise.all([
      this.sheets.itemsOn(round.referenceDate, plan),
      this.sheets.levelsIn(plan, roundId, moment),
    ]);
    const found = differingIn(round, items, levels).items;
    return new Set(found.flatMap(({ agreement, item }) => (agreement === 'differs' ? [item._id] : [])));
  }
}

const namedIn = (items: readonly { readonly levels: readonly LevelOfBody[] }[]) => ({
  bodies: items.flatMap(({ levels }) => levels.map(({ bodyId }) => bodyId)),
  scales: items.flatMap(({ levels }) => levels.map(({ scale }) => scale.scaleId)),
});
