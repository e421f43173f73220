import type { Filter } from '#document-store';
import { seenWhole, seesAll } from '#projecting';
import type { Moment, ReadModels } from '#projecting';
import { byId } from '../../../names/names.js';
import type { PlanDocument } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import { withFacts } from './ahead.js';
import { countedIn, factsIn, tellDays } from './facts.js';
import type { Fact, Facts } from './facts.js';
import { factsByItem, foldedAt, lackDays, levelOf, seenAt, timesByItem } from './fold-facts.js';
import { idOfItemThen, idOfShownThen, idOfTimes, lastOfTimes, nthTimes } from './item-documents.js';
import type { CountedThen, ItemDocument, StoodItem, TimesOfItemDocument } from './item-documents.js';
import { itemsThen, itemStatus, shownThen, timesOfItems } from './item-status.projection.js';
import { newestLevel } from './owners-judgements.js';
import { spansAt } from './spans.js';
import { standingAfter } from './standing-after.js';

/** An item as it stood at a moment. */
export interface PastItem {
  readonly item: StoodItem;
  /** Of its times, the first that the moment sees part of; undefined where it sees all that was recorded. */
  readonly nth?: number;
  /** What the moment sees from there on. */
  readonly facts: readonly Fact[];
}

/**
 * Items as they stood at a moment: what stood when the first of their times began that the moment sees part of, and what it
 * sees of these times and of later ones. Two documents for most items, however long their histories are; one more for
 * each that tells of earlier days, as what is said late does, and for each that is shown.
 */
export class PastItems {
  constructor(private readonly readModels: ReadModels) {}

  /** Every item of a plan that was there then, as far as it is counted, in no order. */
  async ofPlan(plan: Pick<PlanDocument, '_id' | 'tenant'>, moment: Moment): Promise<CountedThen[]> {
    const whole = await this.readModels.find(itemStatus, { planId: plan._id, ...seenWhole(moment) });
    return [...whole, ...(await this.apart(plan, moment))];
  }

