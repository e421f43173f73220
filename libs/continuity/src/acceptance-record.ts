import { DecisionCommand, DecisionRunner } from '#deciding';
import { cursorOf } from '#event-store';
import type { EventStore, LogCursor, NotedPlace } from '#event-store';
import { idOf, newId, streamName, systemTenant } from '#kernel';
import type { Actor, Clock, EventCatalog, RecordedEvent, Role } from '#kernel';
import type { Acceptance } from './known-log.js';
import { decidedLog } from './log.decider.js';
import type { AcceptLog } from './log.decider.js';
import type { LogAccepted } from './log.events.js';

const id = idOf('log');
const stream = streamName(systemTenant, decidedLog.category, id);

class AcceptLogCommand extends DecisionCommand<AcceptLog> {
  static readonly permitted: readonly Role[] = ['administrator'];
  static readonly creates = true;
  readonly type = 'AcceptLog';
}

/** The acceptances of logs: events of the log that was accepted, like any other decision. */
export class AcceptanceRecord {
  constructor(
    private readonly store: Pick<EventStore, 'append' | 'connection' | 'head' | 'readStream'>,
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
   * @throws Forbidden
   */
  async add(
    lost: NotedPlace,
    reason: string,
    actor: Actor,
  ): Promise<{ readonly acceptance: Acceptance; readonly cursor: LogCursor }> {
    const commandId = newId();
    // Every tenant's events are in the log, so that what is decided of it belongs to none.
    const context = { tenant: systemTenant, actor, commandId, correlationId: commandId };
    // Nothing is kept from one time to the next: the log is another one by then.
    const runner = new DecisionRunner(this.store, this.catalog, this.clock);
    await runner.run(new AcceptLogCommand(id, { lost, reason }, context), decidedLog, {
      facts: async () => ({ end: await this.store.head() }),
    });
    const accepted = (await this.#last())!;
    return { acceptance: acceptanceOf(accepted), cursor: cursorOf(accepted) };
  }

  async #last(): Promise<RecordedEvent<LogAccepted> | undefined> {
    const last = (await this.store.readStream(stream)).at(-1);
    return last && (this.catalog.decode(last) as unknown as RecordedEvent<LogAccepted>);
  }
}

const acceptanceOf = ({ data, id: eventId, metadata }: RecordedEvent<LogAccepted>): Acceptance => ({
  eventId,
  at: metadata.recordedAt,
  by: metadata.actor,
  reason: data.reason,
});
