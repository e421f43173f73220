import { setImmediate as othersTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { EventStore } from '#event-store';
import { kindInWords, partsOfStream, say, streamName } from '#kernel';
import type { Json, Said, StoredEvent } from '#kernel';
import { commandChangedNothing } from './command.events.js';
import { EVENT_STORE } from './tokens.js';

/** A thing of which others may tell something. */
interface Thing {
  readonly tenant: string;
  readonly category: string;
  readonly id: string;
}

const pageSize = 1_000;
const mostTold = 20;
/** They take back what a whole stream says, or name what they take back. */
const endsAll = ['BodyCancelled', 'GroupCancelled', 'RoundCancelled', 'IndicatorCancelled'];
const takesBack = 'AssessmentWithdrawn';
const correctsDecision = 'DecisionCorrected';

/** Finds what rests on a thing that should not have been: by the log alone, which nothing is ahead of. */
@Injectable()
export class Resting {
  constructor(@Inject(EVENT_STORE) private readonly eventStore: Pick<EventStore, 'readAll' | 'readStream'>) {}

  /**
   * What names a thing in other streams and was neither corrected nor taken back: in data, as the body of a formal decision, or as
   * the body on whose behalf somebody acted. It reads the log from the thing's own first event on.
   * @returns the first few, in the order of the log; empty where nothing rests on it
   */
  async on({ category, id, tenant }: Thing): Promise<readonly Said[]> {
    const own = streamName(tenant, category, id);
    const [first] = await this.eventStore.readStream(own, { limit: 1 });
    if (!first) return [];
    /** By stream, the events that name it. */
    const naming = new Map<string, Set<string>>();
    for (let after: string = first.position; ;) {
      const page = await this.eventStore.readAll({ tenant, after, limit: pageSize });
      if (page.length === 0) break;
      after = page.at(-1)!.position;
      for (const event of page) if (event.stream !== own) note(event, id, naming);
      await othersTurn();
    }
    const streams = [...naming].filter(([, events]) => events.size > 0).map(([stream]) => partsOfStream(stream));
    return streams.slice(0, mostTold).map((named) => thing({ kind: kindInWords(named.category), id: named.id }));
  }
}

function note(event: StoredEvent, id: string, naming: Map<string, Set<string>>): void {
  const { corrects } = event.metadata;
  if (event.type === correctsDecision) dropDecision(event, naming);
  const known = naming.get(event.stream);
  if (corrects !== undefined) known?.delete(corrects);
  if (endsAll.includes(event.type)) known?.clear();
  else if (event.type !== takesBack && event.type !== commandChangedNothing.type) {
    const told = [...(names(event, id) ? [event.id] : []), ...(decides(event, id) ? [decisionOf(event.id)] : [])];
    if (told.length > 0) naming.set(event.stream, new Set([...(known ?? []), ...told]));
  }
}

/** The decision that was recorded with an event is none any more; a correction before this one is in the same stream. */
function dropDecision({ data, stream }: StoredEvent, naming: Map<string, Set<string>>): void {
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

const names = ({ data, metadata: { actor } }: StoredEvent, id: string): boolean =>
  actor.body === id || holds({ ...data, before: null }, id);

const decides = ({ metadata: { decision } }: StoredEvent, id: string): boolean => decision?.bodyId === id;

function holds(value: Json, text: string): boolean {
  if (typeof value !== 'object' || value === null) return value === text;
  return Object.values(value).some((inner) => holds(inner as Json, text));
}

const thing = say('{kind}: {id}', '{kind}: {id}');
