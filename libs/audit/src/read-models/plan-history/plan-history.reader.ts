import { Inject, Injectable } from '@nestjs/common';
import { commandChangedNothing } from '#deciding';
import { partsOfStream, streamName } from '#kernel';
import type { DomainEvent, RecordedEvent } from '#kernel';
import { itemStatus } from '#planning';
import type { ItemEvent } from '#planning';
import { noteDamage, ReadModels, Replay } from '#projecting';
import { entriesOf } from '../../item-history/history-entry.js';
import type { HistoryEntry } from '../../item-history/history-entry.js';
import { planHistory } from './plan-history.projection.js';
import type { EventOfPlan, EventOfRecord } from './plan-history.projection.js';
import { recordEntriesOf } from './record-entry.js';
import type { RecordEntry } from './record-entry.js';

/** What was recorded of an item. */
export interface ItemHistory {
  readonly planId: string;
  /** In the order of the record. */
  readonly entries: readonly HistoryEntry[];
}

/** A change within a plan, and what was changed. */
export type ChangeOfPlan =
  | { readonly category: 'item'; readonly id: string; readonly entry: HistoryEntry }
  | { readonly category: 'plan' | 'indicator' | 'round'; readonly id: string; readonly entry: RecordEntry };

/** Tells histories straight from the log: what was changed when is looked up, and what it says is read there. */
@Injectable()
export class PlanHistories {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Replay) private readonly replay: Replay,
  ) {}

  /** @returns undefined where the tenant has no such item */
  async ofItem(tenant: string, itemId: string): Promise<ItemHistory | undefined> {
    const stream = streamName(tenant, 'item', itemId);
    const events = await this.#eventsOf<ItemEvent>(stream);
    const [first] = events;
    if (first?.revision === 0) return { planId: first.data.planId, entries: entriesOf(events) };
    // Of an item that the log has lost, or whose beginning it has lost, the documents may tell still.
    const known = await this.readModels.get(itemStatus, itemId);
    if (known?.tenant !== tenant) return undefined;
    if (!first) noteDamage({ stream, awaited: 0, found: undefined });
    return { planId: known.planId, entries: entriesOf(events) };
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
    const changed = await this.readModels.find(planHistory, { tenant, planId, lastRecordedAt: { $gt: from } });
    const changes = (await Promise.all(changed.map(({ _id: stream }) => this.#changesOf(stream))))
      .flat()
      .filter(({ entry: { recordedAt } }) => recordedAt > from && recordedAt <= to)
      .sort((left, right) => (left.entry.position < right.entry.position ? -1 : 1));
    return { changes: changes.slice(offset, offset + limit), total: changes.length };
  }

  /** Every change of a stream, in the order of the record. */
  async #changesOf(stream: string): Promise<ChangeOfPlan[]> {
    const events = await this.#eventsOf<EventOfPlan>(stream);
    const { category, id } = partsOfStream(stream);
    if (category === 'item') {
      return entriesOf(events as RecordedEvent<ItemEvent>[]).map((entry) => ({ category, id, entry }));
    }
    const other = category as 'plan' | 'indicator' | 'round';
    return recordEntriesOf(events as RecordedEvent<EventOfRecord>[]).map((entry) => ({ category: other, id, entry }));
  }

  /** What happened; that a command changed nothing is none of it. */
  async #eventsOf<Event extends DomainEvent>(stream: string): Promise<RecordedEvent<Event>[]> {
    const events = await this.replay.events<Event>(stream, {});
    return events.filter(({ type }) => type !== commandChangedNothing.type);
  }
}
