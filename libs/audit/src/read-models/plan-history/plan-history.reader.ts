import { Inject, Injectable } from '@nestjs/common';
import { commandChangedNothing, EVENT_STORE } from '#deciding';
import type { Filter } from '#document-store';
import { pagesOfStream } from '#event-store';
import type { EventStore } from '#event-store';
import type { PagePart } from '#http-api';
import { endOfDayInSweden, LogDamaged, partsOfStream, StoreFailure, streamName } from '#kernel';
import type { Damage } from '#kernel';
import { itemStatus } from '#planning';
import { isUnlimited, isWithin, noteDamage, ReadModels } from '#projecting';
import type { Moment } from '#projecting';
import type { HistoryEntry } from '../../item-history/history-entry.js';
import { changesBetween, changesSaidBy } from '../plan-changes/changes-between.js';
import type { PlaceOfChange } from '../plan-changes/plan-changes.projection.js';
import { mergedEntries } from './merged-entries.js';
import { entriesOfStream, entryId, planHistory, storyEntries } from './plan-history.projection.js';
import type { StoryEntry, StoryHead } from './plan-history.projection.js';
import type { RecordEntry } from './record-entry.js';
import { StoryReader } from './story.reader.js';
import type { ToldEntry } from './story.reader.js';

/** What was recorded of an item. */
export interface ItemHistory {
  readonly planId: string;
  /** Those that were asked for, in the order of the record. */
  readonly entries: readonly HistoryEntry[];
  readonly total: number;
}

/** What was recorded of several items, as one. */
export interface HistoryOfItems {
  /** Those that were asked for, in the order of the log. */
  readonly entries: readonly { readonly itemId: string; readonly entry: HistoryEntry }[];
  readonly total: number;
}

/** A change within a plan, and what was changed. */
export type ChangeOfPlan =
  | { readonly category: 'item'; readonly id: string; readonly entry: HistoryEntry }
  | {
      readonly category: 'plan' | 'indicator' | 'round' | 'decision' | 'load';
      readonly id: string;
      readonly entry: RecordEntry;
    };

/** Events that come with fewer others than this between them are looked up together. */
const near = 20;

/**
 * Tells histories from an entry a document: as many are read as are shown. The log is asked whether it still holds what is
 * shown; where documents are away, behind or belied by the log, the log alone tells.
 */
