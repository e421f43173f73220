import { Inject, Injectable } from '@nestjs/common';
import type { Filter } from '#document-store';
import { pageOf } from '#http-api';
import type { Page, PagePart } from '#http-api';
import { LogDamaged, NotFound, StoreFailure, streamName } from '#kernel';
import { isNow, ReadModels, Replay } from '#projecting';
import type { Moment } from '#projecting';
import { planDirectory } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import type { PlanDocument } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import { byId } from '../../../names/names.js';
import { itemRecord } from '../item-record/item-record.js';
import { replayedItems } from '../item-record/replayed-items.js';
import { PastOrder } from '../item-sheets/past-order.js';
import { untold } from './item-documents.js';
import type { ItemDocument, ListedItem } from './item-documents.js';
import { isAskedFor, storeFilter } from './item-filter.js';
import type { ItemFilter } from './item-filter.js';
import { hasTies, inOrder } from './item-order.js';
import { itemStatus } from './item-status.projection.js';
import { PastItems } from './past-items.js';
import type { StandingItem } from './standing-item.js';
import { standingRecord, StandingItems } from './standing-items.js';

/** Some of the items of a list, and how many it has. */
type ItemsOfPage = Pick<Page<ListedItem>, 'items' | 'total'>;

/** Items and plans, as documents tell of now and of any moment; of one item at a moment, the log itself. */
@Injectable()
export class ItemReader {
  readonly #past: PastItems;
  readonly #order: PastOrder;
  readonly #standing: StandingItems;

  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Replay) private readonly replay: Replay,
  ) {
    this.#past = new PastItems(readModels);
    this.#order = new PastOrder(readModels, this.#past);
    this.#standing = new StandingItems(readModels, replay, this.#past);
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
    return inOrder(plan, await this.#past.withLevels(items, {}));
  }

  /**
   * A part of the items of a plan that are asked for, and how many those are. Of now, only the documents of that part are
   * read, however many items the plan has.
   */
  async page(plan: PlanDocument, asked: ItemFilter, part: PagePart, moment: Moment = {}): Promise<ItemsOfPage> {
    if (!isNow(moment)) return this.#pageThen(plan, asked, part, moment);
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

  /** All items of a kind, or of the plan, are counted and sorted by sheets; any other list is looked through. */
  async #pageThen(plan: PlanDocument, asked: ItemFilter, part: PagePart, moment: Moment): Promise<ItemsOfPage> {
    const { bodies, kind, level, lifecycle, number, parentId, text } = asked;
    const isWhole = [bodies, level, lifecycle, number, parentId, text].every((one) => one === undefined);
    const all = isWhole ? await this.#order.of(plan, moment) : undefined;
    if (!all) return pageOf(await this.#asked(plan, asked, moment), part);
    const { items: shown, total } = pageOf(kind === undefined ? all : all.filter((item) => item.kind === kind), part);
    const now = await this.readModels.getMany(
      itemStatus,
      shown.map(({ _id }) => _id),
    );
    const then = byId(
      await this.#past.withLevels(
        (await this.#past.of(now, moment)).map(({ item }) => item),
        moment,
      ),
    );
    return { items: shown.flatMap(({ _id }) => then.get(_id) ?? []), total };
  }

  #count(filter: Filter): Promise<number> {
    return this.readModels.count(itemStatus, filter);
  }

  /** Whether the documents of now tell which items are asked for: not where only the facts tell the level of some. */
  async #tells({ tenant }: PlanDocument, { level }: ItemFilter, filter: Filter): Promise<boolean> {
    // Documents that an older version made answer until others are made.
    if (!(await this.readModels.areMade([itemStatus], tenant))) return false;
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
    return this.#standing.byAll(items, moment);
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
    const then = await this.#itemsThen(
      now.filter((parent) => parent.planId === planId),
      moment,
    );
    return byId(then);
  }

  /** Some items as they were at a moment, without what only the facts tell. @param now as they are now */
  async #itemsThen(now: readonly ItemDocument[], moment: Moment): Promise<ListedItem[]> {
    if (await this.#isTold(now[0]?.tenant)) return (await this.#past.of(now, moment)).map(({ item }) => item);
    return (await replayedItems(this.replay, now, moment)).map(standingRecord);
  }

  async #allThen(plan: PlanDocument, moment: Moment): Promise<ListedItem[]> {
    const { _id: planId, tenant } = plan;
    if (!(await this.#isTold(tenant))) {
      return this.#itemsThen(await this.readModels.find(itemStatus, { tenant, planId }), moment);
    }
    const then = (await this.#past.ofPlan(plan, moment)).map(({ item }) => item);
    return this.#past.withLevels(then, moment);
  }

  /** Whether documents tell of moments; the log does until they are made. */
  async #isTold(tenant: string | undefined): Promise<boolean> {
    return tenant === undefined || this.readModels.areMade([itemStatus], tenant);
  }

  async #listedAt(plan: PlanDocument, moment: Moment): Promise<ListedItem[]> {
    const sorted = inOrder(plan, await this.#allThen(plan, moment));
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
}

/** Which kinds come one after another, those of one place together. */
function kindsInOrder({ kinds }: PlanDocument): string[][] {
  const places = [...new Set(kinds.map(({ order }) => order))].sort((one, other) => one - other);
  return places.map((place) => kinds.filter(({ order }) => order === place).map(({ code }) => code));
}
