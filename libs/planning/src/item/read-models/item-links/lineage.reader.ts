import { Inject, Injectable } from '@nestjs/common';
import type { Filter } from '#document-store';
import { isKnown } from '#kernel';
import { isWithin, ReadModels } from '#projecting';
import type { Moment } from '#projecting';
import type { CalledItem } from '../../../names/called-item.js';
import { labelOf } from '../../../names/item-label.js';
import { byId } from '../../../names/names.js';
import { itemStatus } from '../item-status/item-status.projection.js';
import { ItemReader } from '../item-status/item.reader.js';
import { successionKinds } from '../../item.events.js';
import { answersOfItems, itemLinks, linksOfItems } from './item-links.projection.js';
import type { AnswerLink, ItemLink } from './item-links.projection.js';

/** An item with all that it came from and all that came of it, however far. */
export interface Lineage {
  /** The item itself first, then what is nearest. */
  readonly itemIds: readonly string[];
  /** Those between them, in the order of the log. */
  readonly links: readonly ItemLink[];
  /** Whether that is all: beyond so many items, what is farther is left out. */
  readonly isWhole: boolean;
}

/** Which items are asked for by what they succeed, or what succeeds them. */
export interface AskedSuccession {
  /** The item that they succeed. */
  readonly successorOf?: string | undefined;
  /** The item that succeeds them. */
  readonly predecessorOf?: string | undefined;
  readonly hasPredecessor?: boolean | undefined;
  readonly hasSuccessor?: boolean | undefined;
}

/** So many items of a lineage are looked for. */
const mostItems = 100;

