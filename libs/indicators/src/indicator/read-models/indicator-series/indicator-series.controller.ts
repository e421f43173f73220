import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { KnownThings } from '#deciding';
import {
  ApiProblems,
  asksMoment,
  IdField,
  MomentQuery,
  Moments,
  OfMoment,
  pageAt,
  Paged,
  PageOf,
  PathId,
  replayedAt,
  Requester,
} from '#http-api';
import type { Principal } from '#http-api';
import { NotFound, streamName } from '#kernel';
import { ReadModels, Replay, seesAll } from '#projecting';
import type { Moment } from '#projecting';
import type { Sources } from './computed.js';
import { indicatorSeries } from './indicator-series.projection.js';
import type { IndicatorDocument } from './indicator-series.projection.js';
import { IndicatorView, indicatorView } from './indicator-series.view.js';
import { sourcesAt } from './sources-at.js';

class IndicatorsQuery extends Paged(MomentQuery) {
  @IdField({ description: 'Only indicators that this item lists', optional: true })
  itemId?: string;

  @IdField({ description: 'Only indicators that this body follows', optional: true })
  ownerId?: string;
}

class IndicatorPage extends OfMoment(PageOf(IndicatorView, 'The indicators, sorted by name')) {}

class IndicatorDetail extends OfMoment(IndicatorView) {}

@ApiTags('Indicators')
@ApiBearerAuth()
@Controller()
export class IndicatorSeriesController {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Replay) private readonly replay: Replay,
    @Inject(Moments) private readonly moments: Moments,
    @Inject(KnownThings) private readonly known: KnownThings,
  ) {}

  @Get('plans/:planId/indicators')
  @ApiOperation({ summary: 'List the indicators of a plan with their series' })
  @ApiResponse({ status: 200, type: IndicatorPage, description: 'A page of indicators' })
  @ApiProblems(400, 401, 404, 503)
  async listIndicators(
    @PathId('planId') planId: string,
    @Query() query: IndicatorsQuery,
    @Requester() { tenant }: Principal,
  ): Promise<IndicatorPage> {
    const { itemId, limit, offset, ownerId } = query;
    const moment = this.moments.of(query);
    const { items, total } = await pageAt(
      this.readModels,
      indicatorSeries,
      replayedAt(this.replay, { category: 'indicator', projection: indicatorSeries }, moment),
      {
        all: { tenant, planId },
        some: { status: 'defined', ...(itemId && { itemIds: itemId }), ...(ownerId && { ownerId }) },
        holds: (indicator) =>
          indicator.status === 'defined' &&
          (!itemId || indicator.itemIds.includes(itemId)) &&
          (!ownerId || indicator.ownerId === ownerId),
      },
      { moment, part: { limit, offset } },
    );
    if (total === 0) await this.known.need(tenant, 'plan', planId);
    const sources = await this.#sources(items, moment, tenant);
    const views = items.map((indicator) => indicatorView(indicator, moment.asOf, sources));
    return { items: views, total, limit, offset, ...moment };
  }

  @Get('indicators/:indicatorId')
  @ApiOperation({ summary: 'Show an indicator with its series, now or at any moment' })
  @ApiResponse({ status: 200, type: IndicatorDetail, description: 'The indicator' })
  @ApiProblems(400, 401, 404, 503)
  async getIndicator(
    @PathId('indicatorId') id: string,
    @Query() query: MomentQuery,
    @Requester() { tenant }: Principal,
  ): Promise<IndicatorDetail> {
    const moment = this.moments.of(query);
    const isAskedOf = asksMoment(query);
    const document = isAskedOf ? undefined : await this.readModels.get(indicatorSeries, id);
    if (document ? document.tenant !== tenant : !isAskedOf) throw new NotFound('indicator', id);
    const found =
      document && seesAll(moment, document)
        ? document
        : await this.replay.document(indicatorSeries, streamName(tenant, 'indicator', id), moment);
    if (found?.tenant !== tenant) throw new NotFound('indicator', id);
    const sources = await this.#sources([found], moment, tenant);
    return { ...indicatorView(found, moment.asOf, sources), ...moment };
  }

  #sources(indicators: readonly IndicatorDocument[], moment: Moment, tenant: string): Promise<Sources> {
    const { readModels, replay } = this;
    return sourcesAt(indicators, { readModels, replay }, { moment, tenant });
  }
}
