import { Inject, Injectable } from '@nestjs/common';
import { AggregateLoader, EVENT_STORE, Resting } from '#deciding';
import type { EventStore } from '#event-store';
import { definitionsOf, indicators } from '#indicators';
import { EventCatalog, partsOfStream } from '#kernel';
import { groupNameOf, groups, membershipsOf } from '#organisation';
import type { Held, NamedSuccessors } from '#organisation';
import { items, itemStory, namingsOf, ownershipsOf, plans } from '#planning';

/** A thing that names a body on a day or after it. */
export interface Possession {
  readonly category: NamedSuccessors['category'];
  readonly id: string;
  /** What it is called. */
  readonly name: string;
  /** The plan that it belongs to, or is. */
  readonly planId?: string;
  /** Where it names the body, by days; never empty. */
  readonly held: readonly Held[];
}

/** A body, and the day from which it is asked what it has. */
interface Asked {
  readonly tenant: string;
  readonly bodyId: string;
  readonly day: string;
}

/**
 * Finds what a body has from a day on, by the log alone: the items that name it, plans that it owns, indicators that it follows,
 * groups that it belongs to. The log is read from the body's first event on.
 */
@Injectable()
export class Possessions {
  readonly #loader: AggregateLoader;

  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
    @Inject(Resting) private readonly resting: Resting,
  ) {
    this.#loader = new AggregateLoader(eventStore, catalog);
  }

  async of({ bodyId, day, tenant }: Asked): Promise<readonly Possession[]> {
    const found: Possession[] = [];
    for (const stream of await this.resting.streamsNaming({ tenant, category: 'body', id: bodyId })) {
      const { category, id } = partsOfStream(stream);
      const possession = await this.#read(category, id, { bodyId, day, tenant });
      if (possession && possession.held.length > 0) found.push(possession);
    }
    return found;
  }

  async #read(category: string, id: string, { bodyId, day, tenant }: Asked): Promise<Possession | undefined> {
    switch (category) {
      case 'item': {
        const { state } = await this.#loader.load(items, tenant, id);
        if (state.status === 'unadopted') return undefined;
        const { planId, title } = state;
        const story = await itemStory(this.eventStore, this.catalog, { tenant, itemId: id });
        return { category, id, name: title.value, planId, held: namingsOf(story, bodyId, day) };
      }
      case 'plan': {
        const { state } = await this.#loader.load(plans, tenant, id);
        const name = state.status === 'adopted' ? state.title : id;
        return { category, id, name, planId: id, held: ownershipsOf(state, bodyId, day) };
      }
      case 'indicator': {
        const { state } = await this.#loader.load(indicators, tenant, id);
        if (state.status !== 'defined') return undefined;
        const { definition, planId } = state;
        return { category, id, name: definition.name, planId, held: definitionsOf(state, bodyId, day) };
      }
      case 'group': {
        const { state } = await this.#loader.load(groups, tenant, id);
        if (state.status !== 'defined') return undefined;
        return { category, id, name: groupNameOf(state), held: membershipsOf(state, bodyId, day) };
      }
      default:
        return undefined;
    }
  }
}
