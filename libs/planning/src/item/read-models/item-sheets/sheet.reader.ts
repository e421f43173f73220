import { Inject, Injectable } from '@nestjs/common';
import { factOf, streamName } from '#kernel';
import { ReadModels, Replay } from '#projecting';
import type { PlanDocument } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import type { ItemEvent } from '../../item.events.js';
import { assessed, corrected, newer } from '../../item.js';
import type { Assessment } from '../../item.js';
import { byId } from '../../../names/names.js';
import { replayedItems } from '../item-record/replayed-items.js';
import type { Fact } from '../item-status/facts.js';
import { factsByItem, foldedAt } from '../item-status/fold-facts.js';
import { idOfTimes, nthTimes } from '../item-status/item-documents.js';
import type { ItemDocument } from '../item-status/item-documents.js';
import { inOrder } from '../item-status/item-order.js';
import { itemStatus, timesOfItems } from '../item-status/item-status.projection.js';
import { PastItems } from '../item-status/past-items.js';
import { newestGiven } from './given.js';
import type { GivenJudgement } from './given.js';
import { itemSheets, planSheets, roundSheets } from './item-sheets.projection.js';
import type { SheetItem } from './sheet-item.js';

/** A body's newest judgement of an item in a round: where it is told, or the whole of it. */
export type RoundJudgement = { readonly bodyId: string } & (
  (GivenJudgement & { readonly assessment?: undefined }) | { readonly assessment: Assessment }
);

/** Which judgement of which item is asked for. */
export type JudgementOfItem = Pick<GivenJudgement, 'made' | 'said'> & { readonly itemId: string };

