import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE } from '#deciding';
import type { EventStore } from '#event-store';
import { bodyDirectory, groupDirectory } from '#organisation';
import { itemSheets, itemStatus, planDirectory } from '#planning';
import { ProjectionAdmin, ReadModels } from '#projecting';
import { roundDirectory } from '../round/read-models/round-directory/round-directory.projection.js';
import type { BodyStanding } from '../round/standing.js';
import { standingOf } from './coverage.js';
import { CoverageReader } from './coverage.reader.js';

/** What a standing rests on. */
const grounds = [bodyDirectory, groupDirectory, planDirectory, roundDirectory, itemStatus, itemSheets];

/**
 * Which bodies owe assessments in a round, and what does each of them lack, by everything that the log holds when it is
 * asked? Decisions rest on the answer.
 */
@Injectable()
export class StandingReader {
  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    @Inject(ProjectionAdmin) private readonly admin: ProjectionAdmin,
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(CoverageReader) private readonly reader: CoverageReader,
  ) {}

  /**
   * Waits until the documents hold all that the tenant has recorded and nothing else, and answers from them. What others
   * have recorded is not waited for. One that is parked, or holds what the log has lost, is no ground for a decision.
   * @throws NotFound, ReadModelsBehind, LogReplaced
   */
  async of(tenant: string, roundId: string): Promise<readonly BodyStanding[]> {
    const head = await this.eventStore.head();
    await this.readModels.waitFor(head, { tenant });
    await this.admin.requireInStep(
      grounds.map(({ name }) => name),
      head,
      tenant,
    );
    const { coverage, sources } = await this.reader.of(tenant, roundId);
    return standingOf(coverage, sources);
  }
}
