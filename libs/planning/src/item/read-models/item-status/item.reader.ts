import { Inject, Injectable } from '@nestjs/common';
import type { Filter } from '#document-store';
import { mergedPage, pageAt, pageOf, replayedAt } from '#http-api';
import type { Page, PagePart } from '#http-api';
import { LogDamaged, NotFound, StoreFailure, streamName } from '#kernel';
import { isUnlimited, ReadModels, Replay, seenInPart, seenWhole, seesAll, withoutDay } from '#projecting';
import type { Moment, MomentOfDay } from '#projecting';
import { planDirectory } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import type { PlanDocument } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import { byId } from '../../../names/names.js';
import { replayedItem, replayedItems } from '../item-record/replayed-items.js';
import { PastOrder } from '../item-sheets/past-order.js';
import { ComingItems } from './coming-items.js';
import type { Coming } from './coming-items.js';
import { untold } from './item-documents.js';
import type { ItemDocument, CountedItem } from './item-documents.js';
import { isAskedFor, isEverything, storeFilter } from './item-filter.js';
import type { ItemFilter } from './item-filter.js';
import { inOrder, orderIn } from './item-order.js';
import { itemStatus } from './item-status.projection.js';
import { PastItems } from './past-items.js';
import type { StandingItem } from './standing-item.js';
import { standingRecord, StandingItems } from './standing-items.js';

/** Some of the items of a list, and how many it has. */
type ItemsOfPage = Pick<Page<CountedItem>, 'items' | 'total'>;

