import { setImmediate as othersTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { EventStore } from '#event-store';
import { kindInWords, partsOfStream, say, streamName } from '#kernel';
import type { Json, Said, StoredEvent } from '#kernel';
import { commandChangedNothing } from './command.events.js';
import { EVENT_STORE } from './tokens.js';

/** A thing of which others may tell something. */
export interface RestedOn {
  readonly category: string;
  readonly id: string;
}

/** Which events are looked at. */
export interface WhereToLook {
  /** The position after which the log is read. */
  readonly after: string;
  /** Whether an event is looked at; where it is left out, each that is not told of the thing itself. */
  readonly counts?: (event: StoredEvent, thing: RestedOn) => boolean;
}

/** What rests on things, and up to where in the log that was looked for. */
export interface Rests {
  /** By id, what rests on it, the first few, in the order of the log; nothing where nothing does. */
  readonly on: ReadonlyMap<string, readonly Said[]>;
  readonly upTo: string;
}

const pageSize = 1_000;
const mostTold = 20;
/** They take back what a whole stream says, or name what they take back. */
const endsAll = [
  'BodyCancelled',
  'GroupCancelled',
  'RoundCancelled',
  'IndicatorCancelled',
  'ItemCancelled',
  'PlanCancelled',
];
/** What lists what it recorded, and rests on none of it. */
const listing = ['LoadBegun', 'LoadListed', 'LoadRecorded', 'LoadTakeBackDecided', 'LoadTakenBack'];
const takesBack = 'AssessmentWithdrawn';
const correctsDecision = 'DecisionCorrected';

/** By category, what names such a thing in a list or beside a number, and tells nothing that would be wrong without it. */
const inPassing: Readonly<Record<string, readonly string[]>> = {
  item: [
    'NumberClaimed',
    'RevisionDecided',
    'RevisionCarriedOut',
    'RoundReminded',
    'RoundMissingListed',
    'RoundFrozen',
    correctsDecision,
  ],
  plan: ['NumberClaimed', correctsDecision],
};

/** Finds what rests on a thing that should not have been: by the log alone, which nothing is ahead of. */
@Injectable()
export class Resting {
  constructor(@Inject(EVENT_STORE) private readonly eventStore: Pick<EventStore, 'readAll' | 'readStream'>) {}

  /**
   * What names a thing in other streams and was neither corrected nor taken back: in data, as the body of a formal decision, or as
   * the body on whose behalf somebody acted.
   * @param examined up to where in the log it was found that nothing does; where it is left out, the log is read from the
   * thing's own first event on
   * @returns the first few, in the order of the log; empty where nothing rests on it
   */
  async on({ tenant, ...thing }: RestedOn & { readonly tenant: string }, examined?: string): Promise<readonly Said[]> {
    const [first] = await this.eventStore.readStream(streamName(tenant, thing.category, thing.id), { limit: 1 });
    if (!first) return [];
    const { on } = await this.onEach([thing], tenant, { after: examined ?? first.position });
    return on.get(thing.id) ?? [];
  }

  /** The same of several things, by one reading of the log. */
  async onEach(
    things: readonly RestedOn[],
    tenant: string,
    { after, counts = isOfOthers }: WhereToLook,
  ): Promise<Rests> {
    const known = new Map(things.map((thing) => [thing.id, thing]));
    const naming: Naming = new Map();
    let upTo = after;
    for (;;) {
      const page = await this.eventStore.readAll({ tenant, after: upTo, limit: pageSize });
      if (page.length === 0) break;
      upTo = page.at(-1)!.position;
      for (const event of page) note(event, known, counts, naming);
      await othersTurn();
    }
    return { on: restingBy(naming), upTo };
  }
}

/** By stream, and by what tells them, the ids of the things that are named. */
type Naming = Map<string, Map<string, ReadonlySet<string>>>;

const isOfOthers = (event: StoredEvent, { category, id }: RestedOn): boolean => {
  const own = partsOfStream(event.stream);
  return own.id !== id || own.category !== category;
};

function restingBy(naming: Naming): ReadonlyMap<string, readonly Said[]> {
  const on = new Map<string, Said[]>();
  for (const [stream, told] of naming) {
    const { category, id } = partsOfStream(stream);
    for (const named of new Set([...told.values()].flatMap((ids) => [...ids]))) {
      const resting = on.get(named) ?? [];
      if (resting.length < mostTold) resting.push(thingIs({ kind: kindInWords(category), id }));
      on.set(named, resting);
    }
  }
  return on;
}

function note(
  event: StoredEvent,
  known: ReadonlyMap<string, RestedOn>,
  counts: NonNullable<WhereToLook['counts']>,
  naming: Naming,
): void {
  const { corrects } = event.metadata;
  if (listing.includes(event.type)) return;
  if (event.type === correctsDecision) dropDecision(event, naming);
  const told = naming.get(event.stream);
  if (corrects !== undefined) told?.delete(corrects);
  if (endsAll.includes(event.type)) told?.clear();
  else if (event.type !== takesBack && event.type !== commandChangedNothing.type) {
    const rests = (id: string): boolean => {
      const thing = known.get(id);
      return thing !== undefined && !inPassing[thing.category]?.includes(event.type) && counts(event, thing);
    };
    const named = namedIn(event).filter(rests);
    const decides = [event.metadata.decision?.bodyId ?? ''].filter(rests);
    if (named.length === 0 && decides.length === 0) return;
    const next = told ?? new Map<string, ReadonlySet<string>>();
    if (named.length > 0) next.set(event.id, new Set(named));
    if (decides.length > 0) next.set(decisionOf(event.id), new Set(decides));
    naming.set(event.stream, next);
  }
}

/** The decision that was recorded with an event is none any more; a correction before this one is in the same stream. */
function dropDecision({ data, stream }: StoredEvent, naming: Naming): void {
  const { category, eventId, subjectId } = data as unknown as Corrected;
  const { tenant } = partsOfStream(stream);
  naming.get(streamName(tenant, category, subjectId))?.delete(decisionOf(eventId));
  naming.get(stream)?.clear();
}

/** What a correction of a formal decision says of the event whose decision it is. */
interface Corrected {
  readonly category: string;
  readonly subjectId: string;
  readonly eventId: string;
}

const decisionOf = (eventId: string): string => `${eventId} decision`;

/** Every text of an event that may be an id: what it tells is gone, `before` and `successor`, names nothing. */
function namedIn({ data, metadata: { actor } }: StoredEvent): string[] {
  const named = actor.body === undefined ? [] : [actor.body];
  textsIn({ ...data, before: null, successor: null }, named);
  return named;
}

function textsIn(value: Json, found: string[]): void {
  if (typeof value === 'string') found.push(value);
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) textsIn(inner as Json, found);
}

const thingIs = say('{kind}: {id}', '{kind}: {id}');
