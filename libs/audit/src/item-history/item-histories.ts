import { Inject, Injectable } from '@nestjs/common';
import { streamName } from '#kernel';
import type { ItemEvent } from '#planning';
import { ReadModels, Replay } from '#projecting';
import { entriesOf } from './history-entry.js';
import type { HistoryEntry } from './history-entry.js';
import { itemHistory } from './item-history.projection.js';

/** What was recorded of an item. */
export interface ItemHistory {
  readonly planId: string;
  /** In the order of the record. */
  readonly entries: readonly HistoryEntry[];
}

/** A change within a plan. */
export interface ChangeOfPlan {
  readonly itemId: string;
  readonly entry: HistoryEntry;
}

/** Tells histories straight from the log: which items were changed when is looked up, what was changed is read there. */
@Injectable()
export class ItemHistories {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Replay) private readonly replay: Replay,
  ) {}

  /** @returns undefined where the tenant has no such item */
  async ofItem(tenant: string, itemId: string): Promise<ItemHistory | undefined> {
    const events = await this.replay.events<ItemEvent>(streamName(tenant, 'item', itemId), {});
    return events[0] && { planId: events[0].data.planId, entries: entriesOf(events) };
  }

  /**
   * What was recorded in a plan after one instant and up to another, in the order of the log.
   * @param part which of the changes are told
   */
  async ofPlan(
    tenant: string,
    planId: string,
    [from, to]: readonly [from: string, to: string],
    { limit, offset }: { readonly limit: number; readonly offset: number },
  ): Promise<{ readonly changes: readonly ChangeOfPlan[]; readonly total: number }> {
    const pages = await this.readModels.find(itemHistory, { tenant, planId, lastRecordedAt: { $gt: from } });
    const marks = pages
      .flatMap(({ changes, itemId }) => changes.map((mark) => ({ itemId, mark })))
      .filter(({ mark: { recordedAt } }) => recordedAt > from && recordedAt <= to)
      .sort((left, right) => (left.mark.position < right.mark.position ? -1 : 1));
    const told = marks.slice(offset, offset + limit);
    const itemIds = [...new Set(told.map(({ itemId }) => itemId))];
    const histories = new Map(
      await Promise.all(itemIds.map(async (itemId) => [itemId, await this.ofItem(tenant, itemId)] as const)),
    );
    return {
      changes: told.flatMap(({ itemId, mark }) => {
        const entry = histories.get(itemId)?.entries[mark.revision];
        return entry ? [{ itemId, entry }] : [];
      }),
      total: marks.length,
    };
  }
}
