import { Inject, Injectable } from '@nestjs/common';
import { NotFound, streamName } from '#kernel';
import { itemStatus, planDirectory } from '#planning';
import type { ItemDocument, PlanDocument } from '#planning';
import { ReadModels, Replay } from '#projecting';
import type { Moment } from '#projecting';

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
      : await this.replay.document(itemStatus, streamName(tenant, 'item', itemId), moment);
    if (item?.tenant !== tenant) throw new NotFound('item', itemId);
    return item;
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

  /** @throws NotFound */
  async plan(tenant: string, planId: string): Promise<PlanDocument> {
    const plan = await this.readModels.get(planDirectory, planId);
    if (plan?.tenant !== tenant) throw new NotFound('plan', planId);
    return plan;
  }

  async parentsOf({ parents }: ItemDocument): Promise<ReadonlyMap<string, ItemDocument>> {
    const found = await this.readModels.getMany(itemStatus, parents.value);
    return new Map(found.map((item) => [item._id, item]));
  }

  async #replayed(items: readonly ItemDocument[], moment: Moment): Promise<ItemDocument[]> {
    const replayed = await Promise.all(
      items.map(({ _id, tenant }) => this.replay.document(itemStatus, streamName(tenant, 'item', _id), moment)),
    );
    return replayed.filter((item) => item !== undefined);
  }
}

const isNow = ({ asOf, knownAt }: Moment): boolean => asOf === undefined && knownAt === undefined;
