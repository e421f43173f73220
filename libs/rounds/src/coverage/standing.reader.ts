import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { EVENT_STORE } from '#deciding';
import type { EventStore } from '#event-store';
import { NotFound } from '#kernel';
import { bodyDirectory, groupDirectory } from '#organisation';
import { itemStatus, planDirectory } from '#planning';
import { ProjectionAdmin, ReadModels } from '#projecting';
import { roundDirectory } from '../round/read-models/round-directory/round-directory.projection.js';
import type { RoundDocument } from '../round/read-models/round-directory/round-directory.projection.js';
import type { BodyStanding } from '../round/standing.js';
import { coverageOf, standingOf } from './coverage.js';
import type { Coverage, CoverageSources } from './coverage.js';
import { CoverageReader } from './coverage.reader.js';

/** How far have the bodies come in a round? */
export class CoverageQuery extends Query<{ readonly coverage: Coverage; readonly sources: CoverageSources }> {
  constructor(
    readonly tenant: string,
    readonly roundId: string,
  ) {
    super();
  }
}

@QueryHandler(CoverageQuery)
export class CoverageHandler implements IQueryHandler<CoverageQuery> {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(CoverageReader) private readonly reader: CoverageReader,
  ) {}

  /** @throws NotFound */
  async execute({ roundId, tenant }: CoverageQuery): Promise<{ coverage: Coverage; sources: CoverageSources }> {
    const sources = await this.reader.sources(await needRound(this.readModels, tenant, roundId));
    return { coverage: coverageOf(sources), sources };
  }
}

/**
 * Which bodies owe assessments in a round, and what does each of them lack, by everything that the log holds when it is
 * asked? Decisions rest on the answer.
 */
export class StandingQuery extends Query<readonly BodyStanding[]> {
  constructor(
    readonly tenant: string,
    readonly roundId: string,
  ) {
    super();
  }
}

/** What a standing rests on. */
const grounds = [bodyDirectory, groupDirectory, planDirectory, roundDirectory, itemStatus];

@QueryHandler(StandingQuery)
export class StandingHandler implements IQueryHandler<StandingQuery> {
  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    @Inject(ProjectionAdmin) private readonly admin: ProjectionAdmin,
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(CoverageReader) private readonly reader: CoverageReader,
  ) {}

  /**
   * Waits until the documents hold the whole log and nothing else, and answers from them. One that is parked, or holds
   * what the log has lost, is no ground for a decision.
   * @throws NotFound, ReadModelsBehind, LogReplaced
   */
  async execute({ roundId, tenant }: StandingQuery): Promise<readonly BodyStanding[]> {
    const head = await this.eventStore.head();
    await this.readModels.waitFor(head);
    await this.admin.requireInStep(
      grounds.map(({ name }) => name),
      head,
    );
    const sources = await this.reader.sources(await needRound(this.readModels, tenant, roundId));
    return standingOf(coverageOf(sources), sources);
  }
}

async function needRound(readModels: ReadModels, tenant: string, roundId: string): Promise<RoundDocument> {
  const round = await readModels.get(roundDirectory, roundId);
  if (round?.tenant !== tenant) throw new NotFound('round', roundId);
  return round;
}
