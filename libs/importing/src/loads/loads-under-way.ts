import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE } from '#deciding';
import type { EventStore } from '#event-store';
import { ProjectionAdmin, ReadModels } from '#projecting';
import type { LoadsTakenBack } from '#rounds';
import { loadDirectory } from './load-directory.projection.js';

/** Which loads are being taken back, as documents tell that hold all that the tenant has recorded. */
@Injectable()
export class LoadsUnderWay implements LoadsTakenBack {
  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: Pick<EventStore, 'head'>,
    @Inject(ProjectionAdmin) private readonly admin: ProjectionAdmin,
    @Inject(ReadModels) private readonly readModels: ReadModels,
  ) {}

  async underWayFor(tenant: string, planId: string): Promise<string | undefined> {
    const head = await this.eventStore.head();
    await this.readModels.waitFor(head, { tenant });
    await this.admin.requireInStep([loadDirectory.name], head, tenant);
    const found = await this.readModels.find(loadDirectory, { underWay: tenant });
    return found.find((load) => load.planId === undefined || load.planId === planId)?._id;
  }
}
