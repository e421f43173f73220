import { NotFound } from '#kernel';
import type { DomainCommand, DomainEvent, RecordedFact } from '#kernel';
import type { AggregateLoader } from './aggregate-loader.js';
import type { Aggregate } from './aggregate.js';
import type { Loaded } from './loaded.js';

/** Gives a reader of read models by its class. */
export type Readers = <Reader>(reader: abstract new (...given: never[]) => Reader) => Reader;

/**
 * What a handler may know beyond its own aggregate: the states of others of the same tenant, as their streams tell them,
 * and what readers of the read models answer, which may be a moment behind.
 */
export class StateLookup {
  constructor(
    private readonly loader: AggregateLoader,
    readonly tenant: string,
    readonly reader: Readers,
    private readonly deciding: Loaded<unknown, DomainEvent>,
  ) {}

  /**
   * Reads the story of the aggregate that decides, up to the event that its state ends in: for what the state does not
   * hold. It costs a reading of the whole stream.
   */
  readStory<Event extends DomainEvent>(take: (event: RecordedFact<Event>) => void): Promise<void> {
    return this.loader.readStory(this.deciding, take);
  }

  /** @throws NotFound where there is no such aggregate */
  async need<Command extends DomainCommand, State, Event extends DomainEvent>(
    aggregate: Aggregate<Command, State, Event>,
    id: string,
  ): Promise<State> {
    const state = await this.find(aggregate, id);
    if (state === undefined) throw new NotFound(aggregate.category, id);
    return state;
  }

  /** The state, or undefined where there is no such aggregate. */
  async find<Command extends DomainCommand, State, Event extends DomainEvent>(
    aggregate: Aggregate<Command, State, Event>,
    id: string,
  ): Promise<State | undefined> {
    const { state, version } = await this.loader.load(aggregate, this.tenant, id);
    return version === undefined ? undefined : state;
  }

  /** For whom a thing is an id, and what its stream tells of it another's to know. @throws NotFound where there is no such thing */
  async needExisting(category: string, id: string): Promise<void> {
    if (!(await this.loader.exists(this.tenant, category, id))) throw new NotFound(category, id);
  }
}
