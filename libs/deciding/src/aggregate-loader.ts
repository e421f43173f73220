import { LRUCache } from 'lru-cache';
import type { AppendResult, EventStore } from '#event-store';
import { CorruptEvent, factOf, LogDamaged, startOfLog, streamName } from '#kernel';
import type { DomainCommand, DomainEvent, EventCatalog, EventEnvelope, RecordedFact, StoredEvent } from '#kernel';
import type { Aggregate } from './aggregate.js';
import { commandChangedNothing } from './command.events.js';
import type { CommandChangedNothing } from './command.events.js';
import type { Receipt } from './receipt.js';

/** An aggregate as its stream tells it. */
export interface Loaded<State, Event extends DomainEvent> {
  readonly stream: string;
  readonly state: State;
  /** The revision of the newest event, which an append builds on; undefined where there is no stream. */
  readonly revision: number | undefined;
  /** The revision of the newest event that changed something, which an ETag names; undefined where nothing is there. */
  readonly version: number | undefined;
  /** The position of the newest event. */
  readonly position: string;
  /** The newest event, by which a log shows that it is the one that the state was folded from. */
  readonly eventId: string | undefined;
  /** The connection over which the newest event was met. */
  readonly connection: number;
  /** Whether it was folded a while ago: only its newest event was met since, or none. */
  readonly kept: boolean;
  /** When the newest event was recorded; the empty text where there is no stream. */
  readonly recordedAt: string;
  /** What earlier commands asked for and were answered, by command id; shared by the loads of a stream, and only added to. */
  readonly commands: Map<string, AnsweredCommand>;
  /** Only tells which events the state is folded from. */
  readonly _event?: Event;
}

export interface AnsweredCommand {
  readonly digest: string;
  readonly outcome: Omit<Receipt, 'id'>;
}

/** What a fold needs of an event. */
type Taken = Pick<StoredEvent<unknown>, 'id' | 'type' | 'data' | 'metadata' | 'revision' | 'position'>;

/** The type under which a fold meets what is passed over. No event has it. */
const passedOver = '';

/** How many events the kept states may rest on, all together: the bound on the memory they take. */
const eventsKept = 100_000;

/**
 * Folds streams into states. What was folded is kept for the next command, which then reads only what is newer, or
 * nothing. The store alone decides what is true: the append that follows is guarded by the revision of the state, and
 * sent over the connection over which the state was met. Another log may well have that revision: so after each new
 * connection a state is believed only when its newest event was met again.
 */
