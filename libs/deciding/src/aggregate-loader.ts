import { LRUCache } from 'lru-cache';
import { startOfLog, streamName } from '#kernel';
import type { DomainCommand, DomainEvent, EventCatalog, RecordedFact, StoredEvent } from '#kernel';
import type { EventStore } from '#event-store';
import type { Aggregate } from './aggregate.js';
import type { Receipt } from './receipt.js';

/** An aggregate as its stream tells it. */
export interface Loaded<State, Event extends DomainEvent> {
  readonly stream: string;
  readonly state: State;
  /** The revision of the newest event; undefined where there is no stream. */
  readonly revision: number | undefined;
  /** The position of the newest event. */
  readonly position: string;
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

/** How many events the kept states may rest on, all together: the bound on the memory they take. */
const eventsKept = 100_000;

/**
 * Folds streams into states. What was folded is kept for the next command, which then reads only what is newer. The
 * store alone decides what is true: the append that follows is guarded by the revision that was read.
 */
export class AggregateLoader {
  readonly #kept = new LRUCache<string, Loaded<unknown, DomainEvent>>({
    maxSize: eventsKept,
    sizeCalculation: ({ revision = 0 }) => revision + 1,
  });

  constructor(
    private readonly store: Pick<EventStore, 'readStream'>,
    private readonly catalog: EventCatalog,
  ) {}

  async load<Command extends DomainCommand, State, Event extends DomainEvent>(
    { category, decider }: Aggregate<Command, State, Event>,
    tenant: string,
    id: string,
  ): Promise<Loaded<State, Event>> {
    const stream = streamName(tenant, category, id);
    const kept =
      (this.#kept.get(stream) as Loaded<State, Event> | undefined) ?? nothingOf(stream, decider.initialState);
    const newer = await this.store.readStream(stream, kept.revision === undefined ? {} : { after: kept.revision });
    if (newer.length === 0) return kept;
    const loaded = this.#foldOnto(kept, newer, decider.evolve);
    this.#kept.set(stream, loaded);
    return loaded;
  }

  #foldOnto<State, Event extends DomainEvent>(
    kept: Loaded<State, Event>,
    events: readonly StoredEvent[],
    evolve: (state: State, event: RecordedFact<Event>) => State,
  ): Loaded<State, Event> {
    let state = kept.state;
    const { commands } = kept;
    for (const stored of events) {
      const { data, metadata, position, revision, type } = this.catalog.decode(stored);
      const { commandDigest, commandId, effectiveOn, recordedAt } = metadata;
      state = evolve(state, { type, data, effectiveOn, recordedAt } as unknown as RecordedFact<Event>);
      const answered = commands.get(commandId);
      // Two loads under way may read the same events; what one of them has noted already is not noted again.
      if (answered && answered.outcome.revision >= revision) continue;
      const recorded = [...(answered?.outcome.recorded ?? []), type];
      commands.set(commandId, { digest: commandDigest, outcome: { revision, position, recorded } });
    }
    const { metadata, position, revision } = events.at(-1)!;
    return { stream: kept.stream, state, revision, position, recordedAt: metadata.recordedAt, commands };
  }
}

const nothingOf = <State, Event extends DomainEvent>(stream: string, state: State): Loaded<State, Event> => ({
  stream,
  state,
  revision: undefined,
  position: startOfLog,
  recordedAt: '',
  commands: new Map(),
});
