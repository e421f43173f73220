import type { Document } from '#document-store';
import { pagesOfStream } from '#event-store';
import type { EventStore } from '#event-store';
import { isKnown, LogDamaged } from '#kernel';
import type { DomainEvent, EventCatalog, KnownBy, RecordedEvent, SaidWhen, StoredEvent } from '#kernel';
import { noteDamage } from './damage-notes.js';
import { reactionTo } from './projection.js';
import type { Projection } from './projection.js';

/** A moment of the times that every event has. What is left out does not limit, and one of `knownAt` and `saidBy` is. */
export interface Moment extends KnownBy {
  /** The day up to which events speak: ISO day, itself included. */
  readonly asOf?: string;
}

/** A moment of a day: of today, where nobody asked for another. */
export type MomentOfDay = Moment & { readonly asOf: string };

/** Whether nothing is limited: what is asked for is all that is recorded, of whichever days. */
export const isUnlimited = ({ asOf, knownAt, saidBy }: Moment): boolean =>
  asOf === undefined && knownAt === undefined && saidBy === undefined;

/** What limits what was known or said at a moment, of whichever days it speaks. */
export const withoutDay = ({ asOf: _, ...known }: Moment): KnownBy => known;

/** Whether an event belongs to what was known, or said, and held at a moment. */
export const isWithin = (event: SaidWhen & { readonly effectiveOn: string }, moment: Moment): boolean =>
  (moment.asOf === undefined || event.effectiveOn <= moment.asOf) && isKnown(event, moment);

const pageSize = 1_000;

/**
 * What a projection makes of those events of one stream that are seen: for those who see events otherwise than by the days that
 * they speak of.
 * @param isSeen also told what the seen events before it have led to
 * @returns undefined where the stream's beginning is not seen, or not there
 */
export function foldedWhere<Doc extends Document, Event extends DomainEvent>(
  projection: Projection<Doc, Event>,
  events: readonly RecordedEvent<Event>[],
  isSeen: (event: RecordedEvent<Event>, document: Doc | undefined) => boolean,
): Doc | undefined {
  let document: Doc | undefined;
  const [first] = events as readonly StoredEvent<unknown>[];
  if (first?.revision !== 0) return undefined;
  for (const event of events) {
    const { type } = event as StoredEvent<unknown>;
    const reaction = reactionTo(projection, type);
    // Nothing is told of what had not begun; what was cancelled may begin anew.
    if (!reaction || (document === undefined && type !== first.type)) continue;
    if (isSeen(event, document)) document = reaction.evolve(document, event) as Doc;
  }
  return document;
}

/** What is left of a stream on a page. */
interface Remains {
  readonly events: readonly StoredEvent[];
  readonly damaged: LogDamaged | undefined;
}

/**
 * Documents as they were at any moment, folded straight from the log by the same projection that keeps the current
 * ones. No read model takes part, so that an answer is as true as the log.
 */
export class Replay {
  constructor(
    private readonly eventStore: EventStore,
    private readonly catalog: EventCatalog,
  ) {}

  /**
   * The document that one stream leads to; of a projection with parts, their source. Where the stream is not whole, what
   * is left of it after its beginning, and the damage is noted.
   * @returns undefined where the stream had not begun at that moment
   * @throws CorruptEvent where an event cannot be read; LogDamaged where what is left tells nothing
   */
  async document<Doc extends Document, Event extends DomainEvent>(
    projection: Projection<Doc, Event>,
    stream: string,
    moment: Moment,
  ): Promise<Doc | undefined> {
    let document: Doc | undefined;
    let beginsWith: string | undefined;
    let begun = false;
    for await (const { damaged, events } of this.#remains(stream)) {
      if (damaged && beginsWith === undefined && events[0]?.revision !== 0) throw damaged;
      beginsWith ??= events[0]!.type;
      // Nothing is told of what had not begun, also where a record says that it speaks of an earlier day; what was cancelled
      // may begin anew.
      const begins = ({ metadata, type }: StoredEvent) => type === beginsWith && isWithin(metadata, moment);
      const first = begun ? 0 : events.findIndex(begins);
      if (first < 0) continue;
      begun = true;
      try {
        document = this.#folded(projection, document, events.slice(first), moment);
      } catch (error) {
        throw damaged ?? error;
      }
    }
    return document;
  }

  /**
   * The events of one stream within a moment, oldest first, brought up to their newest schema. Where the stream is not
   * whole, those that are left, and the damage is noted.
   * @param isAsked which of them are kept and decoded; all of them where it is left out
   */
  async events<Event extends DomainEvent>(
    stream: string,
    moment: Moment,
    isAsked: (event: StoredEvent) => boolean = () => true,
  ): Promise<RecordedEvent<Event>[]> {
    const told: RecordedEvent<Event>[] = [];
    for await (const { events } of this.#remains(stream)) {
      const within = events.filter((event) => isWithin(event.metadata, moment) && isAsked(event));
      told.push(...within.map((stored) => this.catalog.decode(stored) as unknown as RecordedEvent<Event>));
    }
    return told;
  }

  #folded<Doc extends Document, Event extends DomainEvent>(
    projection: Projection<Doc, Event>,
    before: Doc | undefined,
    events: readonly StoredEvent[],
    moment: Moment,
  ): Doc | undefined {
    let document = before;
    for (const stored of events) {
      const reaction = reactionTo(projection, stored.type);
      if (!reaction || (!projection.seenOn && !isWithin(stored.metadata, moment))) continue;
      const event = this.catalog.decode(stored) as unknown as RecordedEvent<Event>;
      if (projection.seenOn) {
        const effectiveOn = projection.seenOn(document, event);
        if (effectiveOn === undefined || !isWithin({ ...event.metadata, effectiveOn }, moment)) continue;
      }
      document = reaction.evolve(document, event) as Doc;
    }
    return document;
  }

  /** What is left of a stream, page by page; from where it is not whole, with the first damage, which is noted. */
  async *#remains(stream: string): AsyncGenerator<Remains, void, undefined> {
    let damaged: LogDamaged | undefined;
    for (let after = -1; ;) {
      try {
        for await (const events of pagesOfStream(this.eventStore, stream, { after, limit: pageSize })) {
          after = events.at(-1)!.revision;
          yield { events, damaged };
        }
        return;
      } catch (error) {
        if (!(error instanceof LogDamaged)) throw error;
        if (!damaged) noteDamage(error.damage);
        damaged ??= error;
        if (error.left.length === 0) {
          if (after < 0) yield { events: [], damaged };
          return;
        }
        yield { events: error.left, damaged };
        after = error.left.at(-1)!.revision;
      }
    }
  }
}
