import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblems, IdField, momentOf, MomentQuery, PageOf, PageQuery, PathId, Requester } from '#http-api';
import type { Principal } from '#http-api';
import { NotFound, streamName } from '#kernel';
import { ReadModels, Replay } from '#projecting';
import { indicatorSeries } from './indicator-series.projection.js';
import { IndicatorView, indicatorView } from './indicator-series.view.js';

class IndicatorsQuery extends PageQuery {
  @IdField({ description: 'Only indicators that this item lists', optional: true })
  itemId?: string;

  @IdField({ description: 'Only indicators that this body follows', optional: true })
  ownerId?: string;
}

class IndicatorPage extends PageOf(IndicatorView, 'The indicators, sorted by name') {}

@ApiTags('Indicators')
@ApiBearerAuth()
@Controller()
export class IndicatorSeriesController {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Replay) private readonly replay: Replay,
  ) {}

  @Get('plans/:planId/indicators')
  @ApiOperation({ summary: 'List the indicators of a plan with their series' })
  @ApiResponse({ status: 200, type: IndicatorPage, description: 'A page of indicators' })
  @ApiProblems(400, 401, 503)
  async listIndicators(
    @PathId('planId') planId: string,
    @Query() query: IndicatorsQuery,
    @Requester() { tenant }: Principal,
  ): Promise<IndicatorPage> {
    const { itemId, limit, offset, ownerId } = query;
    const filter = { tenant, planId, ...(itemId && { itemIds: itemId }), ...(ownerId && { ownerId }) };
    const found = await this.readModels.find(indicatorSeries, filter, { sort: { sortKey: 1 }, skip: offset, limit });
    return {
      items: found.map(indicatorView),
      total: await this.readModels.count(indicatorSeries, filter),
      limit,
      offset,
    };
  }

  @Get('indicators/:indicatorId')
  @ApiOperation({ summary: 'Show an indicator with its series, now or at any moment' })
  @ApiResponse({ status: 200, type: IndicatorView, description: 'The indicator' })
  @ApiProblems(400, 401, 404, 503)
  async getIndicator(
    @PathId('indicatorId') id: string,
    @Query() query: MomentQuery,
    @Requester() { tenant }: Principal,
  ): Promise<IndicatorView> {
    const moment = momentOf(query);
    const current = moment.asOf === undefined && moment.knownAt === undefined;
    const found = current
      ? await this.readModels.get(indicatorSeries, id)
      : await this.replay.document(indicatorSeries, streamName(tenant, 'indicator', id), moment);
    if (found?.tenant !== tenant) throw new NotFound('indicator', id);
    return indicatorView(found);
  }
}
