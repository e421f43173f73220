import { Inject, Injectable } from '@nestjs/common';
import { commandChangedNothing } from '#deciding';
import type { RecordedEvent } from '#kernel';
import type { ItemEvent, Values } from '#planning';
import { isWithin, ReadModels, Replay } from '#projecting';
import type { Moment } from '#projecting';
import { entriesOf } from '../../item-history/history-entry.js';
import type { HistoryEntry } from '../../item-history/history-entry.js';
import { isOfItem } from './event-of-plan.js';
import type { EventOfPlan, EventOfRecord } from './event-of-plan.js';
import { entryId, storyEntries, storySubjects } from './plan-history.projection.js';
import type { StoryEntry, StorySubject } from './plan-history.projection.js';
import { recordEntriesOf } from './record-entry.js';
import type { RecordEntry } from './record-entry.js';
import { subjectId } from './said-before.js';

/** An entry of any story, as its reader needs it. */
export type ToldEntry = HistoryEntry | RecordEntry;

/** By property: the revision of the event that said it, or `null` where none did. */
type References = ReadonlyMap<string, number | null>;

/** Tells entries with what the record said before each: from the entries that said it, and else from the log. */
@Injectable()
export class StoryReader {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Replay) private readonly replay: Replay,
  ) {}

  /**
   * Reads as many entries more as the given ones refer to, and once each story of which documents do not tell all.
   * @param entries of any streams
   * @param moment of which it is told what had overtaken what
   */
  async told(entries: readonly StoryEntry[], moment: Moment = {}): Promise<ToldEntry[]> {
    const subjects = await this.#subjectsOf(entries);
    const earlier = await this.#earlierOf(entries);
    const references = new Map(entries.map((entry) => [entry, referencesOf(entry, subjects, earlier)]));
    const said = await this.#saying(references, [...earlier.values()]);
    const told = entries.map((entry) => toldBy(entry, beforeOf(entry, references.get(entry), said)));
    const logs = new Map<string, Promise<ToldEntry[]>>();
    const logOf = (stream: string) => {
      const log = logs.get(stream) ?? this.fromLog(stream, moment);
      logs.set(stream, log);
      return log;
    };
    return Promise.all(
      told.map(async (one, index) => {
        const { revision, stream } = entries[index]!;
        return one ?? (await logOf(stream)).find((entry) => entry.revision === revision)!;
      }),
    );
  }

  /** Every entry of a stream, in the order of the record, told by the log alone. Where it is damaged, what is left. */
  async fromLog(stream: string, { knownAt, saidBy }: Moment = {}): Promise<ToldEntry[]> {
    const events = await this.eventsOf(stream);
    const [first] = events;
    if (!first) return [];
    const isKnown = ({ metadata }: RecordedEvent) =>
      isWithin(metadata, { ...(knownAt !== undefined && { knownAt }), ...(saidBy !== undefined && { saidBy }) });
    return isOfItem(first)
      ? entriesOf(events as RecordedEvent<ItemEvent>[], isKnown)
      : recordEntriesOf(events as RecordedEvent<EventOfRecord>[], isKnown);
  }

  /** What happened; that a command changed nothing is none of it. */
  async eventsOf(stream: string): Promise<RecordedEvent<EventOfPlan>[]> {
    const events = await this.replay.events<EventOfPlan>(stream, {});
    return events.filter(({ type }) => (type as string) !== commandChangedNothing.type);
  }

  async #subjectsOf(entries: readonly StoryEntry[]): Promise<ReadonlyMap<string, StorySubject>> {
    const ids = entries.flatMap(({ before, stream }) =>
      before.kind === 'of' ? [subjectId(stream, before.subject)] : [],
    );
    const found = await this.readModels.getMany(storySubjects, [...new Set(ids)]);
    return new Map(found.map((subject) => [subject._id, subject]));
  }

  /** Of entries about assessments what had been said last: of what stood by the same body, or of the same assessment. */
  async #earlierOf(entries: readonly StoryEntry[]): Promise<ReadonlyMap<string, StoryEntry>> {
    const about = entries.filter(({ before: { kind } }) => kind === 'body' || kind === 'assessment');
    const found = new Map<string, StoryEntry>();
    const earlierThan = (entry: StoryEntry) =>
      entry.before.kind === 'body' ? this.#standingAt(entry) : this.#lastOfSame(entry);
    for (let from = 0; from < about.length; from += askedAtOnce) {
      const some = about.slice(from, from + askedAtOnce);
      for (const [index, one] of (await Promise.all(some.map(earlierThan))).entries()) {
        if (one) found.set(some[index]!._id, one);
      }
    }
    return found;
  }

  /** Mostly the entry before; where assessments were withdrawn, some further back. */
  async #standingAt(entry: StoryEntry): Promise<StoryEntry | undefined> {
    const withdrawn = new Set<unknown>();
    for (let [before, limit] = [entry._id, 1]; ; limit = 20) {
      const newest = { sort: { _id: -1 }, limit } as const;
      const filter = { ...ofBody(entry), _id: { $lt: before } };
      const earlier = await this.readModels.find(storyEntries, filter, newest);
      for (const one of earlier) {
        const { assessmentId } = one.about;
        if (one.type === 'AssessmentWithdrawn') withdrawn.add(assessmentId);
        else if (!withdrawn.has(assessmentId)) return one;
      }
      if (earlier.length < limit) return undefined;
      before = earlier.at(-1)!._id;
    }
  }

  async #lastOfSame(entry: StoryEntry): Promise<StoryEntry | undefined> {
    const same = { ...ofBody(entry), 'about.assessmentId': String(entry.about['assessmentId']) };
    const filter = { ...same, _id: { $lt: entry._id } };
    const [last] = await this.readModels.find(storyEntries, filter, { sort: { _id: -1 }, limit: 1 });
    return last;
  }

  /** The entries that are referred to, by their ids. @param read those that are known already */
  async #saying(
    references: ReadonlyMap<StoryEntry, References | undefined>,
    read: readonly StoryEntry[],
  ): Promise<ReadonlyMap<string, StoryEntry>> {
    const known = new Map([...references.keys(), ...read].map((entry) => [entry._id, entry]));
    const wanted = [...references].flatMap(([{ stream }, to]) =>
      [...(to?.values() ?? [])].flatMap((revision) => (revision === null ? [] : [entryId(stream, revision)])),
    );
    const others = [...new Set(wanted)].filter((id) => !known.has(id));
    for (const entry of await this.readModels.getMany(storyEntries, others)) known.set(entry._id, entry);
    return known;
  }
}

