import { CorruptEvent, factOf } from '#kernel';
import type { DomainCommand, DomainEvent, EventCatalog, Folding, StoredEvent } from '#kernel';
import type { Aggregate } from './aggregate.js';
import { commandChangedNothing } from './command.events.js';
import type { Loaded } from './loaded.js';

/** What a fold needs of an event. */
type Taken = Pick<StoredEvent<unknown>, 'id' | 'type' | 'data' | 'metadata' | 'revision' | 'position'>;

/** For so few events at once, a state is not made one's own. */
const few = 16;

/** Takes a state onward, event by event: with few events by copies of what changes, with many in place. */
export class Onward<Command extends DomainCommand, State, Event extends DomainEvent> {
  #state: State;
  #version: number | undefined;
  #folding: Folding<State, Event> | undefined;
  #end: Pick<Taken, 'id' | 'position' | 'revision'> | undefined;
  #recordedAt: string;
  #pages = 0;

  constructor(
    private readonly aggregate: Aggregate<Command, State, Event>,
    private readonly catalog: EventCatalog,
    private readonly from: Loaded<State, Event>,
  ) {
    this.#state = from.state;
    this.#version = from.version;
    this.#recordedAt = from.recordedAt;
  }

  /** How many pages were taken. */
  get pages(): number {
    return this.#pages;
  }

  take(page: readonly StoredEvent[]): void {
    this.#pages++;
    if (page.length > few) this.#folding ??= this.aggregate.decider.folding?.(this.#state);
    for (const event of page) {
      const decoded = this.#decode(event);
      if (decoded) this.takeDecoded(decoded);
      else this.#end = event;
    }
  }

  /**
   * @returns undefined where the event cannot be read, and the aggregate passes over such
   * @throws CorruptEvent where it does not
   */
  #decode(event: StoredEvent): Taken | undefined {
    try {
      return this.catalog.decode<unknown>(event);
    } catch (error) {
      if (!this.aggregate.passesOverCorrupt || !(error instanceof CorruptEvent)) throw error;
      return undefined;
    }
  }

  takeDecoded(event: Taken): void {
    this.#end = event;
    this.#recordedAt = event.metadata.recordedAt;
    this.from.commands.note(event);
    if (event.type === commandChangedNothing.type) return;
    this.#version = event.revision;
    const fact = factOf<Event>(event);
    if (this.#folding) this.#folding.take(fact);
    else this.#state = this.aggregate.decider.evolve(this.#state, fact);
  }

  done(): Loaded<State, Event> {
    if (!this.#end) return this.from;
    const { id: eventId, position, revision } = this.#end;
    const state = this.#folding ? this.#folding.done() : this.#state;
    const reached = { state, revision, version: this.#version, position, eventId, recordedAt: this.#recordedAt };
    return { ...this.from, ...reached };
  }
}