/** Tells what succeeds what, from both ends, as it was known at a moment. Throws ReadModelsBehind while links are not told as items are. */
@Injectable()
export class LineageReader {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(ItemReader) private readonly reader: ItemReader,
  ) {}

  /** The links by which some items succeed others, in the order of the log. */
  linksTo(tenant: string, itemIds: readonly string[], moment: Moment): Promise<ItemLink[]> {
    return this.#links(tenant, { to: { $in: itemIds } }, moment);
  }

  /** The links by which others succeed some items, in the order of the log. */
  linksFrom(tenant: string, itemIds: readonly string[], moment: Moment): Promise<ItemLink[]> {
    return this.#links(tenant, { from: { $in: itemIds } }, moment);
  }

  /** By which items of other plans some items are answered, in the order of the log. */
  answersTo(tenant: string, itemIds: readonly string[], moment: Moment): Promise<AnswerLink[]> {
    return this.#answers(tenant, { to: { $in: itemIds } }, moment);
  }

  /** Which items of other plans some items answer, in the order of the log. */
  answersFrom(tenant: string, itemIds: readonly string[], moment: Moment): Promise<AnswerLink[]> {
    return this.#answers(tenant, { from: { $in: itemIds } }, moment);
  }

  /**
   * What an item came from and what came of it. Neither what else came of the former, nor what else the latter came from:
   * that is the story of others. Each item is met once, also where links lead round in a circle.
   */
  async lineageOf(tenant: string, itemId: string, moment: Moment): Promise<Lineage> {
    const [earlier, later] = await Promise.all([
      this.#follow(itemId, (ids) => this.linksTo(tenant, ids, moment), 'from'),
      this.#follow(itemId, (ids) => this.linksFrom(tenant, ids, moment), 'to'),
    ]);
    const met = new Set([itemId, ...earlier.itemIds, ...later.itemIds]);
    const itemIds = [...met].slice(0, mostItems);
    const told = new Set(itemIds);
    const links = byId([...earlier.links, ...later.links]).values();
    return {
      itemIds,
      links: [...links].filter(({ from, to }) => told.has(from) && told.has(to)).sort(byPosition),
      isWhole: met.size <= mostItems && earlier.isWhole && later.isWhole,
    };
  }

  /** The items that some questions about succession leave, as lists are narrowed to them. */
  async narrowing(
    { planId, tenant }: { readonly planId: string; readonly tenant: string },
    { hasPredecessor, hasSuccessor, predecessorOf, successorOf }: AskedSuccession,
    moment: Moment,
  ): Promise<{ readonly ids?: readonly string[]; readonly notIds?: readonly string[] }> {
    const within: Promise<readonly string[]>[] = [];
    const without: Promise<readonly string[]>[] = [];
    const ends = async (filter: Filter, end: 'from' | 'to') =>
      (await this.#links(tenant, filter, moment)).map((link) => link[end]);
    if (successorOf !== undefined) within.push(ends({ from: successorOf }, 'to'));
    if (predecessorOf !== undefined) within.push(ends({ to: predecessorOf }, 'from'));
    if (hasPredecessor !== undefined) (hasPredecessor ? within : without).push(ends({ toPlan: planId }, 'to'));
    if (hasSuccessor !== undefined) (hasSuccessor ? within : without).push(ends({ fromPlan: planId }, 'from'));
    const [asked, others] = await Promise.all([Promise.all(within), Promise.all(without)]);
    return {
      ...(asked.length > 0 && { ids: inAll(asked.map((ids) => new Set(ids))) }),
      ...(others.length > 0 && { notIds: [...new Set(others.flat())] }),
    };
  }

  /** What items are called at a moment, by id; those that were not there then, what they are to be called. */
  async called(tenant: string, itemIds: readonly string[], moment: Moment): Promise<ReadonlyMap<string, CalledItem>> {
    if (itemIds.length === 0) return new Map();
    const items = (await this.reader.named([...new Set(itemIds)], moment)).filter((item) => item.tenant === tenant);
    const planIds = [...new Set(items.map(({ planId }) => planId))];
    const plans = byId(await Promise.all(planIds.map((planId) => this.reader.planNames(tenant, planId, moment))));
    return new Map(
      items.map((item) => {
        const plan = plans.get(item.planId)!;
        const { _id: id, number, planId, title } = item;
        const called = { label: labelOf(item, plan), number: number.value, title: title.value };
        return [id, { id, planId, plan: plan.title, ...called }];
      }),
    );
  }

  async #follow(
    itemId: string,
    linksOf: (ids: readonly string[]) => Promise<ItemLink[]>,
    end: 'from' | 'to',
  ): Promise<Lineage> {
    const met = new Set([itemId]);
    const links: ItemLink[] = [];
    for (let next: readonly string[] = [itemId]; next.length > 0 && met.size <= mostItems;) {
      const found = await linksOf(next);
      links.push(...found);
      next = [...new Set(found.map((link) => link[end]))].filter((id) => !met.has(id));
      next.forEach((id) => met.add(id));
    }
    return { itemIds: [...met], links, isWhole: met.size <= mostItems };
  }

  async #links(tenant: string, filter: Filter, moment: Moment): Promise<ItemLink[]> {
    await this.#haveCome(tenant);
    const links = await this.readModels.find(linksOfItems, { ...filter, kind: { $in: successionKinds } });
    return seen(links, tenant, moment);
  }

  async #answers(tenant: string, filter: Filter, moment: Moment): Promise<AnswerLink[]> {
    await this.#haveCome(tenant);
    return seen(await this.readModels.find(answersOfItems, { ...filter, kind: 'answers' }), tenant, moment);
  }

  /** What leads to an item stands in the streams of others, which nobody can search: links are told whole, or not at all. */
  #haveCome(tenant: string): Promise<void> {
    return this.readModels.waitForDocuments(itemLinks, itemStatus, { tenant });
  }
}

const inAll = ([first, ...others]: readonly ReadonlySet<string>[]): string[] =>
  [...first!].filter((id) => others.every((ids) => ids.has(id)));

type Link = ItemLink | AnswerLink;

/** Those that a moment sees, in the order of the log. */
const seen = <Some extends Link>(links: readonly Some[], tenant: string, moment: Moment): Some[] =>
  links.filter((link) => link.tenant === tenant && isThere(link, moment)).sort(byPosition);

/** Whether a moment sees a link. */
const isThere = (link: Link, moment: Moment): boolean =>
  isWithin(link, moment) && !(link.gone && isKnown(link.gone, moment));

const byPosition = (one: Link, other: Link): number => (one.position < other.position ? -1 : 1);