/** Items and plans, as documents tell of now and of any moment; of one item at a moment, the log itself. */
@Injectable()
export class ItemReader {
  /** Of so many items it costs little to tell how each was at a moment. */
  protected readonly mostApart: number = 64;
  readonly #past: PastItems;
  readonly #order: PastOrder;
  readonly #standing: StandingItems;
  readonly #coming: ComingItems;

  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Replay) private readonly replay: Replay,
  ) {
    this.#past = new PastItems(readModels);
    this.#order = new PastOrder(readModels, this.#past);
    this.#standing = new StandingItems(readModels, replay, this.#past);
    this.#coming = new ComingItems(readModels, replay, this.#past);
  }

  /**
   * An item at a moment, as the log tells it.
   * @throws NotFound; LogDamaged where nothing is left of the stream of an item that documents tell of
   */
  async itemOfLog(tenant: string, itemId: string, moment: Moment): Promise<StandingItem> {
    const item = await this.#then(tenant, itemId, moment);
    if (item?.tenant === tenant) return item;
    throw new NotFound('item', itemId, await this.#beginningOf(tenant, itemId, moment));
  }

  /** The same, as documents tell it. @throws NotFound */
  async item(tenant: string, itemId: string, moment: Moment): Promise<StandingItem> {
    const document = await this.readModels.get(itemStatus, itemId);
    if (document?.tenant !== tenant) throw new NotFound('item', itemId);
    // Of what was cancelled, documents tell of no day: how it was, and that it was cancelled, the log tells.
    if (document.cancelled) return this.itemOfLog(tenant, itemId, moment);
    const [item] = await this.standing([document], moment);
    if (item) return item;
    throw new NotFound('item', itemId, await this.#beginningOf(tenant, itemId, moment));
  }

  /** The day from which an item is there, where a moment of an earlier day knew of it. */
  async #beginningOf(tenant: string, itemId: string, moment: Moment): Promise<string | undefined> {
    const record = await replayedItem(this.replay, streamName(tenant, 'item', itemId), withoutDay(moment));
    return record?.adoptedOn;
  }

  async #then(tenant: string, itemId: string, moment: Moment): Promise<StandingItem | undefined> {
    const stream = streamName(tenant, 'item', itemId);
    const then = await replayedItem(this.replay, stream, moment);
    if (then) return standingRecord(then);
    if ((await this.#unlessAway(this.readModels.get(itemStatus, itemId)))?.tenant !== tenant) return undefined;
    if ((await this.replay.events(stream, {})).length > 0) return undefined;
    throw new LogDamaged({ stream, awaited: 0, found: undefined });
  }

  /** What a document tells; nothing where documents are away, since a replay needs the log alone. */
  async #unlessAway<Doc>(document: Promise<Doc | undefined>): Promise<Doc | undefined> {
    try {
      return await document;
    } catch (error) {
      if (error instanceof StoreFailure) return undefined;
      throw error;
    }
  }

  /** Every item of a plan, in the order of kinds, numbers and titles. */
  async items(plan: PlanDocument, asked: Moment): Promise<CountedItem[]> {
    const moment = ofSomeDay(asked);
    if (!(await this.#isTold(plan.tenant))) return this.#listedOfLog(plan, moment);
    if (moment.saidBy !== undefined) return inOrder(plan, await this.#saidOf(plan, moment));
    return inOrder(plan, await this.#past.withLevels(await this.#past.ofPlan(plan, moment), moment));
  }

  /**
   * A part of the items of a plan that are asked for, and how many those are. Where documents tell of nearly all of them as
   * they were at the moment, only those of that part are read, however many items the plan has.
   */
  async page(plan: PlanDocument, asked: ItemFilter, part: PagePart, limits: Moment = {}): Promise<ItemsOfPage> {
    const moment = ofSomeDay(limits);
    const apart = asked.notIds === undefined ? await this.#apart(plan, moment) : undefined;
    if (!apart) return this.#pageThen(plan, asked, part, moment);
    const { _id: planId, tenant } = plan;
    const filter = { tenant, planId, ...(apart.count > 0 && seenWhole(moment)), ...storeFilter(asked) };
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
    const read = ({ limit, offset }: PagePart) => this.#readAcross(filters, counts, { limit, offset });
    const compare = orderIn(plan);
    const matching = apart.items.filter((item) => isAskedFor(item, asked)).sort(compare);
    return mergedPage<CountedItem>({ total, read }, matching, part, compare);
  }

  /** A part of what several filters find, one after the other. @param counts how many each finds */
  async #readAcross(filters: readonly Filter[], counts: readonly number[], part: PagePart): Promise<CountedItem[]> {
    const items: CountedItem[] = [];
    let before = 0;
    for (const [index, each] of filters.entries()) {
      const [skip, limit] = [Math.max(0, part.offset - before), part.limit - items.length];
      before += counts[index]!;
      if (limit === 0 || part.offset >= before) continue;
      items.push(...(await this.readModels.find(itemStatus, each, { sort: { sortKey: 1 }, skip, limit })));
    }
    return items;
  }

  /**
   * The items of a plan of which a moment does not see all that their documents tell: how many there are, and those of them that
   * were there, as they were then. Of today, those of which something is to come.
   * @returns undefined where they are many, or no documents tell
   */
  async #apart(
    plan: PlanDocument,
    moment: Moment,
  ): Promise<{ readonly count: number; readonly items: readonly CountedItem[] } | undefined> {
    if (!(await this.#isTold(plan.tenant))) return undefined;
    const filters = seenInPart(moment).map((reach) => ({ planId: plan._id, ...reach }));
    const counts = await Promise.all(filters.map((filter) => this.#count(filter)));
    const count = counts.reduce((sum, one) => sum + one, 0);
    if (count === 0) return { count, items: [] };
    if (count > this.mostApart) return undefined;
    if (moment.saidBy !== undefined)
      return { count, items: await this.#replayed(await this.#inPart(plan, moment), moment) };
    return { count, items: await this.#past.withLevels(await this.#past.apart(plan, moment), moment) };
  }

  /** Every item of a plan as had been said by a day: where that is not all that was recorded, its own stream tells. */
  async #saidOf(plan: PlanDocument, moment: Moment): Promise<CountedItem[]> {
    const whole = await this.readModels.find(itemStatus, { planId: plan._id, ...seenWhole(moment) });
    const others = await this.#inPart(plan, moment);
    return [...(await this.#past.withLevels(whole, moment)), ...(await this.#replayed(others, moment))];
  }

  /** The items of a plan of which a moment does not see all. */
  async #inPart({ _id: planId }: PlanDocument, moment: Moment): Promise<ItemDocument[]> {
    const some = seenInPart(moment).map((reach) => this.readModels.find(itemStatus, { planId, ...reach }));
    return (await Promise.all(some)).flat();
  }

  async #replayed(items: readonly ItemDocument[], moment: Moment): Promise<CountedItem[]> {
    return (await replayedItems(this.replay, items, moment)).map(standingRecord);
  }

  /** Items as they were at a moment: those that were there. */
  async #asTheyWere(items: readonly ItemDocument[], moment: Moment): Promise<CountedItem[]> {
    return this.#past.withLevels(await this.#past.of(items, moment), moment);
  }

  /** All items of a kind, or of the plan, are counted and sorted by sheets; any other list is looked through. */
  async #pageThen(plan: PlanDocument, asked: ItemFilter, part: PagePart, moment: Moment): Promise<ItemsOfPage> {
    const { kind, ...narrowing } = asked;
    const isWhole = isEverything(narrowing);
    const all = isWhole && moment.saidBy === undefined ? await this.#order.of(plan, moment) : undefined;
    if (!all) return pageOf(await this.#asked(plan, asked, moment), part);
    const { items: shown, total } = pageOf(kind === undefined ? all : all.filter((item) => item.kind === kind), part);
    const now = await this.readModels.getMany(
      itemStatus,
      shown.map(({ _id }) => _id),
    );
    const then = byId(await this.#asTheyWere(now, moment));
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

  async #asked(plan: PlanDocument, asked: ItemFilter, moment: Moment): Promise<CountedItem[]> {
    return (await this.items(plan, moment)).filter((item) => isAskedFor(item, asked));
  }

  /** What is shown of items. Leaves out those that were not there at the moment. */
  async standing(items: readonly CountedItem[], moment: Moment): Promise<StandingItem[]> {
    const whole = items.filter(isWhole(moment));
    if (whole.length === items.length) return this.#standing.whole(whole, moment);
    const others = items.filter((item) => !isWhole(moment)(item));
    const told = await Promise.all([this.#standing.whole(whole, moment), this.#standing.at(others, moment)]);
    const standing = byId(told.flat());
    return items.flatMap(({ _id }) => standing.get(_id) ?? []);
  }

  /** What is to come of some items after a day, by item: of those alone of which something is. */
  async coming(items: readonly CountedItem[], moment: MomentOfDay): Promise<ReadonlyMap<string, readonly Coming[]>> {
    const others = items.filter((item) => !isWhole(moment)(item)).map(({ _id }) => _id);
    if (others.length === 0) return new Map();
    return this.#coming.of(await this.readModels.getMany(itemStatus, others), moment);
  }

  /** The same, by all that was ever said of them. */
  standingByAll(items: readonly CountedItem[], moment: Moment): Promise<StandingItem[]> {
    return this.#standing.byAll(items, moment);
  }

  /**
   * A plan as it was amended up to a moment.
   * @throws NotFound where there is none, or was none then
   */
  async plan(tenant: string, planId: string, moment: Moment = {}): Promise<PlanDocument> {
    const plan = await this.#planAt(tenant, planId, moment);
    if (plan?.tenant === tenant) return plan;
    const known = await this.#planAt(tenant, planId, withoutDay(moment));
    throw new NotFound('plan', planId, known?.tenant === tenant ? known.adoptedOn : undefined);
  }

  /** The plans that there were at a moment, sorted by title. */
  plans(
    { key, tenant }: { readonly tenant: string; readonly key?: string },
    part: PagePart,
    moment: Moment,
  ): Promise<Pick<Page<PlanDocument>, 'items' | 'total'>> {
    const all = { tenant, ...(key && { key }) };
    const { readModels, replay } = this;
    const then = replayedAt(replay, { category: 'plan', projection: planDirectory }, moment);
    const holds = ({ cancelled }: PlanDocument) => !cancelled;
    return pageAt(readModels, planDirectory, then, { all, holds }, { moment, part });
  }

  async #planAt(tenant: string, planId: string, moment: Moment): Promise<PlanDocument | undefined> {
    const document = this.readModels.get(planDirectory, planId);
    if (isUnlimited(moment)) return document;
    const now = await this.#unlessAway(document);
    if (now && seesAll(moment, now)) return now;
    return this.replay.document(planDirectory, streamName(tenant, 'plan', planId), moment);
  }

  /**
   * What to call a plan and its kinds by at a moment: one that had not been adopted then, and so has no items, goes by
   * what it is called now.
   * @throws NotFound where there is none
   */
  async planNames(tenant: string, planId: string, moment: Moment): Promise<PlanDocument> {
    const now = await this.plan(tenant, planId);
    return seesAll(moment, now) ? now : ((await this.#planAt(tenant, planId, moment)) ?? now);
  }

  /** Items by what they were called at a moment; one that was not there then, by what it is to be called. */
  async named(
    ids: readonly string[],
    moment: Moment,
  ): Promise<Pick<CountedItem, '_id' | 'tenant' | 'planId' | 'kind' | 'number' | 'title'>[]> {
    const now = await this.readModels.getMany(itemStatus, ids);
    const then = byId(await this.#itemsThen(now, moment));
    return now.map((item) => then.get(item._id) ?? item);
  }

  /** The items over some, as they were at a moment. */
  async parentsOf(items: readonly CountedItem[], moment: Moment): Promise<ReadonlyMap<string, CountedItem>> {
    const ids = [...new Set(items.flatMap(({ parents }) => parents.value))];
    const { tenant, planId } = items[0] ?? {};
    const now = (await this.readModels.getMany(itemStatus, ids)).filter((parent) => parent.tenant === tenant);
    const then = await this.#itemsThen(
      now.filter((parent) => parent.planId === planId),
      moment,
    );
    return byId(then);
  }

  /** Some items as they were at a moment, without what only the facts tell. @param now as they are now */
  async #itemsThen(now: readonly ItemDocument[], moment: Moment): Promise<CountedItem[]> {
    if (moment.saidBy !== undefined) {
      const whole = now.filter((item) => seesAll(moment, item));
      const others = now.filter((item) => !seesAll(moment, item));
      return [...whole, ...(await this.#replayed(others, moment))];
    }
    if (await this.#isTold(now[0]?.tenant)) return this.#past.of(now, moment);
    return this.#replayed(now, moment);
  }

  async #listedOfLog(plan: PlanDocument, moment: Moment): Promise<CountedItem[]> {
    const { _id: planId, tenant } = plan;
    return inOrder(plan, await this.#itemsThen(await this.readModels.find(itemStatus, { tenant, planId }), moment));
  }

  /** Whether documents tell of moments; the log does until they are made. */
  async #isTold(tenant: string | undefined): Promise<boolean> {
    return tenant === undefined || this.readModels.areMade([itemStatus], tenant);
  }
}

/** Of what was cancelled no day tells: whoever asks of no day asks of the last one. */
const ofSomeDay = (moment: Moment): Moment => ({ asOf: '9999-12-31', ...moment });

/** Whether an item is as its document says, and a moment sees all of that. */
const isWhole =
  (moment: Moment) =>
  (item: CountedItem): item is ItemDocument =>
    'foundBy' in item && seesAll(moment, item as ItemDocument);

/** Which kinds come one after another, those of one place together. */
function kindsInOrder({ kinds }: PlanDocument): string[][] {
  const places = [...new Set(kinds.map(({ order }) => order))].sort((one, other) => one - other);
  return places.map((place) => kinds.filter(({ order }) => order === place).map(({ code }) => code));
}
