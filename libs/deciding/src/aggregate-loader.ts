import { LRUCache } from 'lru-cache';
import { ConnectionChanged, isLastPage, pagesOfStream } from '#event-store';
import type { AppendResult, EventStore } from '#event-store';
import { factOf, LogDamaged, startOfLog, streamName } from '#kernel';
import type { DomainCommand, DomainEvent, EventCatalog, EventEnvelope, RecordedFact, StoredEvent } from '#kernel';
import type { Aggregate } from './aggregate.js';
import { answeredBy, AnsweredCommands } from './answered-commands.js';
import type { AnsweredCommand } from './answered-commands.js';
import { commandChangedNothing } from './command.events.js';
import type { KeptStates } from './kept-states.js';
import type { Loaded } from './loaded.js';
import { Onward } from './onward.js';
import { sizeOf } from './size-of.js';

/** How much memory the kept states may take, all together. */
const bytesKept = 64 * 1024 * 1024;
/** A long story is read so many events at a time, and others have their turn in between. */
const pageSize = 100;
/** A state is kept for other processes each time that it has so many events more. */
const eventsBetweenSaves = 1_000;

/** A state in memory. Measuring it costs a look at all of it, which is done again when it has grown by half. */
interface Kept {
  readonly loaded: Loaded<unknown, DomainEvent>;
  readonly bytes: number;
  readonly measuredAt: number;
}

/**
 * Folds streams into states. What was folded is kept for the next command, which then reads only what is newer, or
 * nothing. The store alone decides what is true: the append that follows is guarded by the revision of the state, and
 * sent over the connection over which the state was met. Another log may well have that revision: so after each new
 * connection a state is believed only when its newest event was met again.
 */
export class AggregateLoader {
  readonly #kept = new LRUCache<string, Kept>({ maxSize: bytesKept, sizeCalculation: ({ bytes }) => bytes });
  /** First loads under way, by stream: a long story is read once, however many ask for it. */
  readonly #loading = new Map<string, Promise<unknown>>();

  constructor(
    private readonly store: Pick<EventStore, 'connection' | 'readStream'>,
    private readonly catalog: EventCatalog,
    private readonly states?: KeptStates,
  ) {}

  /** The state as the log tells it now. */
  async load<Command extends DomainCommand, State, Event extends DomainEvent>(
    aggregate: Aggregate<Command, State, Event>,
    tenant: string,
    id: string,
  ): Promise<Loaded<State, Event>> {
    const nothing = this.nothing(aggregate, tenant, id);
    const { stream } = nothing;
    const other = this.#loading.get(stream);
    if (other) await other.catch(() => undefined);
    const kept = this.#peek<State, Event>(stream);
    if (kept) return (await this.#metAgain(aggregate, kept)) ?? (await this.#readFrom(aggregate, nothing));
    const loading = this.#readFrom(aggregate, nothing);
    this.#loading.set(stream, loading);
    try {
      return await loading;
    } finally {
      if (this.#loading.get(stream) === loading) this.#loading.delete(stream);
    }
  }

  /** Whether anything was ever recorded of an aggregate. */
  async exists(tenant: string, category: string, id: string): Promise<boolean> {
    for await (const page of this.#pages(streamName(tenant, category, id), -1)) {
      if (page.some(({ type }) => type !== commandChangedNothing.type)) return true;
    }
    return false;
  }

  /**
   * Reads what is newer than a kept state, beginning with the event that the state ends in. Where that is another one or
   * none, the log is not the one that the state was folded from, and nothing of it is kept, nor what was answered.
   * @throws LogDamaged where the log must be the same one, since it is reached over the same connection
   */
  async #metAgain<Command extends DomainCommand, State, Event extends DomainEvent>(
    aggregate: Aggregate<Command, State, Event>,
    kept: Loaded<State, Event>,
  ): Promise<Loaded<State, Event> | undefined> {
    const { connection } = this.store;
    const onward = new Onward(aggregate, this.catalog, { ...kept, connection, kept: true });
    let last: StoredEvent | undefined;
    for await (const page of this.#pages(kept.stream, kept.revision! - 1)) {
      const newer = last ? page : page.slice(1);
      last ??= page[0];
      if (last?.id !== kept.eventId || last?.position !== kept.position) break;
      onward.take(newer);
    }
    if (last?.id === kept.eventId && last?.position === kept.position) return this.#arrived(aggregate, onward);
    if (this.#peek(kept.stream)?.eventId === kept.eventId) this.#kept.delete(kept.stream);
    if (last || kept.connection !== connection) return undefined;
    throw new LogDamaged({ stream: kept.stream, awaited: kept.revision!, found: undefined });
  }

  /** Folds a stream from its start; a long one from a state that was kept of it, where that can be believed. */
  async #readFrom<Command extends DomainCommand, State, Event extends DomainEvent>(
    aggregate: Aggregate<Command, State, Event>,
    nothing: Loaded<State, Event>,
  ): Promise<Loaded<State, Event>> {
    const { stream } = nothing;
    const onward = new Onward(aggregate, this.catalog, { ...nothing, connection: this.store.connection });
    for await (const page of this.#pages(stream, -1)) {
      const isLong = onward.pages === 0 && !isLastPage(page, pageSize);
      const kept = isLong ? await this.states?.find(aggregate, stream) : undefined;
      const met = kept && (await this.#metAgain(aggregate, kept));
      if (met) return met;
      onward.take(page);
    }
    return this.#arrived(aggregate, onward);
  }

  /** @throws ConnectionChanged where pages may be of two logs */
  #arrived<Command extends DomainCommand, State, Event extends DomainEvent>(
    aggregate: Aggregate<Command, State, Event>,
    onward: Onward<Command, State, Event>,
  ): Loaded<State, Event> {
    const loaded = onward.done();
    if (onward.pages > 1 && loaded.connection !== this.store.connection) throw new ConnectionChanged();
    return loaded.revision === undefined ? loaded : this.#keep(aggregate, loaded);
  }

  /** The events of a stream after a revision, page by page. Others have their turn in between. */
  #pages(stream: string, after: number): AsyncGenerator<StoredEvent[]> {
    return pagesOfStream(this.store, stream, { after, limit: pageSize });
  }

