import type { Query } from '@nestjs/cqrs';
import { NotFound } from '#kernel';
import type { DomainCommand, DomainEvent } from '#kernel';
import type { Aggregate } from './aggregate.js';
import type { AggregateLoader } from './aggregate-loader.js';

/** Puts a query to the read models. */
export type Ask = <Answer>(query: Query<Answer>) => Promise<Answer>;

/**
 * What a handler may know beyond its own aggregate: the states of others of the same tenant, as their streams tell them,
 * and what the read models answer, which may be a moment behind.
 */
export class StateLookup {
  constructor(
    private readonly loader: AggregateLoader,
    readonly tenant: string,
    readonly ask: Ask,
  ) {}

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
}
