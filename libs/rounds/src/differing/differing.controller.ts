import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblems, ChoiceField, IdField, PageQuery, PathId, Requester } from '#http-api';
import type { Principal } from '#http-api';
import { DifferingReader } from './differing.reader.js';
import { DifferencesView, differencesView, differing } from './differing.view.js';

class DifferencesQuery extends PageQuery {
  @IdField({ description: "Only items of which this body's judgement is one that differs", optional: true })
  bodyId?: string;

  @ChoiceField({
    of: differing,
    description: 'Only those that differ, or only those that are not comparable',
    optional: true,
  })
  agreement?: (typeof differing)[number];
}

@ApiTags('Follow-up')
@ApiBearerAuth()
@Controller('rounds/:roundId/differences')
export class DifferingController {
  constructor(@Inject(DifferingReader) private readonly reader: DifferingReader) {}

  @Get()
  @ApiOperation({
    summary: 'Show where bodies judge items of a round otherwise than the owner of the plan, or than each other',
  })
  @ApiResponse({ status: 200, type: DifferencesView, description: 'The counts, with a page of the items' })
  @ApiProblems(400, 401, 404, 503)
  async listDifferences(
    @PathId('roundId') roundId: string,
    @Query() query: DifferencesQuery,
    @Requester() { tenant }: Principal,
  ): Promise<DifferencesView> {
    return differencesView(await this.reader.of(tenant, roundId, query), query);
  }
}
