import { Inject, Injectable } from '@nestjs/common';
import type { Filter } from '#document-store';
import { pageOf } from '#http-api';
import type { Page, PagePart } from '#http-api';
import { LogDamaged, NotFound, StoreFailure, streamName } from '#kernel';
import { isNow, ReadModels, Replay } from '#projecting';
import type { Moment } from '#projecting';
import { planDirectory } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import type { PlanDocument } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import { isRevisedAfter } from '../../item.js';
import type { Assessment } from '../../item.js';
import { itemRecord } from '../item-record/item-record.js';
import { assessmentsBy, factsByItem, foldedAt, levelOf } from './fold-facts.js';
import type { Fact } from './facts.js';
import { untold } from './item-documents.js';
import type { ItemDocument, ListedItem } from './item-documents.js';
import { isAskedFor, storeFilter } from './item-filter.js';
import type { ItemFilter } from './item-filter.js';
import { itemStatus, roundsOfItems, timesOfItems } from './item-status.projection.js';
import { listed } from './listed-item.js';
import { newestLevel } from './owners-judgements.js';
import type { StandingItem } from './standing-item.js';
import { standingRecord, StandingItems } from './standing-items.js';

/** Some of the items of a list, and how many it has. */
type ItemsOfPage = Pick<Page<ListedItem>, 'items' | 'total'>;

