import { Inject, Injectable } from '@nestjs/common';
import { LogDamaged, NotFound, StoreFailure, streamName } from '#kernel';
import { ReadModels, Replay } from '#projecting';
import type { Moment } from '#projecting';
import { planDirectory } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import type { PlanDocument } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import { itemStatus } from './item-status.projection.js';
import type { ItemDocument } from './item-status.projection.js';

/** Items and plans, as the documents hold them now or as the log tells them of any moment. */
@Injectable()
export class ItemReader {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Replay) private readonly replay: Replay,
  ) {}

  /** @throws NotFound */
  async item(tenant: string, itemId: string, moment: Moment): Promise<ItemDocument> {
    const item = isNow(moment)
      ? await this.readModels.get(itemStatus, itemId)
      : await this.#then(tenant, itemId, moment);
    if (item?.tenant !== tenant) throw new NotFound('item', itemId);
    return item;
  }

  /** @throws LogDamaged where nothing is left of the stream of an item that documents tell of */
  async #then(tenant: string, itemId: string, moment: Moment): Promise<ItemDocument | undefined> {
    const stream = streamName(tenant, 'item', itemId);
    const then = await this.replay.document(itemStatus, stream, moment);
    if (then || (await this.#documentOf(itemId))?.tenant !== tenant) return then;
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
  async items(plan: PlanDocument, moment: Moment): Promise<ItemDocument[]> {
    const { _id: planId, tenant } = plan;
    const current = await this.readModels.find(itemStatus, { tenant, planId }, { sort: { sortKey: 1 } });
    const items = isNow(moment) ? current : await this.#replayed(current, moment);
    const order = new Map(plan.kinds.map(({ code, order }) => [code, order]));
    const placeOf = ({ kind }: ItemDocument) => order.get(kind) ?? Infinity;
    return items.sort((left, right) => placeOf(left) - placeOf(right) || (left.sortKey < right.sortKey ? -1 : 1));
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

  /** The items over one, as they were at a moment. */
  async parentsOf({ parents, tenant }: ItemDocument, moment: Moment): Promise<ReadonlyMap<string, ItemDocument>> {
    const current = await this.readModels.getMany(itemStatus, parents.value);
    const found = isNow(moment) ? current : await this.#replayed(current, moment);
    return new Map(found.filter((parent) => parent.tenant === tenant).map((parent) => [parent._id, parent]));
  }

  async #replayed(items: readonly ItemDocument[], moment: Moment): Promise<ItemDocument[]> {
    const replayed = await Promise.all(
      items.map(({ _id, tenant }) => this.replay.document(itemStatus, streamName(tenant, 'item', _id), moment)),
    );
    return replayed.filter((item) => item !== undefined);
  }
}

/** Whether nothing is limited: the documents hold the answer. */
export const isNow = ({ asOf, knownAt }: Moment): boolean => asOf === undefined && knownAt === undefined;
