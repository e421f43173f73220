import { seesAll } from '#projecting';
import type { Moment, ReadModels } from '#projecting';
import type { PlanDocument } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import type { CountedItem } from '../item-status/item-documents.js';
import { inOrder } from '../item-status/item-order.js';
import { itemStatus } from '../item-status/item-status.projection.js';
import type { PastItems } from '../item-status/past-items.js';
import { itemSheets, planLines } from './item-sheets.projection.js';
import { orderedIn } from './plan-lines.js';

/** Which items a plan had at a moment, in their order then, told by sheets: but for those that have another name since. */
export class PastOrder {
  constructor(
    private readonly readModels: ReadModels,
    private readonly past: PastItems,
  ) {}

  /** @returns undefined while the documents that tell are not made */
  async of(plan: PlanDocument, moment: Moment): Promise<Pick<CountedItem, '_id' | 'kind'>[] | undefined> {
    const { _id: ofPlan, tenant } = plan;
    if (!(await this.readModels.areMade([itemStatus, itemSheets], tenant))) return undefined;
    const sheets = await this.readModels.find(planLines, { ofPlan });
    const there = sheets
      .flatMap(({ lines }) => lines.map(orderedIn))
      .filter(({ adoptedAt, adoptedOn }) => seesAll(moment, { until: adoptedOn, known: adoptedAt }));
    const renamed = there.filter(({ named }) => !seesAll(moment, named)).map(({ _id }) => _id);
    const then = await this.past.of(await this.readModels.getMany(itemStatus, renamed), moment);
    const keys = new Map(then.map(({ _id, sortKey }) => [_id, sortKey]));
    // What was cancelled was not there.
    const known = there.filter(({ _id, named }) => keys.has(_id) || seesAll(moment, named));
    return inOrder(
      plan,
      known.map(({ _id, kind, sortKey }) => ({ _id, kind, sortKey: keys.get(_id) ?? sortKey })),
    );
  }
}
