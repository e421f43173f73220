import type { EventStore, NotedPlace } from '#event-store';
import { cursorOf } from '#event-store';
import type { LogCursor } from '#event-store';
import { dayInSweden, digestOf, idOf, newId, streamName, systemTenant } from '#kernel';
import type { Actor, Clock, EventCatalog, EventEnvelope, RecordedEvent } from '#kernel';
import type { LogAccepted } from './log.events.js';
import type { Acceptance } from './known-log.js';

const stream = streamName(systemTenant, 'log', idOf('log'));

/** The acceptances of logs: events of the log that was accepted, like any other decision. */
export class AcceptanceRecord {
  constructor(
    private readonly store: Pick<EventStore, 'append' | 'readStream' | 'head'>,
    private readonly catalog: EventCatalog,
    private readonly clock: Clock,
  ) {}

  /** The acceptance that the log holds last; undefined where it holds none. */
  async newest(): Promise<Acceptance | undefined> {
    const last = await this.#last();
    return last && acceptanceOf(last);
  }

  /**
   * Records that the log is accepted though it lacks a place. Where that is recorded already, gives it back.
   * @throws RevisionMismatch where another acceptance is recorded at the same time
   */
  async add(
    lost: NotedPlace,
    reason: string,
    by: Actor,
  ): Promise<{ readonly acceptance: Acceptance; readonly cursor: LogCursor }> {
    const last = await this.#last();
    if (last?.data.lost.position === lost.position && last.data.lost.eventId === lost.eventId) {
      return { acceptance: acceptanceOf(last), cursor: cursorOf(last) };
    }
    const now = this.clock.now();
    const { position, eventId, stream: lostStream, revision } = lost;
    const { data, schema } = this.catalog.encode({
      type: 'LogAccepted',
      data: {
        reason,
        lost: {
          position,
          ...(eventId !== undefined && { eventId }),
          ...(lostStream !== undefined && { stream: lostStream }),
          ...(revision !== undefined && { revision }),
        },
        end: await this.store.head(),
      },
    });
    const commandId = newId();
    const event: EventEnvelope = {
      id: newId(),
      type: 'LogAccepted',
      data,
      metadata: {
        // Every tenant's events are in the log, so that what is decided of it belongs to none.
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
    const appended = await this.store.append(stream, [event], last?.revision ?? 'no-stream');
    const stored = { ...event, ...appended, stream };
    return { acceptance: acceptanceOf(stored as unknown as RecordedEvent<LogAccepted>), cursor: cursorOf(stored) };
  }

  async #last(): Promise<RecordedEvent<LogAccepted> | undefined> {
    const last = (await this.store.readStream(stream)).at(-1);
    return last && (this.catalog.decode(last) as unknown as RecordedEvent<LogAccepted>);
  }
}

const acceptanceOf = ({ data, id, metadata }: RecordedEvent<LogAccepted>): Acceptance => ({
  eventId: id,
  at: metadata.recordedAt,
  by: metadata.actor,
  reason: data.reason,
});