/** So many questions are asked of the store at once. */
const askedAtOnce = 10;

/** Finds what the body of an entry said of its item. */
const ofBody = ({ about, stream }: StoryEntry) => ({ 'about.bodyId': String(about['bodyId']), stream });

/** Stands for all properties that an event said. */
const everything = '*';

/** @returns undefined where documents do not tell */
function referencesOf(
  { _id, after, before, revision, stream }: StoryEntry,
  subjects: ReadonlyMap<string, StorySubject>,
  earlier: ReadonlyMap<string, StoryEntry>,
): References | undefined {
  if (before.kind === 'body' || before.kind === 'assessment') {
    const last = earlier.get(_id);
    return new Map(last ? [[everything, last.revision]] : []);
  }
  if (before.kind === 'properties') return new Map(Object.entries(before.properties));
  // Entries that an older version made answer until others are made: what they refer to otherwise, the log tells.
  if (before.kind !== 'of') return undefined;
  const subject = subjects.get(subjectId(stream, before.subject));
  if (!subject) return undefined;
  const said = subject.said.filter((one) => one.revision < revision);
  const references = new Map<string, number>();
  for (const property of Object.keys(after)) {
    const last = said.findLast(({ properties }) => properties.includes(property));
    if (last) references.set(property, last.revision);
    else if (subject.more) return undefined;
  }
  return references;
}

/** @returns undefined where an entry that is referred to is not there */
function beforeOf(
  { stream }: StoryEntry,
  references: References | undefined,
  said: ReadonlyMap<string, StoryEntry>,
): Values | undefined {
  if (!references) return undefined;
  const before: Record<string, unknown> = {};
  for (const [property, revision] of references) {
    const saying = revision === null ? undefined : said.get(entryId(stream, revision));
    if (revision !== null && !saying) return undefined;
    if (property === everything) return saying?.after;
    before[property] = saying?.after[property] ?? null;
  }
  return before;
}

function toldBy(
  { _id, about, after, before: _before, stream: _stream, ...head }: StoryEntry,
  before: Values | undefined,
): ToldEntry | undefined {
  return before && ({ ...head, about, before, after } as unknown as ToldEntry);
}