@Injectable()
export class PlanHistories {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(StoryReader) private readonly story: StoryReader,
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
  ) {}

  /** @returns undefined where the tenant has no such item */
  async ofItem(tenant: string, itemId: string, moment: Moment, part: PagePart): Promise<ItemHistory | undefined> {
    const stream = streamName(tenant, 'item', itemId);
    return (await this.#ofItemByDocuments(stream, moment, part)) ?? this.#ofItemByLog(tenant, itemId, moment, part);
  }

  /** What was recorded of some items of the tenant as one timeline, whatever plans they are of. */
  async ofItems(tenant: string, itemIds: readonly string[], moment: Moment, part: PagePart): Promise<HistoryOfItems> {
    const streams = itemIds.map((itemId) => streamName(tenant, 'item', itemId));
    const { entries, total } =
      (await this.#ofStreamsByDocuments(streams, moment, part)) ?? (await this.#ofStreamsByLog(streams, moment, part));
    return {
      entries: entries.map(({ entry, stream }) => ({ itemId: partsOfStream(stream).id, entry })),
      total,
    };
  }

  /**
   * What was recorded in a plan after one instant and up to another, in the order of the log.
   * @param part which of the changes are told
   * @param saidBy ISO day, where only what had been said by then is told
   */
  async ofPlan(
    tenant: string,
    planId: string,
    window: readonly [from: string, to: string],
    part: PagePart,
    saidBy?: string,
  ): Promise<{ readonly changes: readonly ChangeOfPlan[]; readonly total: number }> {
    const { places, total } =
      saidBy === undefined
        ? await changesBetween(this.readModels, { planId, tenant }, window, part)
        : await changesSaidBy(this.readModels, { planId, tenant }, window, saidBy, part);
    const ids = places.map(({ revision, stream }) => entryId(stream, revision));
    const found = new Map((await this.readModels.getMany(storyEntries, ids)).map((entry) => [entry._id, entry]));
    await this.#noteDamageOf([...found.values()]);
    const told = await this.story.told([...found.values()]);
    const byEvent = new Map(told.map((entry) => [entry.position, entry]));
    const changes = await Promise.all(
      places.map(async (place, index) => {
        const position = found.get(ids[index]!)?.position;
        const entry = position === undefined ? await this.#toldByLog(place) : byEvent.get(position);
        const { category, id } = partsOfStream(place.stream);
        return entry && ({ category, id, entry } as ChangeOfPlan);
      }),
    );
    return { changes: changes.filter((change) => change !== undefined), total };
  }

  /** @returns undefined where the documents do not tell all that the log does, or more than that */
  async #ofItemByDocuments(
    stream: string,
    moment: Moment,
    { limit, offset }: PagePart,
  ): Promise<ItemHistory | undefined> {
    try {
      const head = await this.readModels.get(planHistory, stream);
      if (!head || !(await this.#isCurrent(head))) return undefined;
      if (isToldByLog(head, moment)) return undefined;
      const filter = entriesWithin(stream, moment);
      const [total, entries] = await Promise.all([
        isUnlimited(moment) ? head.entries : this.readModels.count(storyEntries, filter),
        this.readModels.find(storyEntries, filter, { sort: { _id: 1 }, limit, skip: offset }),
      ]);
      if (await this.#damageOf(stream, entries)) return undefined;
      return { planId: head.planId, entries: (await this.story.told(entries, moment)) as HistoryEntry[], total };
    } catch (error) {
      if (error instanceof StoreFailure) return undefined;
      throw error;
    }
  }

  /** @returns undefined where the documents do not tell all of some stream that the log does, or more than that */
  async #ofStreamsByDocuments(streams: readonly string[], moment: Moment, part: PagePart) {
    try {
      const heads = await this.readModels.getMany(planHistory, streams);
      if (heads.length < streams.length) return undefined;
      const filters = new Map<string, Filter>();
      let total = 0;
      for (const head of heads) {
        if (!(await this.#isCurrent(head)) || isToldByLog(head, moment)) return undefined;
        const filter = entriesWithin(head._id, moment);
        filters.set(head._id, filter);
        total += isUnlimited(moment) ? head.entries : await this.readModels.count(storyEntries, filter);
      }
      const page = await mergedEntries(this.readModels, filters, part);
      for (const stream of new Set(page.map((entry) => entry.stream))) {
        const entries = page.filter((entry) => entry.stream === stream);
        if (await this.#damageOf(stream, entries)) return undefined;
      }
      const told = (await this.story.told(page, moment)) as HistoryEntry[];
      return { entries: told.map((entry, index) => ({ entry, stream: page[index]!.stream })), total };
    } catch (error) {
      if (error instanceof StoreFailure) return undefined;
      throw error;
    }
  }

  async #ofStreamsByLog(streams: readonly string[], moment: Moment, { limit, offset }: PagePart) {
    const all: { readonly entry: HistoryEntry; readonly stream: string }[] = [];
    for (const stream of streams) {
      for (const entry of (await this.story.fromLog(stream, moment)) as HistoryEntry[]) {
        if (isWithin(entry, moment)) all.push({ entry, stream });
      }
    }
    all.sort((one, other) => (one.entry.position < other.entry.position ? -1 : 1));
    return { entries: all.slice(offset, offset + limit), total: all.length };
  }

  async #ofItemByLog(
    tenant: string,
    itemId: string,
    moment: Moment,
    { limit, offset }: PagePart,
  ): Promise<ItemHistory | undefined> {
    const stream = streamName(tenant, 'item', itemId);
    const [first] = await this.story.eventsOf(stream);
    const all = ((await this.story.fromLog(stream, moment)) as HistoryEntry[]).filter((entry) =>
      isWithin(entry, moment),
    );
    const told = { entries: all.slice(offset, offset + limit), total: all.length };
    if (first?.revision === 0) return { planId: first.data.planId!, ...told };
    // Of an item that the log has lost, or whose beginning it has lost, the documents may tell still.
    const known = await this.readModels.get(itemStatus, itemId);
    if (known?.tenant !== tenant) return undefined;
    if (!first) noteDamage({ stream, awaited: 0, found: undefined });
    return { planId: known.planId, ...told };
  }

  /** Whether the log has nothing to tell after the last event of a head, and holds that one. */
  async #isCurrent({ _id: stream, last }: StoryHead): Promise<boolean> {
    try {
      const [known, ...later] = await this.eventStore.readStream(stream, { after: last.revision - 1 });
      return known?.id === last.eventId && later.every(({ type }) => type === commandChangedNothing.type);
    } catch (error) {
      if (error instanceof LogDamaged) return false;
      throw error;
    }
  }

  async #noteDamageOf(entries: readonly StoryEntry[]): Promise<void> {
    const streams = [...new Set(entries.map(({ stream }) => stream))];
    const damages = await Promise.all(
      streams.map((stream) =>
        this.#damageOf(
          stream,
          entries.filter((entry) => entry.stream === stream),
        ),
      ),
    );
    for (const damage of damages) if (damage) noteDamage(damage);
  }

  /** What the log lacks of the beginning of a stream, of some entries and of what comes between those that are near. */
  async #damageOf(stream: string, entries: readonly StoryEntry[]): Promise<Damage | undefined> {
    try {
      const [first] = await this.eventStore.readStream(stream, { limit: 1 });
      if (!first) return { stream, awaited: 0, found: undefined };
      for (const { from, ids, to } of spansOf(entries)) {
        const recorded = new Set<string>();
        for await (const page of pagesOfStream(this.eventStore, stream, { after: from - 1, limit: to - from + 1 })) {
          for (const { id } of page) recorded.add(id);
          if (page.at(-1)!.revision >= to) break;
        }
        if (!ids.every((id) => recorded.has(id))) return { stream, awaited: from, found: undefined };
      }
      return undefined;
    } catch (error) {
      if (error instanceof LogDamaged) return error.damage;
      throw error;
    }
  }

  async #toldByLog({ revision, stream }: PlaceOfChange): Promise<ToldEntry | undefined> {
    return (await this.story.fromLog(stream)).find((entry) => entry.revision === revision);
  }
}

