import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  ApiProblems,
  ChoiceField,
  MomentQuery,
  Moments,
  OfMoment,
  Paged,
  pageAt,
  PageOf,
  pageOf,
  PathId,
  Requester,
  TextField,
} from '#http-api';
import type { Principal } from '#http-api';
import { isKnown, NotFound, swedishSortKey } from '#kernel';
import { ReadModels } from '#projecting';
import type { MomentOfDay } from '#projecting';
import { isCalled } from '../../names.js';
import { bodyKinds } from '../../body.events.js';
import type { BodyKind } from '../../body.events.js';
import { isRegistered, kindOf, nameOn } from '../../body.js';
import { bodyDirectory } from './body-directory.projection.js';
import type { BodyDocument } from './body-directory.projection.js';
import { BodyView, bodyView } from './body-directory.view.js';

class BodiesQuery extends Paged(MomentQuery) {
  @ChoiceField({ description: 'Only bodies of this kind', of: bodyKinds, optional: true })
  kind?: BodyKind;

  @TextField({ description: 'Only bodies that this alias means on the day', example: 'AMN', max: 200, optional: true })
  alias?: string;
}

class BodyPage extends OfMoment(PageOf(BodyView, 'The bodies, sorted by name')) {}

@ApiTags('Organisation')
@ApiBearerAuth()
@Controller('bodies')
export class BodyDirectoryController {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List the bodies',
    description: 'Those in the register, under the names of the day. A body is there from the moment it is registered.',
  })
  @ApiResponse({ status: 200, type: BodyPage, description: 'A page of bodies' })
  @ApiProblems(400, 401, 503)
  async listBodies(@Query() query: BodiesQuery, @Requester() { tenant }: Principal): Promise<BodyPage> {
    const { alias, kind, limit, offset } = query;
    const moment = this.moments.of(query);
    const part = { limit, offset };
    const { items, total } =
      alias === undefined
        ? await this.#page(tenant, kind, moment, part)
        : pageOf(await this.#called(tenant, alias, kind, moment), part);
    return { items: items.map((body) => bodyView(body, moment)), total, ...part, ...moment };
  }

  @Get(':bodyId')
  @ApiOperation({ summary: 'Show a body with its names through time' })
  @ApiResponse({ status: 200, type: BodyView, description: 'The body' })
  @ApiProblems(400, 401, 404, 503)
  async getBody(
    @PathId('bodyId') bodyId: string,
    @Query() query: MomentQuery,
    @Requester() { tenant }: Principal,
  ): Promise<BodyView> {
    const moment = this.moments.of(query);
    const body = await this.readModels.get(bodyDirectory, bodyId);
    if (body?.tenant !== tenant || !hasBeen(body, moment)) throw new NotFound('body', bodyId);
    return bodyView(body, moment);
  }

  #page(tenant: string, kind: BodyKind | undefined, moment: MomentOfDay, part: { limit: number; offset: number }) {
    const asked = {
      all: { tenant },
      some: { status: 'registered', ...(kind && { kind }) },
      holds: (body: BodyDocument) => kind === undefined || kindOf(body, moment) === kind,
    };
    return pageAt(this.readModels, bodyDirectory, (body) => bodyAt(body, moment), asked, { moment, part });
  }

  /** An alias means few bodies, at whatever time. */
  async #called(
    tenant: string,
    alias: string,
    kind: BodyKind | undefined,
    moment: MomentOfDay,
  ): Promise<BodyDocument[]> {
    const found = await this.readModels.find(bodyDirectory, { tenant, called: alias });
    return found
      .filter((body) => isRegistered(body, moment) && isCalled(body, alias, moment))
      .filter((body) => kind === undefined || kindOf(body, moment) === kind)
      .map((body) => bodyAt(body, moment)!)
      .sort((one, other) => (one.sortKey < other.sortKey ? -1 : 1));
  }
}

/** Whether anything was known of a body: of one that was cancelled, that it was. */
const hasBeen = ({ registrations }: BodyDocument, moment: MomentOfDay): boolean =>
  registrations.some((registration) => isKnown(registration, moment));

/** A body where its name of the moment puts it among others; undefined where it is not in the register. */
const bodyAt = (body: BodyDocument, moment: MomentOfDay): BodyDocument | undefined =>
  isRegistered(body, moment) ? { ...body, sortKey: swedishSortKey(nameOn(body, moment)) } : undefined;
