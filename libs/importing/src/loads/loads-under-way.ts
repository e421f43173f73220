import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE } from '#deciding';
import type { EventStore } from '#event-store';
import { EventCatalog, StoreFailure } from '#kernel';
import { ProjectionAdmin, ReadModels } from '#projecting';
import type { LoadsTakenBack } from '#rounds';
import { loadDirectory } from './load-directory.projection.js';
import type { LoadEvent } from './load.events.js';

const pageSize = 1_000;

/** Which loads are being taken back, as documents tell that hold all that the tenant has recorded. */
@Injectable()
export class LoadsUnderWay implements LoadsTakenBack {
  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: Pick<EventStore, 'head' | 'readAll'>,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
    @Inject(ProjectionAdmin) private readonly admin: ProjectionAdmin,
    @Inject(ReadModels) private readonly readModels: ReadModels,
  ) {}

  async underWayFor(tenant: string, planId: string): Promise<string | undefined> {
    const head = await this.eventStore.head();
    const isOfPlan = (load: { readonly planId?: string }) => load.planId === undefined || load.planId === planId;
    try {
      await this.readModels.waitFor(head, { tenant });
      await this.admin.requireInStep([loadDirectory.name], head, tenant);
      const found = await this.readModels.find(loadDirectory, { underWay: tenant });
      return found.find(isOfPlan)?._id;
    } catch (error) {
      // No decision rests on the documents being there.
      if (!(error instanceof StoreFailure)) throw error;
      const found = await this.#loggedUnderWay(tenant);
      return [...found].find(([, load]) => isOfPlan(load))?.[0];
    }
  }

  /** The same as the log tells it, which takes as long as the tenant's log is. */
  async #loggedUnderWay(tenant: string): Promise<ReadonlyMap<string, { readonly planId?: string }>> {
    const plans = new Map<string, { readonly planId?: string }>();
    const underWay = new Map<string, { readonly planId?: string }>();
    for (let after: string | undefined; ;) {
      const page = await this.eventStore.readAll({ tenant, limit: pageSize, ...(after !== undefined && { after }) });
      for (const event of page) {
        if (!event.type.startsWith('Load')) continue;
        const { data, type } = this.catalog.decode(event) as unknown as LoadEvent;
        if (type === 'LoadBegun') plans.set(data.loadId, data.planId === undefined ? {} : { planId: data.planId });
        if (type === 'LoadTakeBackDecided') underWay.set(data.loadId, plans.get(data.loadId) ?? {});
        if (type === 'LoadTakenBack') underWay.delete(data.loadId);
      }
      if (page.length === 0) return underWay;
      after = page.at(-1)!.position;
    }
  }
}
