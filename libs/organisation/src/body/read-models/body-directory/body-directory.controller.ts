import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblems, ChoiceField, Moments, PageOf, PageQuery, PathId, Requester, TextField } from '#http-api';
import type { Principal } from '#http-api';
import { NotFound } from '#kernel';
import { ReadModels } from '#projecting';
import { bodyKinds } from '../../body.events.js';
import type { BodyKind } from '../../body.events.js';
import { bodyDirectory } from './body-directory.projection.js';
import { BodyView, bodyView } from './body-directory.view.js';

class BodiesQuery extends PageQuery {
  @ChoiceField({ description: 'Only bodies of this kind', of: bodyKinds, optional: true })
  kind?: BodyKind;

  @TextField({ description: 'Only bodies that this alias means, or meant', example: 'AMN', max: 200, optional: true })
  alias?: string;
}

class BodyPage extends PageOf(BodyView, 'The bodies, sorted by name') {}

@ApiTags('Organisation')
@ApiBearerAuth()
@Controller('bodies')
export class BodyDirectoryController {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the bodies' })
  @ApiResponse({ status: 200, type: BodyPage, description: 'A page of bodies' })
  @ApiProblems(400, 401, 503)
  async listBodies(@Query() query: BodiesQuery, @Requester() { tenant }: Principal): Promise<BodyPage> {
    const { alias, kind, limit, offset } = query;
    const filter = { tenant, ...(kind && { kind }), ...(alias && { called: alias }) };
    const found = await this.readModels.find(bodyDirectory, filter, { sort: { sortKey: 1 }, skip: offset, limit });
    return {
      items: found.map((body) => bodyView(body, this.moments.today)),
      total: await this.readModels.count(bodyDirectory, filter),
      limit,
      offset,
    };
  }

  @Get(':bodyId')
  @ApiOperation({ summary: 'Show a body with its names through time' })
  @ApiResponse({ status: 200, type: BodyView, description: 'The body' })
  @ApiProblems(400, 401, 404, 503)
  async getBody(@PathId('bodyId') bodyId: string, @Requester() { tenant }: Principal): Promise<BodyView> {
    const body = await this.readModels.get(bodyDirectory, bodyId);
    if (body?.tenant !== tenant) throw new NotFound('body', bodyId);
    return bodyView(body, this.moments.today);
  }
}
