import type { Actor, DomainEvent, EventMetadata, Provenance, StoredEvent } from './events/envelope.js';
import { provenanceOf } from './events/provenance.js';

/** An event as a fold sees it: what happened, the day that it speaks of, and who had the log learn it when. */
export type RecordedFact<Event> = Event &
  Provenance & {
    readonly id: string;
    /** ISO day. */
    readonly effectiveOn: string;
    /** The id of the event that it corrects or takes back, where it says so. */
    readonly corrects?: string;
    /** Of a correction that was said before what it corrects: the day on which that was said. ISO day. */
    readonly saidAfter?: string;
    /** RFC 3339 instant in UTC. */
    readonly recordedAt: string;
    readonly actor: Actor;
    /** Its place in its stream. */
    readonly revision: number;
    /** Its place in the log. What was just appended together may all have the place of its last event. */
    readonly position: string;
  };

/** What a fold is told of an event that the catalog has read. */
export function factOf<Event extends DomainEvent>({
  data,
  id,
  metadata: { actor, corrects, effectiveOn, recordedAt, saidAfter, ...provenance },
  position,
  revision,
  type,
}: Pick<StoredEvent<unknown>, 'id' | 'type' | 'data' | 'revision' | 'position'> & {
  readonly metadata: Pick<
    EventMetadata,
    'actor' | 'corrects' | 'effectiveOn' | 'recordedAt' | 'saidAfter' | keyof Provenance
  >;
}): RecordedFact<Event> {
  const correction = { ...(corrects && { corrects }), ...(saidAfter && { saidAfter }) };
  const about = { id, type, data, ...correction, ...provenanceOf(provenance) };
  return { ...about, effectiveOn, recordedAt, actor, revision, position } as unknown as RecordedFact<Event>;
}
