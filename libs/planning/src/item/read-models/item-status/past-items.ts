import type { Filter } from '#document-store';
import { seenWhole, seesAll } from '#projecting';
import type { Moment, ReadModels } from '#projecting';
import { byId } from '../../../names/names.js';
import type { PlanDocument } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import type { Fact } from './facts.js';
import { factsByItem, foldedAt, lackDays, levelOf, seenAt } from './fold-facts.js';
import { idOfItemThen, idOfTimes, lastOfTimes, nthTimes } from './item-documents.js';
import type { ItemDocument, StoodItem, TimesOfItemDocument } from './item-documents.js';
import { itemsThen, itemStatus, timesOfItems } from './item-status.projection.js';
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
 * each that tells of earlier days, as what is said late does.
 */
export class PastItems {
  constructor(private readonly readModels: ReadModels) {}

  /** Every item of a plan that was there then, in no order. */
  async ofPlan(plan: Pick<PlanDocument, '_id' | 'tenant'>, moment: Moment): Promise<PastItem[]> {
    const whole = await this.readModels.find(itemStatus, { planId: plan._id, ...seenWhole(moment) });
    return [...whole.map((item) => ({ item, facts: [] })), ...(await this.apart(plan, moment))];
  }

  /** Those of them alone of which the moment does not see all. */
  async apart({ _id: planId, tenant }: Pick<PlanDocument, '_id' | 'tenant'>, moment: Moment): Promise<PastItem[]> {
    return this.#past([], await this.#times(planId, moment), { tenant, moment });
  }

  /** Those of some items of a plan that were there then. @param items as they stand now */
  async of(items: readonly ItemDocument[], moment: Moment): Promise<PastItem[]> {
    const [first] = items;
    if (!first) return [];
    const whole = items.filter((item) => seesAll(moment, item));
    const parted = items.filter((item) => !seesAll(moment, item)).map(({ _id }) => _id);
    const times = parted.length === 0 ? [] : await this.#times(first.planId, moment, parted);
    return this.#past(whole, times, { tenant: first.tenant, moment });
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
  async withLevels<Item extends StoodItem>(items: readonly Item[], moment: Moment): Promise<Item[]> {
    const unsettled = items.filter(({ owners }) => newestLevel(owners) === undefined);
    if (unsettled.length === 0) return [...items];
    const facts = await this.factsOf(await this.#now(unsettled));
    return items.map((item) => {
      const folded = foldedAt(facts.get(item._id) ?? [], moment);
      return folded ? { ...item, ...levelOf(folded.item) } : item;
    });
  }

  async #now(items: readonly StoodItem[]): Promise<ItemDocument[]> {
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

  async #past(
    whole: readonly ItemDocument[],
    times: readonly TimesOfItemDocument[],
    { moment, tenant }: { readonly moment: Moment; readonly tenant: string },
  ): Promise<PastItem[]> {
    const begun = await this.#begun(times, moment);
    const past = new Map<string, PastItem>(whole.map((item) => [item._id, { item, facts: [] }]));
    for (const [itemId, { before, facts, nth }] of begun) {
      const seen = seenAt(facts, moment);
      // Nothing is told of what had not begun, also where a record says that it speaks of an earlier day.
      const isThere = before !== undefined || seen[0]?.revision === 0;
      if (!isThere) continue;
      const item = seen.reduce<StoodItem | undefined>((known, fact) => standingAfter(known, fact, tenant), before)!;
      past.set(itemId, { item, nth, facts: seen });
    }
    return [...past.values()];
  }

  /**
   * By item, what stood before the first of some times, and of what these tell what a moment may see; from its beginning,
   * where nothing says what stood.
   */
  async #begun(times: readonly TimesOfItemDocument[], moment: Moment): Promise<ReadonlyMap<string, Begun>> {
    const ends = new Map<string, { readonly first: number; readonly last: number }>();
    for (const { itemId, nth } of times) {
      const { first, last } = ends.get(itemId) ?? { first: nth, last: nth };
      ends.set(itemId, { first: Math.min(first, nth), last: Math.max(last, nth) });
    }
    const later = [...ends].filter(([, { first }]) => first > 0);
    const stood = byId(
      await this.readModels.getMany(
        itemsThen,
        later.map(([itemId, { first }]) => idOfItemThen(itemId, first)),
      ),
    );
    const some = factsByItem(times, moment);
    const lacking = [...ends].filter(
      ([itemId, { first }]) =>
        (first > 0 && !stood.has(idOfItemThen(itemId, first))) || lackDays(some.get(itemId) ?? []),
    );
    const whole = await this.factsOf(lacking.map(([_id, { last }]) => ({ _id, revision: lastOfTimes(last) })));
    return new Map(
      [...ends].map(([itemId, { first }]): [string, Begun] => {
        const facts = whole.get(itemId);
        if (facts) return [itemId, { before: undefined, nth: 0, facts }];
        return [
          itemId,
          { before: stood.get(idOfItemThen(itemId, first))?.stood, nth: first, facts: some.get(itemId)! },
        ];
      }),
    );
  }
}

/** From where an item is told, and what is told from there on. */
interface Begun {
  readonly before: StoodItem | undefined;
  readonly nth: number;
  readonly facts: readonly Fact[];
}