  /** Those of them alone of which the moment does not see all. */
  async apart({ _id: planId, tenant }: Pick<PlanDocument, '_id' | 'tenant'>, moment: Moment): Promise<CountedThen[]> {
    const near = await this.#near(planId, moment);
    const told = new Set(near.map(({ _id }) => _id));
    const times = (await this.#times(planId, moment)).filter(({ itemId }) => !told.has(itemId));
    const past = await this.#past(times, this.#counted, { tenant, moment });
    return [...near, ...past.map(({ item }) => item)];
  }

  /** Those of some items of a plan that were there then, as far as they are counted. @param items as they stand now */
  async of(items: readonly ItemDocument[], moment: Moment): Promise<CountedThen[]> {
    const { told, times } = await this.#reachOf(items, moment);
    const past = await this.#past(times, this.#counted, { tenant: items[0]?.tenant ?? '', moment });
    return [...told, ...past.map(({ item }) => item)];
  }

  /** The same with all that is shown of them. */
  async shown(items: readonly ItemDocument[], moment: Moment): Promise<PastItem[]> {
    const { told, times } = await this.#reachOf(items, moment);
    const past = await this.#past(times, this.#shown, { tenant: items[0]?.tenant ?? '', moment });
    return [...told.map((item) => ({ item, facts: [] })), ...past];
  }

  /**
   * All facts that may tell of later days than a moment does, in the order of the record: what is said of days far ahead, and
   * the times that the moment sees part of with those after them. @param items of which it does not see all
   */
  async aheadOf(items: readonly ItemDocument[], moment: Moment): Promise<ReadonlyMap<string, readonly Fact[]>> {
    const near = items.filter(isToldNear(moment));
    const others = items.filter((item) => !isToldNear(moment)(item));
    const times = others.length === 0 ? [] : await this.#times(others[0]!.planId, moment, idsOf(others));
    const first = new Map([...timesByItem(times)].map(([itemId, [one]]) => [itemId, one!]));
    const stood = await this.#counted.stoodBefore([...first.values()]);
    const ids = others.flatMap(({ _id, revision }) => {
      const from = first.get(_id)?.nth ?? 0;
      return Array.from({ length: nthTimes(revision) + 1 - from }, (_, index) => idOfTimes(_id, from + index));
    });
    const told = factsByItem(await this.readModels.getMany(timesOfItems, ids));
    return new Map([
      ...near.map(({ _id, ahead }): [string, Fact[]] => [_id, factsIn(ahead!.facts, _id, {})]),
      ...others.map(({ _id }): [string, Fact[]] => {
        const begun = stood.get(_id);
        return [_id, [...(begun ? aheadIn(begun, _id, {}) : []), ...(told.get(_id) ?? [])]];
      }),
    ]);
  }

  /** All facts of items, in the order of the record. */
  async factsOf(
    items: readonly Pick<ItemDocument, '_id' | 'revision'>[],
  ): Promise<ReadonlyMap<string, readonly Fact[]>> {
    const ids = items.flatMap(({ _id, revision }) =>
      Array.from({ length: nthTimes(revision) + 1 }, (_, nth) => idOfTimes(_id, nth)),
    );
    return factsByItem(await this.readModels.getMany(timesOfItems, ids));
  }

  /** The levels that only the facts tell. @param items as they stood at a moment */
  async withLevels(items: readonly CountedThen[], moment: Moment): Promise<CountedThen[]> {
    const unsettled = items.filter(({ owners }) => newestLevel(owners) === undefined);
    if (unsettled.length === 0) return [...items];
    const facts = await this.factsOf(await this.#now(unsettled));
    return items.map((item) => {
      const folded = foldedAt(facts.get(item._id) ?? [], moment);
      return folded ? { ...item, ...levelOf(folded.item) } : item;
    });
  }

  async #now(items: readonly CountedThen[]): Promise<ItemDocument[]> {
    return this.readModels.getMany(
      itemStatus,
      items.map(({ _id }) => _id),
    );
  }

  /**
   * The times that a moment sees part of: those in which it lies, by either of its limits, and later ones that hold
   * something which it sees.
   */
  async #times(planId: string, { asOf, knownAt }: Moment, itemIds?: readonly string[]): Promise<TimesOfItemDocument[]> {
    const began = {
      ...(asOf !== undefined && { from: { $lte: asOf } }),
      ...(knownAt !== undefined && { since: { $lte: knownAt } }),
      ...(itemIds && { itemId: { $in: itemIds } }),
    };
    const filters: Filter[] = [
      ...(asOf === undefined ? [] : spansAt(planId, asOf)).map(({ ends, span }) => ({
        days: span,
        until: ends,
        ...began,
      })),
      ...(knownAt === undefined ? [] : spansAt(planId, knownAt)).map(({ ends, span }) => ({
        ...{ instants: span, known: ends },
        ...began,
      })),
    ];
    const found = await Promise.all(filters.map((filter) => this.readModels.find(timesOfItems, filter)));
    return [...byId(found.flat()).values()];
  }