/** Whether a moment asks what the log alone tells: what is attested was said before it was recorded. */
const isToldByLog = ({ attested }: StoryHead, { saidBy }: Moment): boolean => saidBy !== undefined && attested === true;

/** The entries of a stream that a moment sees. Of what is not attested, the day on which it was said is that of the record. */
function entriesWithin(stream: string, moment: Moment): Filter {
  if (isUnlimited(moment)) return { _id: entriesOfStream(stream) };
  const { asOf, knownAt = moment.saidBy && endOfDayInSweden(moment.saidBy) } = moment;
  return {
    stream,
    ...(asOf !== undefined && { effectiveOn: { $lte: asOf } }),
    ...(knownAt !== undefined && { recordedAt: { $lte: knownAt } }),
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly ids: readonly string[];
}

/** Entries of one stream, those together that are near to each other. */
function spansOf(entries: readonly StoryEntry[]): readonly Span[] {
  const spans: Span[] = [];
  for (const { eventId, revision } of [...entries].sort((left, right) => left.revision - right.revision)) {
    const last = spans.at(-1);
    if (last && revision - last.to <= near) {
      spans.splice(-1, 1, { from: last.from, to: revision, ids: [...last.ids, eventId] });
    } else spans.push({ from: revision, to: revision, ids: [eventId] });
  }
  return spans;
}
