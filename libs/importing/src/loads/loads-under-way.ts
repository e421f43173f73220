import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE } from '#deciding';
import type { EventStore } from '#event-store';
import { StoreFailure } from '#kernel';
import { ProjectionAdmin, ReadModels, Replay } from '#projecting';
import type { LoadsTakenBack } from '#rounds';
import { loadDirectory } from './load-directory.projection.js';
import type { LoadDocument } from './load-directory.projection.js';
import type { LoadEvent } from './load.events.js';

const pageSize = 1_000;
const decided: LoadEvent['type'] = 'LoadTakeBackDecided';

/** Which loads are being taken back, as documents tell that hold all that the tenant has recorded. */
@Injectable()
export class LoadsUnderWay implements LoadsTakenBack {
  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: Pick<EventStore, 'head' | 'readAll'>,
    @Inject(Replay) private readonly replay: Replay,
    @Inject(ProjectionAdmin) private readonly admin: ProjectionAdmin,
    @Inject(ReadModels) private readonly readModels: ReadModels,
  ) {}

  async underWayFor(tenant: string, planId: string): Promise<string | undefined> {
    const found = await this.#underWay(tenant);
    return found.find((load) => load.planId === undefined || load.planId === planId)?._id;
  }

  async #underWay(tenant: string): Promise<readonly LoadDocument[]> {
    const head = await this.eventStore.head();
    try {
      await this.readModels.waitFor(head, { tenant });
      await this.admin.requireInStep([loadDirectory.name], head, tenant);
      return await this.readModels.find(loadDirectory, { underWay: tenant });
    } catch (error) {
      // No decision rests on the documents being there.
      if (error instanceof StoreFailure) return this.#underWayInLog(tenant);
      throw error;
    }
  }

  /** The same as the log tells it, which takes as long as the tenant's log is. */
  async #underWayInLog(tenant: string): Promise<readonly LoadDocument[]> {
    const streams = new Set<string>();
    for (let after: string | undefined; ;) {
      const page = await this.eventStore.readAll({ tenant, limit: pageSize, ...(after !== undefined && { after }) });
      const last = page.at(-1);
      if (!last) break;
      for (const { stream, type } of page) if (type === decided) streams.add(stream);
      after = last.position;
    }
    const loads: LoadDocument[] = [];
    for (const stream of streams) {
      const load = await this.replay.document(loadDirectory, stream, {});
      if (load?.underWay === tenant) loads.push(load);
    }
    return loads;
  }
}