export class AggregateLoader {
  readonly #kept = new LRUCache<string, Loaded<unknown, DomainEvent>>({
    maxSize: eventsKept,
    sizeCalculation: ({ revision = 0 }) => revision + 1,
  });

  constructor(
    private readonly store: Pick<EventStore, 'connection' | 'readStream'>,
    private readonly catalog: EventCatalog,
  ) {}

  /** The state as the log tells it now. */
  async load<Command extends DomainCommand, State, Event extends DomainEvent>(
    aggregate: Aggregate<Command, State, Event>,
    tenant: string,
    id: string,
  ): Promise<Loaded<State, Event>> {
    const nothing = this.nothing(aggregate, tenant, id);
    const kept = this.#kept.get(nothing.stream) as Loaded<State, Event> | undefined;
    const { known, newer } = (kept && (await this.#metAgain(kept))) ?? {
      known: nothing,
      newer: await this.store.readStream(nothing.stream),
    };
    if (newer.length === 0) return known;
    const taken = newer.map((stored) => this.#decode(stored, aggregate));
    return this.#keep(this.#foldOnto(known, taken, aggregate.decider.evolve));
  }

  /** @throws CorruptEvent where the event cannot be read, and the aggregate does not pass over such */
  #decode(stored: StoredEvent, { passesOverCorrupt }: Pick<Aggregate, 'passesOverCorrupt'>): Taken {
    try {
      return this.catalog.decode<unknown>(stored);
    } catch (error) {
      if (!passesOverCorrupt || !(error instanceof CorruptEvent)) throw error;
      return { ...stored, type: passedOver };
    }
  }

  /** Whether anything was ever recorded of an aggregate. */
  async exists(tenant: string, category: string, id: string): Promise<boolean> {
    const events = await this.store.readStream(streamName(tenant, category, id));
    return events.some(({ type }) => type !== commandChangedNothing.type);
  }

  /**
   * Reads what is newer than a kept state, beginning with the event that the state ends in. Where that is another one or
   * none, the log is not the one that the state was folded from, and nothing of it is kept, nor what was answered.
   * @throws LogDamaged where the log must be the same one, since it is reached over the same connection
   */
  async #metAgain<State, Event extends DomainEvent>(
    kept: Loaded<State, Event>,
  ): Promise<{ known: Loaded<State, Event>; newer: StoredEvent[] } | undefined> {
    const { connection } = this.store;
    const [last, ...newer] = await this.store.readStream(kept.stream, { after: kept.revision! - 1 });
    if (last?.id === kept.eventId && last?.position === kept.position) {
      return { known: this.#keep({ ...kept, connection, kept: true }), newer };
    }
    if (this.#kept.peek(kept.stream)?.eventId === kept.eventId) this.#kept.delete(kept.stream);
    if (last || kept.connection !== connection) return undefined;
    throw new LogDamaged({ stream: kept.stream, awaited: kept.revision!, found: undefined });
  }

  /** The state as it was folded last, without asking the log; undefined where none is kept that can be believed. */
  recall<Command extends DomainCommand, State, Event extends DomainEvent>(
    { category }: Aggregate<Command, State, Event>,
    tenant: string,
    id: string,
  ): Loaded<State, Event> | undefined {
    const kept = this.#kept.get(streamName(tenant, category, id));
    return kept?.connection === this.store.connection ? ({ ...kept, kept: true } as Loaded<State, Event>) : undefined;
  }

  /** The state of what does not exist yet. */
  nothing<Command extends DomainCommand, State, Event extends DomainEvent>(
    { category, decider }: Aggregate<Command, State, Event>,
    tenant: string,
    id: string,
  ): Loaded<State, Event> {
    return {
      stream: streamName(tenant, category, id),
      state: decider.initialState,
      revision: undefined,
      version: undefined,
      position: startOfLog,
      eventId: undefined,
      connection: this.store.connection,
      kept: false,
      recordedAt: '',
      commands: new Map(),
    };
  }

  /** Folds what the log has taken onto the state that it was decided on, so that it need not be read back. */
  follow<Command extends DomainCommand, State, Event extends DomainEvent>(
    { decider }: Aggregate<Command, State, Event>,
    loaded: Loaded<State, Event>,
    events: readonly EventEnvelope[],
    { position, revision }: AppendResult,
  ): void {
    const first = revision - events.length + 1;
    const taken = events.map(({ data, id, metadata, type }, index) => ({
      id,
      type,
      data,
      metadata,
      revision: first + index,
      position,
    }));
    this.#keep(this.#foldOnto(loaded, taken, decider.evolve));
  }

  /** Keeps a state, unless one is kept already that is newer, or was met over a newer connection. */
  #keep<State, Event extends DomainEvent>(loaded: Loaded<State, Event>): Loaded<State, Event> {
    const kept = this.#kept.get(loaded.stream);
    const isNewer =
      !kept ||
      kept.connection < loaded.connection ||
      (kept.connection === loaded.connection && kept.revision! < loaded.revision!);
    if (isNewer) this.#kept.set(loaded.stream, loaded);
    return loaded;
  }

  #foldOnto<State, Event extends DomainEvent>(
    kept: Loaded<State, Event>,
    events: readonly Taken[],
    evolve: (state: State, event: RecordedFact<Event>) => State,
  ): Loaded<State, Event> {
    let { state, version } = kept;
    const { commands } = kept;
    for (const event of events) {
      const { data, metadata, position, revision, type } = event;
      if (type === passedOver) continue;
      const { commandDigest, commandId } = metadata;
      if (type === commandChangedNothing.type) {
        const outcome = { revision: (data as CommandChangedNothing['data']).revision, position, recorded: [] };
        commands.set(commandId, { digest: commandDigest, outcome });
        continue;
      }
      state = evolve(state, factOf<Event>(event));
      version = revision;
      const answered = commands.get(commandId);
      // Two loads under way may read the same events; what one of them has noted already is not noted again.
      if (answered && answered.outcome.revision >= revision) continue;
      const recorded = [...(answered?.outcome.recorded ?? []), type];
      commands.set(commandId, { digest: commandDigest, outcome: { revision, position, recorded } });
    }
    const { id: eventId, position, revision } = events.at(-1)!;
    const { connection, stream } = kept;
    const { recordedAt } = events.findLast(({ type }) => type !== passedOver)?.metadata ?? kept;
    return { stream, state, revision, version, position, eventId, connection, kept: kept.kept, recordedAt, commands };
  }
}
