import type { EventStore } from '#event-store';
import { idOf, RevisionMismatch, storableMetadata } from '#kernel';
import type { DomainCommand, DomainEvent, EventCatalog, EventEnvelope, EventMetadata } from '#kernel';
import type { AggregateLoader } from './aggregate-loader.js';
import type { Aggregate } from './aggregate.js';
import { commandChangedNothing } from './command.events.js';
import type { Loaded } from './loaded.js';
import type { StateLookup } from './state-lookup.js';

/**
 * How a command takes what one aggregate alone may have, where no append reaches two streams: those who want it line up in
 * a stream of its own, and whoever comes later looks at what those before have made of it. One that has made nothing of it
 * yet may have died, or be just about to: it is held off, and has to line up again.
 */
export class Reserving {
  constructor(
    private readonly loader: AggregateLoader,
    private readonly store: Pick<EventStore, 'append'>,
    private readonly catalog: EventCatalog,
    private readonly metadata: Omit<EventMetadata, 'schema'>,
    readonly lookup: StateLookup,
  ) {}

  /**
   * Lines up.
   * @returns who has done so before
   * @throws RevisionMismatch where another was quicker: the command is tried again
   */
  async lineUp<State, Event extends DomainEvent>(
    aggregate: Aggregate<never, State, Event>,
    id: string,
    event: Event,
  ): Promise<State> {
    const loaded = await this.loader.load(aggregate, this.metadata.tenant, id);
    await this.#append(aggregate, loaded, event, this.metadata.commandId);
    return loaded.state;
  }

  /**
   * Sees to it that nobody appends to a stream any more who saw it end at a revision.
   * @param after that revision; -1 for a stream that was not there
   * @returns the state, in which whatever was appended before shows
   * @throws RevisionMismatch where somebody has just done so
   */
  async holdOff<Command extends DomainCommand, State, Event extends DomainEvent>(
    aggregate: Aggregate<Command, State, Event>,
    id: string,
    after: number,
  ): Promise<State> {
    const loaded = await this.loader.load(aggregate, this.metadata.tenant, id);
    const { revision = -1, state, version = 0 } = loaded;
    if (revision === after) {
      const nothing = { type: commandChangedNothing.type, data: { aggregateId: id, revision: version } };
      await this.#append(aggregate, loaded, nothing, idOf('held off by', this.metadata.commandId));
    }
    return state;
  }

  async #append<Command extends DomainCommand, State, Event extends DomainEvent>(
    aggregate: Aggregate<Command, State, Event>,
    loaded: Loaded<State, Event>,
    event: DomainEvent,
    commandId: string,
  ): Promise<void> {
    const { connection, kept, revision = 'no-stream', stream } = loaded;
    const { data, schema } = this.catalog.encode(event);
    const recordedAt = loaded.recordedAt > this.metadata.recordedAt ? loaded.recordedAt : this.metadata.recordedAt;
    const metadata = storableMetadata(event.type, { ...this.metadata, commandId, recordedAt, schema });
    // By the attempt: a later one of the same command lines up anew.
    const id = idOf(commandId, stream, String(revision));
    const envelope: EventEnvelope = { id, type: event.type, data, metadata };
    const appended = await this.store.append(stream, [envelope], revision, { connection, whole: kept });
    if (appended.revision !== (loaded.revision ?? -1) + 1)
      throw new RevisionMismatch(stream, revision, appended.revision);
    this.loader.follow(aggregate, loaded, [envelope], appended);
  }
}
