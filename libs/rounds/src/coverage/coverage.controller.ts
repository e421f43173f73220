import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblems, IdField, IntegerField, PageQuery, PathId, Requester } from '#http-api';
import type { Principal } from '#http-api';
import { CoverageReader } from './coverage.reader.js';
import { bodiesOn, CoverageView, coverageView } from './coverage.view.js';

class BodiesOfRoundQuery extends PageQuery {
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

@ApiTags('Follow-up')
@ApiBearerAuth()
@Controller('rounds/:roundId/coverage')
export class CoverageController {
  constructor(@Inject(CoverageReader) private readonly reader: CoverageReader) {}

  @Get()
  @ApiOperation({ summary: 'Show body by item who has assessed what in a round, and what is missing' })
  @ApiResponse({ status: 200, type: CoverageView, description: 'The coverage, with a page of its bodies' })
  @ApiProblems(400, 401, 404, 503)
  async getRoundCoverage(
    @PathId('roundId') roundId: string,
    @Query() query: BodiesOfRoundQuery,
    @Requester() { tenant }: Principal,
  ): Promise<CoverageView> {
    const { coverage, sources } = await this.reader.of(tenant, roundId);
    const { items, ...page } = bodiesOn(coverage, sources, query);
    const { bodies, levels } = await this.reader.told(items, sources);
    return coverageView(coverage, sources, { items: bodies, ...page }, levels);
  }
}
