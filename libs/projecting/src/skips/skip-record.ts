import type { EventStore, ExpectedRevision } from '#event-store';
import { CorruptEvent, dayInSweden, digestOf, idOf, newId, streamName, systemTenant } from '#kernel';
import type { Actor, Clock, DomainEvent, EventCatalog, EventEnvelope, StoredEvent } from '#kernel';
import type { Parked } from '../engine/bookkeeping.js';
import type { Projection } from '../projection.js';
import type { ProjectionEventSkipped } from './projection.events.js';

/** A decision that a projection may leave out an event that it cannot take. */
export interface Skip {
  readonly position: string;
  readonly eventId: string;
  readonly type: string;
  /** Who decided. */
  readonly by: Actor;
  /** When: RFC 3339. */
  readonly at: string;
  readonly reason: string;
}

/** What is decided of projections: events of the log like any other decision, one stream for each projection. */
export class SkipRecord {
  constructor(
    private readonly eventStore: EventStore,
    private readonly catalog: EventCatalog,
    private readonly clock: Clock,
  ) {}

  /** Every skip that was decided for a projection, whichever version of it. What cannot be read skips nothing. */
  async of(name: string): Promise<Skip[]> {
    return (await this.eventStore.readStream(streamOf(name))).flatMap((event) => this.#skipOf(event) ?? []);
  }

  /**
   * Records that a projection may leave out the event that it is parked at. One that is recorded already is given back.
   * @throws RevisionMismatch where another skip of the projection is recorded at the same time
   */
  async add({ name, version }: Projection, parked: Parked, reason: string, by: Actor): Promise<Skip> {
    const recorded = await this.eventStore.readStream(streamOf(name));
    const known = recorded.flatMap((event) => this.#skipOf(event) ?? []);
    const same = known.find(({ eventId }) => eventId === parked.eventId);
    if (same) return same;
    const { error, eventId, position, type: eventType } = parked;
    const { data, metadata } = await this.#record(
      name,
      {
        type: 'ProjectionEventSkipped',
        data: { projection: name, version, position, eventId, eventType, error, reason },
      },
      { id: idOf('projection-skip', name, eventId), by, expected: recorded.at(-1)?.revision ?? 'no-stream' },
    );
    return { position, eventId, type: eventType, by, at: metadata.recordedAt, reason: data['reason'] as string };
  }

  /** Records that the documents of a projection may be made anew though the log is damaged. */
  async allowDespiteDamage(name: string, reason: string, by: Actor): Promise<void> {
    const recorded = await this.eventStore.readStream(streamOf(name));
    await this.#record(
      name,
      { type: 'ProjectionRebuiltDespiteDamage', data: { projection: name, reason } },
      { id: newId(), by, expected: recorded.at(-1)?.revision ?? 'no-stream' },
    );
  }

  async #record(
    name: string,
    decided: DomainEvent,
    { by, expected, id }: { readonly id: string; readonly by: Actor; readonly expected: ExpectedRevision },
  ): Promise<EventEnvelope> {
    const now = this.clock.now();
    const { data, schema } = this.catalog.encode(decided);
    const commandId = newId();
    const event: EventEnvelope = {
      id,
      type: decided.type,
      data,
      metadata: {
        // Projections serve all tenants, so that what is decided of them belongs to none.
        tenant: systemTenant,
        schema,
        recordedAt: now.toISOString(),
        effectiveOn: dayInSweden(now),
        actor: by,
        commandId,
        commandDigest: digestOf(data),
        correlationId: commandId,
        causationId: commandId,
      },
    };
    await this.eventStore.append(streamOf(name), [event], expected);
    return event;
  }

  #skipOf(event: StoredEvent): Skip | undefined {
    if (event.type !== 'ProjectionEventSkipped') return undefined;
    try {
      return skipOf(this.catalog.decode<ProjectionEventSkipped['data']>(event));
    } catch (error) {
      if (error instanceof CorruptEvent) return undefined;
      throw error;
    }
  }
}

const streamOf = (name: string): string => streamName(systemTenant, 'projection', idOf('projection', name));

const skipOf = ({ data, metadata }: StoredEvent<ProjectionEventSkipped['data']>): Skip => ({
  position: data.position,
  eventId: data.eventId,
  type: data.eventType,
  by: metadata.actor,
  at: metadata.recordedAt,
  reason: data.reason,
});
