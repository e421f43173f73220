import { Inject, Injectable } from '@nestjs/common';
import { commandChangedNothing } from '#deciding';
import { streamName, TimeSlices } from '#kernel';
import type { StoredEvent } from '#kernel';
import { Decisions } from '#organisation';
import { ItemReader, labelOf, LineageReader, Names } from '#planning';
import type { CalledItem, ItemEvent, ListedItem, PlanDocument } from '#planning';
import { ReadModels, Replay, withoutDay } from '#projecting';
import type { Moment, MomentOfDay } from '#projecting';
import { swedishDecision } from '#snapshots';
import { totalsOf } from './appendix.js';
import type { Appendix, AppendixItem, AppendixRow, PlanOfAppendix } from './appendix.js';
import { decidingEvent, outcomeOf, rowOf, sharedIn } from './appendix-rows.js';
import type { Outcome, ToldItem } from './appendix-rows.js';

/** Which plans are set against each other. */
export interface AskedAppendix {
  readonly tenant: string;
  readonly olderId: string;
  readonly newerId: string;
  /** The code of a kind: left out, the items of every kind are told. */
  readonly kind?: string | undefined;
}

/** So many streams are read at once. */
const atOnce = 10;

/**
 * Tells from the log what became of the items of a plan in another one. It costs what the streams of its items are long, and holds
 * what was said of the items themselves, however often they were judged.
 */
@Injectable()
export class AppendixReader {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Replay) private readonly replay: Replay,
    @Inject(ItemReader) private readonly reader: ItemReader,
    @Inject(LineageReader) private readonly lineage: LineageReader,
  ) {}

  /** @throws NotFound where there is no such plan */
  async of({ kind, newerId, olderId, tenant }: AskedAppendix, moment: MomentOfDay): Promise<Appendix> {
    const [older, newer] = (await Promise.all(
      [olderId, newerId].map((id) => this.reader.planNames(tenant, id, moment)),
    )) as [PlanDocument, PlanDocument];
    const items = await this.reader.items(older, moment);
    const told = await this.#told(
      tenant,
      items.map((item) => calledIn(older, item)),
      moment,
    );
    const slices = new TimeSlices();
    const outcomes: Outcome[] = [];
    for (const item of told) {
      const outcome = outcomeOf(item, newerId, moment.asOf);
      if (outcome) outcomes.push(outcome);
      await slices.next();
    }
    const shared = sharedIn(outcomes);
    const succeeding = new Set(outcomes.flatMap(({ links }) => links.map(({ itemId }) => itemId)));
    const called = await this.lineage.called(tenant, [...succeeding], moment);
    const successors = new Map(
      (await this.#told(tenant, [...called.values()].map(calledBy), withoutDay(moment))).map((item) => [
        item.called.id,
        item,
      ]),
    );
    const decisionOf = await this.#decisions(tenant, outcomes, moment);
    const kinds = new Map(items.map((item) => [item._id, item.kind]));
    const rows: AppendixRow[] = [];
    for (const outcome of outcomes) {
      if (kind !== undefined && kinds.get(outcome.item.called.id) !== kind) continue;
      rows.push(rowOf(outcome, shared, successors, decisionOf(outcome)));
      await slices.next();
    }
    const added = (await this.reader.items(newer, moment))
      .filter((item) => !succeeding.has(item._id) && (kind === undefined || item.kind === kind))
      .map((item) => calledIn(newer, item));
    return { older: planIn(older), newer: planIn(newer), rows, totals: totalsOf(rows), added };
  }

  /** What the streams of items tell of themselves at a moment. */
  async #told(tenant: string, items: readonly AppendixItem[], moment: Moment): Promise<ToldItem[]> {
    const told: ToldItem[] = [];
    for (let from = 0; from < items.length; from += atOnce) {
      const some = items.slice(from, from + atOnce).map(async (called) => {
        const events = await this.replay.events<ItemEvent>(streamName(tenant, 'item', called.id), moment, isOfItself);
        // What was cancelled may have begun anew: what it was before that is nothing.
        const begins = events.findLastIndex(({ type }) => type === 'ItemAdopted');
        const story = events.slice(Math.max(0, begins));
        return { called, events: story };
      });
      told.push(...(await Promise.all(some)));
    }
    return told;
  }

  /** The formal decisions that outcomes rest on, as they were corrected, in words. */
  async #decisions(tenant: string, outcomes: readonly Outcome[], moment: MomentOfDay) {
    const deciding = new Map(
      outcomes.flatMap((outcome) => {
        const event = decidingEvent(outcome);
        return event
          ? [
              [
                outcome,
                { eventId: event.id, causedBy: event.metadata.causationId, decision: event.metadata.decision! },
              ] as const,
            ]
          : [];
      }),
    );
    const corrected = await Decisions.of(this.readModels, tenant, [...deciding.values()], moment);
    const behind = new Map([...deciding].map(([outcome, event]) => [outcome, corrected.behind(event).decision!]));
    const bodies = [...behind.values()].map(({ bodyId }) => bodyId);
    const names = await Names.of(this.readModels, tenant, moment, { bodies });
    return (outcome: Outcome): string | undefined => {
      const decision = behind.get(outcome);
      const body = decision && { bodyId: decision.bodyId, name: names.body(decision.bodyId).name };
      return decision && body && swedishDecision({ ...decision, body });
    };
  }
}

/** Whether an event tells something of its item, rather than how that was judged. */
const isOfItself = ({ data, type }: StoredEvent): boolean =>
  !('assessmentId' in data) && type !== commandChangedNothing.type;

const planIn = ({ _id: id, key, title }: PlanDocument): PlanOfAppendix => ({ id, ...(key && { key }), title });

function calledIn(plan: PlanDocument, item: Pick<ListedItem, '_id' | 'kind' | 'number' | 'title'>): AppendixItem {
  const { value: number } = item.number;
  const label = labelOf(item, plan);
  return { id: item._id, label, ...(number !== null && { number }), title: item.title.value };
}

const calledBy = ({ id, label, number, title }: CalledItem): AppendixItem => ({
  ...{ id, label, title },
  ...(number !== null && { number }),
});
