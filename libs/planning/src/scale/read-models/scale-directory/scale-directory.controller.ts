import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblems, momentOf, MomentQuery, PageOf, PageQuery, PathId, Requester } from '#http-api';
import type { Principal } from '#http-api';
import { NotFound, streamName } from '#kernel';
import { ReadModels, Replay } from '#projecting';
import { scaleDirectory } from './scale-directory.projection.js';
import { ScaleView, scaleView } from './scale-directory.view.js';

class ScalePage extends PageOf(ScaleView, 'The scales, sorted by name') {}

@ApiTags('Plans')
@ApiBearerAuth()
@Controller('scales')
export class ScaleDirectoryController {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Replay) private readonly replay: Replay,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the status scales' })
  @ApiResponse({ status: 200, type: ScalePage, description: 'A page of scales' })
  @ApiProblems(400, 401, 503)
  async listScales(@Query() { limit, offset }: PageQuery, @Requester() { tenant }: Principal): Promise<ScalePage> {
    const found = await this.readModels.find(scaleDirectory, { tenant }, { sort: { sortKey: 1 }, skip: offset, limit });
    return {
      items: found.map(scaleView),
      total: await this.readModels.count(scaleDirectory, { tenant }),
      limit,
      offset,
    };
  }

  @Get(':scaleId')
  @ApiOperation({ summary: 'Show a scale with its versions, as of any moment' })
  @ApiResponse({ status: 200, type: ScaleView, description: 'The scale' })
  @ApiProblems(400, 401, 404, 503)
  async getScale(
    @PathId('scaleId') scaleId: string,
    @Query() query: MomentQuery,
    @Requester() { tenant }: Principal,
  ): Promise<ScaleView> {
    const scale = await this.replay.document(scaleDirectory, streamName(tenant, 'scale', scaleId), momentOf(query));
    if (!scale) throw new NotFound('scale', scaleId);
    return scaleView(scale);
  }
}
