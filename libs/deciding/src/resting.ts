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
const takeBack = ['AssessmentWithdrawn', 'ReorganisationRevoked'];
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

  /** The streams beside its own that have ever named a thing, whether that stands or not: the log is read from its first event on. */
  async streamsNaming({ category, id, tenant }: RestedOn & { readonly tenant: string }): Promise<readonly string[]> {
    const own = streamName(tenant, category, id);
    const [first] = await this.eventStore.readStream(own, { limit: 1 });
    const naming = new Set<string>();
    for (let after = first?.position; after !== undefined;) {
      const page = await this.eventStore.readAll({ tenant, after, limit: pageSize });
      for (const event of page) if (event.stream !== own && namedIn(event).includes(id)) naming.add(event.stream);
      after = page.at(-1)?.position;
      await othersTurn();
    }
    return [...naming];
  }
}

/**
 * Whether any of some events names one of some things, and was neither corrected nor taken back by a later one of them. On whose
 * behalf somebody acted does not count here.
 */
export function namesAnyOf(events: readonly StoredEvent[], things: readonly RestedOn[]): boolean {
  const known = new Map(things.map((thing) => [thing.id, thing]));
  const naming: Naming = new Map();
  for (const event of events) note(withoutBody(event), known, () => true, naming);
  return restingBy(naming).size > 0;
}

const withoutBody = (event: StoredEvent): StoredEvent => {
  const { body: _, ...actor } = event.metadata.actor;
  return { ...event, metadata: { ...event.metadata, actor } };
};

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
  else if (!takeBack.includes(event.type) && event.type !== commandChangedNothing.type) {
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
