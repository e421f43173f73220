import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  AbortOnDisconnect,
  ApiProblems,
  asksMoment,
  CostlyWork,
  IdField,
  IntegerField,
  MomentQuery,
  Moments,
  OfMoment,
  Paged,
  PathId,
  Requester,
} from '#http-api';
import type { Principal } from '#http-api';
import { CoverageReader } from './coverage.reader.js';
import { bodiesOn, CoverageView, coverageView } from './coverage.view.js';

class BodiesOfRoundQuery extends Paged(MomentQuery) {
  @IdField({ description: 'Only this body', optional: true })
  bodyId?: string;

  @IntegerField({
    description: 'At most so many entries of each body',
    min: 0,
    max: 500,
    example: 20,
    default: 100,
  })
  entryLimit: number = 100;

  @IntegerField({
    description: 'After so many entries of each body',
    min: 0,
    max: 1_000_000,
    example: 0,
    default: 0,
  })
  entryOffset: number = 0;
}

class CoverageAnswer extends OfMoment(CoverageView) {}

@ApiTags('Follow-up')
@ApiBearerAuth()
@Controller('rounds/:roundId/coverage')
export class CoverageController {
  constructor(
    @Inject(CoverageReader) private readonly reader: CoverageReader,
    @Inject(Moments) private readonly moments: Moments,
    @Inject(CostlyWork) private readonly costly: CostlyWork,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Show body by item who has assessed what in a round, and what is missing, now or at any moment',
  })
  @ApiResponse({ status: 200, type: CoverageAnswer, description: 'The coverage, with a page of its bodies' })
  @ApiProblems(400, 401, 404, 503)
  async getRoundCoverage(
    @PathId('roundId') roundId: string,
    @Query() query: BodiesOfRoundQuery,
    @Requester() { tenant }: Principal,
    @AbortOnDisconnect() signal: AbortSignal,
  ): Promise<CoverageAnswer> {
    const moment = this.moments.of(query);
    const { coverage, sources } = asksMoment(query)
      ? await this.costly.replays.run(tenant, signal, () => this.reader.at(tenant, roundId, moment))
      : await this.reader.of(tenant, roundId);
    const { items, ...page } = bodiesOn(coverage, sources, query);
    const { bodies, levels } = await this.reader.told(items, sources, moment);
    return { ...coverageView(coverage, sources, { items: bodies, ...page }, levels), ...moment };
  }
}
