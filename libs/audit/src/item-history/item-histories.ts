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

/** Tells histories straight from the log: which items have changed is looked up, what has changed is read there. */
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
    const changed = await this.readModels.find(itemHistory, { tenant, planId, lastRecordedAt: { $gt: from } });
    const histories = await Promise.all(
      changed.map(async ({ _id: itemId }) => ({ itemId, history: await this.ofItem(tenant, itemId) })),
    );
    const changes = histories
      .flatMap(({ history, itemId }) => history?.entries.map((entry) => ({ itemId, entry })) ?? [])
      .filter(({ entry: { recordedAt } }) => recordedAt > from && recordedAt <= to)
      .sort((left, right) => (left.entry.position < right.entry.position ? -1 : 1));
    return { changes: changes.slice(offset, offset + limit), total: changes.length };
  }
}