/** Items and plans, as documents tell of now and of any moment; of one item at a moment, the log itself. */
@Injectable()
export class ItemReader {
  readonly #standing: StandingItems;

  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Replay) private readonly replay: Replay,
  ) {
    this.#standing = new StandingItems(readModels, replay);
  }

  /** @throws NotFound; LogDamaged where nothing is left of the stream of an item that documents tell of */
  async item(tenant: string, itemId: string, moment: Moment): Promise<StandingItem> {
    const item = isNow(moment) ? await this.#now(tenant, itemId) : await this.#then(tenant, itemId, moment);
    if (item?.tenant !== tenant) throw new NotFound('item', itemId);
    return item;
  }

  async #now(tenant: string, itemId: string): Promise<StandingItem | undefined> {
    const item = await this.readModels.get(itemStatus, itemId);
    return item?.tenant === tenant ? (await this.#standing.now([item]))[0] : undefined;
  }

  async #then(tenant: string, itemId: string, moment: Moment): Promise<StandingItem | undefined> {
    const stream = streamName(tenant, 'item', itemId);
    const then = await this.replay.document(itemRecord, stream, moment);
    if (then) return standingRecord(then);
    if ((await this.#documentOf(itemId))?.tenant !== tenant) return undefined;
    if ((await this.replay.events(stream, {})).length > 0) return undefined;
    throw new LogDamaged({ stream, awaited: 0, found: undefined });
  }

  /** What the documents tell of an item; nothing where they are away, since a replay needs the log alone. */
  async #documentOf(itemId: string): Promise<ItemDocument | undefined> {
    try {
      return await this.readModels.get(itemStatus, itemId);
    } catch (error) {
      if (error instanceof StoreFailure) return undefined;
      throw error;
    }
  }

  /** Every item of a plan, in the order of kinds, numbers and titles. */
  async items(plan: PlanDocument, moment: Moment): Promise<ListedItem[]> {
    if (!isNow(moment)) return this.#listedAt(plan, moment);
    const { _id: planId, tenant } = plan;
    const items = await this.readModels.find(itemStatus, { tenant, planId }, { sort: { sortKey: 1 } });
    return inOrder(plan, await this.#withLevels(planId, items));
  }

  /**
   * A part of the items of a plan that are asked for, and how many those are. Of now, only the documents of that part are
   * read, however many items the plan has.
   */
  async page(plan: PlanDocument, asked: ItemFilter, part: PagePart, moment: Moment = {}): Promise<ItemsOfPage> {
    if (!isNow(moment)) return pageOf(await this.#asked(plan, asked, moment), part);
    const filter = { tenant: plan.tenant, planId: plan._id, ...storeFilter(asked) };
    const places = asked.kind === undefined ? kindsInOrder(plan) : [[asked.kind]];
    const filters = places.map((kinds) => ({ ...filter, kind: kinds.length === 1 ? kinds[0]! : { $in: kinds } }));
    const [isTold, total, ...counts] = await Promise.all([
      this.#tells(plan, asked, filter),
      this.#count(filter),
      ...filters.map((each) => this.#count(each)),
    ]);
    // A log may tell of items of a kind that its plan does not know: they come last.
    if (!isTold || counts.reduce((sum, count) => sum + count, 0) < total) {
      return pageOf(await this.#asked(plan, asked, moment), part);
    }
    const items: ListedItem[] = [];
    let before = 0;
    for (const [index, each] of filters.entries()) {
      const [skip, limit] = [Math.max(0, part.offset - before), part.limit - items.length];
      before += counts[index]!;
      if (limit === 0 || part.offset >= before) continue;
      items.push(...(await this.readModels.find(itemStatus, each, { sort: { sortKey: 1 }, skip, limit })));
    }
    return { items, total };
  }

  #count(filter: Filter): Promise<number> {
    return this.readModels.count(itemStatus, filter);
  }

  /** Whether the documents of now tell which items are asked for: not where only the facts tell the level of some. */
  async #tells({ _id: planId, tenant }: PlanDocument, { level }: ItemFilter, filter: Filter): Promise<boolean> {
    const [any] = await this.readModels.find(itemStatus, { tenant, planId }, { limit: 1 });
    // Documents that an older version made answer until others are made.
    if (any && !('foundBy' in any)) return false;
    return level === undefined || (await this.#count({ ...filter, 'foundBy.level': untold })) === 0;
  }

  async #asked(plan: PlanDocument, asked: ItemFilter, moment: Moment): Promise<ListedItem[]> {
    return (await this.items(plan, moment)).filter((item) => isAskedFor(item, asked));
  }

  /** What is shown of items. Leaves out those that were not there at the moment. */
  standing(items: readonly ListedItem[], moment: Moment): Promise<StandingItem[]> {
    return isNow(moment) ? this.#standing.now(items as readonly ItemDocument[]) : this.#standing.at(items, moment);
  }

  /** The same, by all that was ever said of them. */
  standingByAll(items: readonly ListedItem[], moment: Moment): Promise<StandingItem[]> {
    return this.#standing.at(items, moment);
  }

  /** Every item of a plan as it was on a day, in the order of today. */
  async itemsOn(day: string, plan: PlanDocument): Promise<ListedItem[]> {
    const items = await this.items(plan, {});
    const revised = items.filter((item) => isRevisedAfter(item, day));
    if (revised.length === 0) return items;
    const moment = { asOf: day };
    const then = await this.#times(
      plan._id,
      revised.map(({ _id }) => _id),
    );
    return items.flatMap((item): ListedItem[] => {
      if (!isRevisedAfter(item, day)) return [item];
      const folded = foldedAt(then.get(item._id) ?? [], moment);
      return folded ? [listed(folded.item, item)] : [];
    });
  }

  /** What bodies say in a round, by item: the assessments that stand, without their words. */
  async assessmentsIn(roundId: string): Promise<ReadonlyMap<string, readonly Assessment[]>> {
    const facts = factsByItem(await this.readModels.find(roundsOfItems, { roundId }));
    return new Map([...facts].map(([itemId, said]) => [itemId, assessmentsBy(said)]));
  }

  /**
   * A plan as it was amended up to a moment.
   * @throws NotFound where there is none, or was none then
   */
  async plan(tenant: string, planId: string, moment: Moment = {}): Promise<PlanDocument> {
    const plan = isNow(moment)
      ? await this.readModels.get(planDirectory, planId)
      : await this.replay.document(planDirectory, streamName(tenant, 'plan', planId), moment);
    if (plan?.tenant !== tenant) throw new NotFound('plan', planId);
    return plan;
  }

  /**
   * What to call a plan and its kinds by at a moment: one that had not been adopted then, and so has no items, goes by
   * what it is called now.
   * @throws NotFound where there is none
   */
  async planNames(tenant: string, planId: string, moment: Moment): Promise<PlanDocument> {
    const now = await this.plan(tenant, planId);
    if (isNow(moment)) return now;
    return (await this.replay.document(planDirectory, streamName(tenant, 'plan', planId), moment)) ?? now;
  }

  /** The items over some, as they were at a moment. */
  async parentsOf(items: readonly ListedItem[], moment: Moment): Promise<ReadonlyMap<string, ListedItem>> {
    const ids = [...new Set(items.flatMap(({ parents }) => parents.value))];
    const { tenant, planId } = items[0] ?? {};
    const now = (await this.readModels.getMany(itemStatus, ids)).filter((parent) => parent.tenant === tenant);
    if (isNow(moment)) return new Map(now.map((parent) => [parent._id, parent]));
    const facts = await this.#times(planId!, ids);
    return new Map(
      now.flatMap((parent): [string, ListedItem][] => {
        const folded = foldedAt(facts.get(parent._id) ?? [], moment);
        return folded ? [[parent._id, listed(folded.item, parent)]] : [];
      }),
    );
  }

  /** The levels that only the facts tell. */
  async #withLevels(planId: string, items: readonly ItemDocument[]): Promise<ItemDocument[]> {
    const unsettled = items.filter(({ owners }) => newestLevel(owners) === undefined).map(({ _id }) => _id);
    if (unsettled.length === 0) return [...items];
    const facts = await this.#times(planId, unsettled);
    return items.map((item) => {
      const folded = foldedAt(facts.get(item._id) ?? [], {});
      return folded ? { ...item, level: levelOf(folded.item) } : item;
    });
  }

  async #listedAt(plan: PlanDocument, moment: Moment): Promise<ListedItem[]> {
    const { _id: planId, tenant } = plan;
    const then: ListedItem[] = [];
    for (const [_id, facts] of await this.#times(planId)) {
      const folded = foldedAt(facts, moment);
      if (folded) then.push(listed(folded.item, { _id, tenant, level: levelOf(folded.item) }));
    }
    const sorted = inOrder(plan, then);
    return hasTies(plan, sorted) ? this.#inOrderOfToday(plan, sorted) : sorted;
  }

  /** Those of one number and title stand as they do today. */
  async #inOrderOfToday(plan: PlanDocument, items: readonly ListedItem[]): Promise<ListedItem[]> {
    const now = await this.readModels.getMany(
      itemStatus,
      items.map(({ _id }) => _id),
    );
    const keys = new Map(now.map(({ _id, sortKey }) => [_id, `${sortKey}\n${_id}`]));
    const keyOf = ({ _id }: ListedItem) => keys.get(_id) ?? '';
    return inOrder(
      plan,
      [...items].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)),
    );
  }

  /** What items and their owner said, by item. @param itemIds left out, of every item of the plan */
  async #times(planId: string, itemIds?: readonly string[]): Promise<ReadonlyMap<string, readonly Fact[]>> {
    const filter = { ofPlan: planId, ...(itemIds && { itemId: { $in: itemIds } }) };
    return factsByItem(await this.readModels.find(timesOfItems, filter));
  }
}