  /** The state as it was folded last, without asking the log; undefined where none is kept that can be believed. */
  recall<Command extends DomainCommand, State, Event extends DomainEvent>(
    { category }: Aggregate<Command, State, Event>,
    tenant: string,
    id: string,
  ): Loaded<State, Event> | undefined {
    const kept = this.#kept.get(streamName(tenant, category, id))?.loaded;
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
      commands: new AnsweredCommands(),
      savedAt: -1,
    };
  }

  /** Folds what the log has taken onto the state that it was decided on, so that it need not be read back. */
  follow<Command extends DomainCommand, State, Event extends DomainEvent>(
    aggregate: Aggregate<Command, State, Event>,
    loaded: Loaded<State, Event>,
    events: readonly EventEnvelope[],
    { position, revision }: AppendResult,
  ): void {
    const first = revision - events.length + 1;
    const onward = new Onward(aggregate, this.catalog, loaded);
    for (const [index, { data, id, metadata, type }] of events.entries()) {
      onward.takeDecoded({ id, type, data, metadata, revision: first + index, position });
    }
    this.#keep(aggregate, onward.done());
  }

  /**
   * Reads again what a state was folded from: for what a decision needs to know of the story that the state does not hold.
   * @throws ConnectionChanged where the log has another event where the state ends
   */
  async readStory<Event extends DomainEvent>(
    { eventId, revision, stream }: Loaded<unknown, DomainEvent>,
    take: (event: RecordedFact<Event>) => void,
  ): Promise<void> {
    for await (const event of this.#story(stream, revision, eventId)) {
      if (event.type !== commandChangedNothing.type) take(factOf<Event>(this.catalog.decode(event)));
    }
  }

  /** What a command was answered, also where that is so long ago that the stream must be asked. */
  async answerTo(
    { commands, eventId, revision, stream }: Loaded<unknown, DomainEvent>,
    commandId: string,
  ): Promise<AnsweredCommand | undefined> {
    const found = commands.find(commandId);
    if (found || !commands.mayHaveForgotten(commandId)) return found;
    let answered: AnsweredCommand | undefined;
    for await (const event of this.#story(stream, revision, eventId)) {
      if (event.metadata.commandId === commandId) answered = answeredBy(event, answered);
    }
    return answered;
  }

  async *#story(stream: string, revision = -1, eventId?: string): AsyncGenerator<StoredEvent> {
    for await (const page of this.#pages(stream, -1)) {
      for (const event of page) {
        if (event.revision > revision) return;
        if (event.revision === revision && event.id !== eventId) throw new ConnectionChanged();
        yield event;
      }
    }
  }

  #peek<State, Event extends DomainEvent>(stream: string): Loaded<State, Event> | undefined {
    return this.#kept.get(stream)?.loaded as Loaded<State, Event> | undefined;
  }

  /** Keeps a state, unless one is kept already that is newer, or was met over a newer connection. */
  #keep<Command extends DomainCommand, State, Event extends DomainEvent>(
    aggregate: Aggregate<Command, State, Event>,
    found: Loaded<State, Event>,
  ): Loaded<State, Event> {
    const isDue = found.revision! - found.savedAt >= eventsBetweenSaves;
    const loaded = isDue ? { ...found, savedAt: found.revision! } : found;
    const before = this.#kept.get(loaded.stream);
    const isNewer =
      !before ||
      before.loaded.connection < loaded.connection ||
      (before.loaded.connection === loaded.connection && before.loaded.revision! < loaded.revision!);
    if (!isNewer) return loaded;
    this.#kept.set(loaded.stream, { loaded, ...measured(loaded, before) });
    if (isDue) void this.states?.keep(aggregate, loaded);
    return loaded;
  }
}

/** How much memory a state takes; between two measurements, as much an event as at the last one. */
function measured(loaded: Loaded<unknown, DomainEvent>, before: Kept | undefined): Pick<Kept, 'bytes' | 'measuredAt'> {
  const events = loaded.revision! + 1;
  if (before && events >= before.measuredAt && events < before.measuredAt * 1.5) {
    return { bytes: Math.ceil(before.bytes * (events / before.measuredAt)), measuredAt: before.measuredAt };
  }
  return { bytes: 400 + sizeOf(loaded.state) + loaded.commands.bytes, measuredAt: events };
}
