import { Inject, Injectable } from '@nestjs/common';
import { startOfLog, TimeSlices } from '#kernel';
import { ProjectionAdmin, ReadModels } from '#projecting';
import type { StreamsOfPlan } from '../../rules/fold-snapshot.js';
import { planStreams } from './plan-streams.projection.js';

const pageSize = 200;

/** Names the streams of a plan, by documents that have come to where they are asked about. */
@Injectable()
export class PlanStreams implements StreamsOfPlan {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(ProjectionAdmin) private readonly admin: ProjectionAdmin,
  ) {}

  /**
   * Waits until the documents hold what the log does of the tenant up to a position, and nothing else.
   * @throws ReadModelsBehind where they do not within the time that is waited; LogReplaced
   */
  async of(tenant: string, planId: string, end: string): Promise<readonly string[] | undefined> {
    await this.readModels.waitFor(end, { tenant });
    await this.admin.requireInStep([planStreams.name], end, tenant);
    // Whoever decided that an event be left out did not decide that its stream is.
    if (await this.#lacksEvents()) return undefined;
    const [ofTenant, ofPlan] = await Promise.all([
      this.#named({ tenant, scope: tenant }, end),
      this.#named({ tenant, scope: planId }, end),
    ]);
    return [...ofTenant, ...ofPlan];
  }

  async #lacksEvents(): Promise<boolean> {
    const status = (await this.admin.status()).find(({ name }) => name === planStreams.name);
    return (status?.skipped.length ?? 0) > 0;
  }

  async #named(scope: { readonly tenant: string; readonly scope: string }, end: string): Promise<string[]> {
    const found: string[] = [];
    const slices = new TimeSlices();
    for (let last = startOfLog; ;) {
      await slices.next();
      const filter = { ...scope, since: { $gt: last, $lte: end } };
      const page = await this.readModels.find(planStreams, filter, { sort: { since: 1 }, limit: pageSize });
      found.push(...page.map(({ stream }) => stream));
      if (page.length < pageSize) return found;
      last = page.at(-1)!.since;
    }
  }
}