/** Items by kind, number and title; where these are the same, as they come. */
const inOrder = <Item extends ListedItem>(plan: PlanDocument, items: Item[]): Item[] => items.sort(orderIn(plan));

const hasTies = (plan: PlanDocument, items: readonly ListedItem[]): boolean => {
  const compare = orderIn(plan);
  return items.some((item, index) => index > 0 && compare(items[index - 1]!, item) === 0);
};

/** Compares items by the place of their kind, and by number and title. */
function orderIn(plan: PlanDocument): (one: ListedItem, other: ListedItem) => number {
  const order = new Map(plan.kinds.map(({ code, order }) => [code, order]));
  const placeOf = ({ kind }: ListedItem) => order.get(kind) ?? Infinity;
  return (one, other) => {
    const [place, otherPlace] = [placeOf(one), placeOf(other)];
    if (place !== otherPlace) return place < otherPlace ? -1 : 1;
    return one.sortKey < other.sortKey ? -1 : Number(one.sortKey > other.sortKey);
  };
}

/** Which kinds come one after another, those of one place together. */
function kindsInOrder({ kinds }: PlanDocument): string[][] {
  const places = [...new Set(kinds.map(({ order }) => order))].sort((one, other) => one - other);
  return places.map((place) => kinds.filter(({ order }) => order === place).map(({ code }) => code));
}