/** What bodies owe judgements of and have given, told by sheets; how long the histories of items are does not matter. */
@Injectable()
export class SheetReader {
  readonly #past: PastItems;

  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Replay) private readonly replay: Replay,
  ) {
    this.#past = new PastItems(readModels);
  }

  /** Every item of a plan as it was on a day, in the order of today. Those that were revised since cost two documents each. */
  async itemsOn(day: string, plan: PlanDocument): Promise<SheetItem[]> {
    if (!(await this.#areMade(plan))) return this.#itemsOfLog(plan, day);
    const sheets = await this.readModels.find(planSheets, { ofPlan: plan._id });
    const rows = sheets.flatMap((sheet) => Object.entries(sheet.rows).map(([_id, row]) => ({ _id, ...row })));
    const revised = rows.filter(({ until }) => until > day).map(({ _id }) => _id);
    const past = await this.#past.of(await this.readModels.getMany(itemStatus, revised), { asOf: day });
    const then = new Map(past.map(({ item }) => [item._id, item]));
    rows.sort((one, other) => (one._id < other._id ? -1 : 1));
    return inOrder(plan, rows).flatMap((row): SheetItem[] => (row.until <= day ? [row] : listOf(then.get(row._id))));
  }

  /**
   * What each body says of an item in a round, by item.
   * @param since items of which something was said in the round after this position are told whole
   */
  async judgementsIn(
    plan: PlanDocument,
    roundId: string,
    since?: string,
  ): Promise<ReadonlyMap<string, readonly RoundJudgement[]>> {
    if (!(await this.#areMade(plan))) return this.#judgementsOfLog(plan, roundId);
    const sheets = await this.readModels.find(roundSheets, { ofRound: roundId });
    const told = new Map<string, readonly RoundJudgement[]>();
    const [late, unsettled]: [JudgementOfItem[], string[]] = [[], []];
    for (const { bodies, position, rows } of sheets) {
      const isLate = since !== undefined && position > since;
      for (const [itemId, row] of Object.entries(rows)) {
        const newest = row.map((given, place) => ({ bodyId: bodies[place]!, given: newestGiven(given) }));
        if (newest.some(({ given }) => given === undefined)) unsettled.push(itemId);
        else if (isLate) late.push(...newest.flatMap(({ given }) => (given ? [{ itemId, ...given }] : [])));
        else
          told.set(
            itemId,
            newest.flatMap(({ bodyId, given }) => (given ? [{ bodyId, ...given }] : [])),
          );
      }
    }
    const whole = await this.assessments(plan.tenant, late);
    for (const [index, { itemId }] of late.entries())
      told.set(itemId, [...listOf(told.get(itemId)).flat(), wholly(whole[index]!)]);
    for (const [itemId, assessments] of await this.#byAll(unsettled, roundId))
      told.set(itemId, assessments.map(wholly));
    return told;
  }

  /** Judgements without their words, in the order in which they are asked for. */
  async assessments(tenant: string, asked: readonly JudgementOfItem[]): Promise<Assessment[]> {
    const ids = asked.flatMap(({ itemId, made, said }) => [made, said].map((one) => idOfTimes(itemId, nthTimes(one))));
    const facts = new Map<string, Map<number, Fact>>();
    const known = (itemId: string, told: readonly Fact[]) =>
      facts.set(itemId, new Map(told.map((fact) => [fact.revision, fact])));
    for (const [itemId, told] of factsByItem(await this.readModels.getMany(timesOfItems, [...new Set(ids)])))
      known(itemId, told);
    const lacks = ({ itemId, made, said }: JudgementOfItem) =>
      !facts.get(itemId)?.has(made) || !facts.get(itemId)?.has(said);
    // The documents of items have not come as far as sheets have: the log tells.
    for (const { itemId } of asked.filter(lacks)) known(itemId, await this.#logged(itemId, tenant));
    return asked.map(({ itemId, made, said }) => {
      const of = facts.get(itemId)!;
      const first = assessed(of.get(made) as never);
      return made === said ? first : corrected(first, of.get(said) as never);
    });
  }

  /** What bodies said last of items in a round, by all that was ever said of them. */
  async #byAll(itemIds: readonly string[], roundId: string): Promise<ReadonlyMap<string, readonly Assessment[]>> {
    const facts = await this.#past.factsOf(await this.readModels.getMany(itemStatus, itemIds));
    return new Map(
      [...facts].map(([itemId, told]) => [itemId, newestIn(foldedAt(told, {})?.item.assessments ?? [], roundId)]),
    );
  }

  /** Whether documents tell; the log does until they are made. */
  #areMade({ tenant }: PlanDocument): Promise<boolean> {
    return this.readModels.areMade([itemStatus, itemSheets], tenant);
  }

  async #itemsOfLog(plan: PlanDocument, day: string): Promise<SheetItem[]> {
    const items = inOrder(plan, await this.#itemsNow(plan));
    const then = byId(await replayedItems(this.replay, items, { asOf: day }));
    return items.flatMap(({ _id }) => listOf(then.get(_id)));
  }

  async #judgementsOfLog(plan: PlanDocument, roundId: string): Promise<ReadonlyMap<string, readonly RoundJudgement[]>> {
    const records = await replayedItems(this.replay, await this.#itemsNow(plan), {});
    return new Map(records.map(({ _id, assessments }) => [_id, newestIn(assessments, roundId).map(wholly)]));
  }

  #itemsNow({ _id: planId, tenant }: PlanDocument): Promise<ItemDocument[]> {
    return this.readModels.find(itemStatus, { tenant, planId }, { sort: { sortKey: 1 } });
  }

  async #logged(itemId: string, tenant: string): Promise<Fact[]> {
    const events = await this.replay.events<ItemEvent>(streamName(tenant, 'item', itemId), {});
    return events.map((event) => ({ ...factOf<ItemEvent>(event), revision: event.revision }));
  }
}

const listOf = <One>(one: One | undefined): One[] => (one === undefined ? [] : [one]);

const wholly = (assessment: Assessment): RoundJudgement => ({ bodyId: assessment.bodyId, assessment });

/** What each body said last in a round. @param assessments those that stand */
function newestIn(assessments: readonly Assessment[], roundId: string): readonly Assessment[] {
  const newest = new Map<string, Assessment>();
  for (const one of assessments) {
    if (one.roundId === roundId) newest.set(one.bodyId, newer(newest.get(one.bodyId), one));
  }
  return [...newest.values()];
}
