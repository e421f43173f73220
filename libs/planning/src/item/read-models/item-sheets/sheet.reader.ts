import { Inject, Injectable } from '@nestjs/common';
import { addTo, factOf, streamName } from '#kernel';
import { ReadModels, Replay } from '#projecting';
import type { PlanDocument } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import type { ItemEvent } from '../../item.events.js';
import { assessed, corrected } from '../../item.js';
import type { Assessment } from '../../item.js';
import { byId } from '../../../names/names.js';
import { replayedItems } from '../item-record/replayed-items.js';
import { factAt } from '../item-status/facts.js';
import type { Fact } from '../item-status/facts.js';
import { foldedAt } from '../item-status/fold-facts.js';
import { idOfTimes, nthTimes } from '../item-status/item-documents.js';
import type { ItemDocument } from '../item-status/item-documents.js';
import { inOrder } from '../item-status/item-order.js';
import { itemStatus, timesOfItems } from '../item-status/item-status.projection.js';
import { PastItems } from '../item-status/past-items.js';
import { isUnsettled } from './given.js';
import type { GivenJudgement } from './given.js';
import { itemSheets, planSheets, roundSheets } from './item-sheets.projection.js';
import { JudgementsInLine, judgementsInRound, WholeJudgements } from './round-judgements.js';
import type { RoundJudgements } from './round-judgements.js';
import type { SheetItem } from './sheet-item.js';

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
  ): Promise<ReadonlyMap<string, RoundJudgements>> {
    if (!(await this.#areMade(plan))) return this.#judgementsOfLog(plan, roundId);
    const sheets = await this.readModels.find(roundSheets, { ofRound: roundId });
    const told = new Map<string, RoundJudgements>();
    const [late, unsettled]: [JudgementOfItem[], string[]] = [[], []];
    for (const { bodies, position, rows } of sheets) {
      const isLate = since !== undefined && position > since;
      for (const [itemId, row] of Object.entries(rows)) {
        const line = new JudgementsInLine(bodies, row);
        if (row.some(isUnsettled)) unsettled.push(itemId);
        else if (!isLate) told.set(itemId, line);
        else for (const one of line) if (!one.assessment) late.push({ ...one, itemId });
      }
    }
    const whole = new Map<string, Assessment[]>();
    for (const [index, assessment] of (await this.assessments(plan.tenant, late)).entries())
      addTo(whole, late[index]!.itemId, assessment);
    for (const [itemId, all] of whole) told.set(itemId, new WholeJudgements(all));
    for (const [itemId, judgements] of await this.#byAll(unsettled, roundId)) told.set(itemId, judgements);
    return told;
  }

  /** Those of some rounds in which sheets tell that somebody may say something of an item. */
  async roundsJudged(roundIds: readonly string[]): Promise<ReadonlySet<string>> {
    const sheets = await this.readModels.find(roundSheets, { ofRound: { $in: [...roundIds] } });
    const judged = sheets.filter(({ rows }) => Object.values(rows).some((row) => row.some((given) => given !== '')));
    return new Set(judged.map(({ ofRound }) => ofRound));
  }

  /** Judgements without their words, in the order in which they are asked for. */
  async assessments(tenant: string, asked: readonly JudgementOfItem[]): Promise<Assessment[]> {
    const ids = asked.flatMap(({ itemId, made, said }) => [made, said].map((one) => idOfTimes(itemId, nthTimes(one))));
    const times = byId(await this.readModels.getMany(timesOfItems, [...new Set(ids)]));
    const logged = new Map<string, readonly Fact[]>();
    const factOf = (itemId: string, revision: number): Fact | undefined => {
      const found = times.get(idOfTimes(itemId, nthTimes(revision)));
      return (
        (found && factAt(found, itemId, revision)) ?? logged.get(itemId)?.find((fact) => fact.revision === revision)
      );
    };
    // The documents of items have not come as far as sheets have: the log tells.
    for (const { itemId, made, said } of asked) {
      const isTold = factOf(itemId, made) !== undefined && factOf(itemId, said) !== undefined;
      if (!isTold && !logged.has(itemId)) logged.set(itemId, await this.#logged(itemId, tenant));
    }
    return asked.map(({ itemId, made, said }) => {
      const first = assessed(factOf(itemId, made) as never);
      return made === said ? first : corrected(first, factOf(itemId, said) as never);
    });
  }

  /** What bodies said last of items in a round, by all that was ever said of them. */
  async #byAll(itemIds: readonly string[], roundId: string): Promise<ReadonlyMap<string, RoundJudgements>> {
    const facts = await this.#past.factsOf(await this.readModels.getMany(itemStatus, itemIds));
    const inRound = (told: readonly Fact[]) => judgementsInRound(foldedAt(told, {})?.item.assessments ?? [], roundId);
    return new Map([...facts].map(([itemId, told]) => [itemId, inRound(told)]));
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

  async #judgementsOfLog(plan: PlanDocument, roundId: string): Promise<ReadonlyMap<string, RoundJudgements>> {
    const records = await replayedItems(this.replay, await this.#itemsNow(plan), {});
    return new Map(records.map(({ _id, assessments }) => [_id, judgementsInRound(assessments, roundId)]));
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