  /** Those of some items that are told by what they are without days far ahead, and of the others the times that a moment sees part of. */
  async #reachOf(
    items: readonly ItemDocument[],
    moment: Moment,
  ): Promise<{ readonly told: readonly StoodItem[]; readonly times: readonly TimesOfItemDocument[] }> {
    const isTold = (item: ItemDocument) => seesAll(moment, item) || isToldNear(moment)(item);
    const others = items.filter((item) => !isTold(item));
    return {
      told: items.filter(isTold).map((item) => (seesAll(moment, item) ? item : nearAt(item, moment))),
      times: others.length === 0 ? [] : await this.#times(others[0]!.planId, moment, idsOf(others)),
    };
  }

  /** The items of a plan that are as a moment sees them but for what is said of days far ahead, with what it sees of that. */
  async #near(planId: string, moment: Moment): Promise<StoodItem[]> {
    const { known, until } = seenWhole(moment);
    if (!until) return [];
    const near = {
      'ahead.near.planId': planId,
      'ahead.near.until': until,
      ...(known && { 'ahead.near.known': known }),
    };
    const found = await this.readModels.find(itemStatus, near);
    return found.filter((item) => !seesAll(moment, item)).map((item) => nearAt(item, moment));
  }

  async #past<Item extends CountedThen>(
    times: readonly TimesOfItemDocument[],
    { factsIn, stoodBefore }: Extent<Item>,
    { moment, tenant }: { readonly moment: Moment; readonly tenant: string },
  ): Promise<{ readonly item: Item; readonly nth: number; readonly facts: readonly Fact[] }[]> {
    const byItem = timesByItem(times);
    const stood = await stoodBefore([...byItem.values()].flatMap(([first]) => (first!.nth > 0 ? [first!] : [])));
    const seen = new Map<string, readonly Fact[]>();
    const lacking: Pick<ItemDocument, '_id' | 'revision'>[] = [];
    for (const [itemId, some] of byItem) {
      const facts = seenIn(some, moment, factsIn);
      if (facts && (some[0]!.nth === 0 || stood.has(itemId))) seen.set(itemId, facts);
      else lacking.push({ _id: itemId, revision: lastOfTimes(some.at(-1)!.nth) });
    }
    // Where it is not told what stood, or as of which day it is seen, all that was said of the item tells.
    const whole = await this.factsOf(lacking);
    return [...byItem].flatMap(([itemId, [first]]) => {
      const facts = seen.get(itemId) ?? seenAt(whole.get(itemId) ?? [], moment);
      const [before, nth] = seen.has(itemId) ? [stood.get(itemId), first!.nth] : [undefined, 0];
      // Nothing is told of what had not begun, also where a record says that it speaks of an earlier day.
      if (before === undefined && facts[0]?.type !== 'ItemAdopted') return [];
      const then = before
        ? withFacts(before.stood, [...aheadIn(before, itemId, moment), ...facts], tenant)
        : facts.reduce<Item | undefined>((known, fact) => standingAfter(known, fact, tenant), undefined)!;
      return then.cancelled ? [] : [{ item: then, nth, facts }];
    });
  }

  /** As much of items as is counted: what others than the owner say is none of it. */
  readonly #counted: Extent<CountedThen> = {
    factsIn: countedIn,
    stoodBefore: async (times) => {
      const found = await this.readModels.getMany(
        itemsThen,
        times.map(({ itemId, nth }) => idOfItemThen(itemId, nth)),
      );
      return new Map(found.map((one) => [one.stood._id, one]));
    },
  };

  /** All of it. */
  readonly #shown: Extent<StoodItem> = {
    factsIn,
    stoodBefore: async (times) => {
      const [counted, shown] = await Promise.all([
        this.#counted.stoodBefore(times),
        this.readModels.getMany(
          shownThen,
          times.map(({ itemId, nth }) => idOfShownThen(itemId, nth)),
        ),
      ]);
      const rest = byId(shown);
      const begun = new Map<string, Begun<StoodItem>>();
      for (const { itemId, nth } of times) {
        const [one, more] = [counted.get(itemId), rest.get(idOfShownThen(itemId, nth))];
        if (one && more) begun.set(itemId, { ...one, stood: { ...one.stood, ...more.shown } });
      }
      return begun;
    },
  };
}

/** How much is told of items. */
interface Extent<Item extends CountedThen> {
  /** The facts of a document that a moment sees. */
  readonly factsIn: (times: Facts, itemId: string, moment: Moment) => Fact[];
  /** What stood before some times of items, by item. @param times one of each item */
  readonly stoodBefore: (times: readonly TimesOfItemDocument[]) => Promise<ReadonlyMap<string, Begun<Item>>>;
}

/** What stood before some times of an item, and what was said by then of days far ahead. */
interface Begun<Item extends CountedThen> {
  readonly stood: Item;
  readonly ahead?: Facts;
}

const aheadIn = ({ ahead }: Begun<CountedThen>, itemId: string, moment: Moment): Fact[] =>
  ahead ? factsIn(ahead, itemId, moment) : [];

const idsOf = (items: readonly ItemDocument[]): string[] => items.map(({ _id }) => _id);

/** Whether a moment sees all that is said of an item but for days far ahead. */
const isToldNear =
  (moment: Moment) =>
  ({ ahead }: ItemDocument): boolean =>
    ahead !== undefined && seesAll(moment, ahead.near);

/** An item at such a moment. */
function nearAt({ _id, ahead, tenant }: ItemDocument, moment: Moment): StoodItem {
  return withFacts(ahead!.near, factsIn(ahead!.facts, _id, moment), tenant);
}

/** What a moment sees of some times of an item; undefined where these do not tell as of which day all of it is seen. */
function seenIn(
  times: readonly TimesOfItemDocument[],
  moment: Moment,
  factsIn: Extent<CountedThen>['factsIn'],
): readonly Fact[] | undefined {
  if (times.every(tellDays)) return times.flatMap((one) => factsIn(one, one.itemId, moment));
  const facts = times.flatMap((one) => factsIn(one, one.itemId, {}));
  return lackDays(facts) ? undefined : seenAt(facts, moment);
}
