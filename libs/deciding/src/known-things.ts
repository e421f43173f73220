import { Inject, Injectable } from '@nestjs/common';
import type { EventStore } from '#event-store';
import { EventCatalog, NotFound } from '#kernel';
import { AggregateLoader } from './aggregate-loader.js';
import { EVENT_STORE } from './tokens.js';

/** Tells what has nothing from what does not exist, to readers who know a thing by its id alone. */
@Injectable()
export class KnownThings {
  readonly #loader: AggregateLoader;

  constructor(
    @Inject(EVENT_STORE) log: Pick<EventStore, 'connection' | 'readStream'>,
    @Inject(EventCatalog) catalog: EventCatalog,
  ) {
    this.#loader = new AggregateLoader(log, catalog);
  }

  /**
   * @param category such as `plan`
   * @throws NotFound where nothing was ever recorded of it
   */
  async need(tenant: string, category: string, id: string): Promise<void> {
    if (!(await this.#loader.exists(tenant, category, id))) throw new NotFound(category, id);
  }
}
