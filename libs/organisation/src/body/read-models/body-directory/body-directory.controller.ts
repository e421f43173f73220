import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  ApiProblems,
  ChoiceField,
  Matched,
  matchOf,
  MomentQuery,
  Moments,
  OfMoment,
  Paged,
  pageAt,
  PageOf,
  pageOf,
  PathId,
  Requester,
  Searched,
  TextField,
} from '#http-api';
import type { PagePart, Principal } from '#http-api';
import { isKnown, isWithin, NotFound, sought, swedishSortKey, wordingOf } from '#kernel';
import { ReadModels } from '#projecting';
import type { MomentOfDay } from '#projecting';
import { isCalled, namesUpTo } from '../../names.js';
import { bodyKinds } from '../../body.events.js';
import type { BodyKind } from '../../body.events.js';
import { isRegistered, kindOf, nameOn } from '../../body.js';
import { bodyDirectory } from './body-directory.projection.js';
import type { BodyDocument } from './body-directory.projection.js';
import { BodyView, bodyView } from './body-directory.view.js';

class BodiesQuery extends Paged(
  Searched(MomentQuery, 'Only bodies that are or were called so up to the day: a part of a name or an alias'),
) {
  @ChoiceField({ description: 'Only bodies of this kind', of: bodyKinds, optional: true })
  kind?: BodyKind;

  @TextField({ description: 'Only bodies that this alias means on the day', example: 'AMN', max: 200, optional: true })
  alias?: string;
}

class BodyPage extends OfMoment(Matched(PageOf(BodyView, 'The bodies, sorted by name'))) {}

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
    const { alias, limit, offset } = query;
    const moment = this.moments.of(query);
    const part = { limit, offset };
    const { items, total } =
      alias === undefined
        ? await this.#page(tenant, query, moment, part)
        : pageOf(await this.#called(tenant, alias, query, moment), part);
    return { items: items.map((body) => bodyView(body, moment)), total, ...part, ...matchOf(query), ...moment };
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

  #page(tenant: string, query: BodiesQuery, moment: MomentOfDay, part: PagePart) {
    const { kind, match, text } = query;
    const [way, looked] = sought(text ?? '', match);
    const called = text === undefined ? {} : { [`wording.${way}`]: { $includes: looked } };
    const asked = {
      all: { tenant },
      some: { status: 'registered', ...(kind && { kind }), ...called },
      holds: isAskedFor(query, moment),
    };
    return pageAt(this.readModels, bodyDirectory, (body) => bodyAt(body, moment), asked, { moment, part });
  }

  /** An alias means few bodies, at whatever time. */
  async #called(tenant: string, alias: string, query: BodiesQuery, moment: MomentOfDay): Promise<BodyDocument[]> {
    const found = await this.readModels.find(bodyDirectory, { tenant, called: alias });
    return found
      .filter((body) => isRegistered(body, moment) && isCalled(body, alias, moment))
      .filter(isAskedFor(query, moment))
      .map((body) => bodyAt(body, moment)!)
      .sort((one, other) => (one.sortKey < other.sortKey ? -1 : 1));
  }
}

/** Whether a body is of the kind that is asked for, and is or was called so. */
const isAskedFor =
  ({ kind, match, text }: BodiesQuery, moment: MomentOfDay) =>
  (body: BodyDocument): boolean =>
    (kind === undefined || kindOf(body, moment) === kind) &&
    (text === undefined || isWithin(wordingOf(...namesUpTo(body, moment)), text, match));

/** Whether anything was known of a body: of one that was cancelled, that it was. */
const hasBeen = ({ registrations }: BodyDocument, moment: MomentOfDay): boolean =>
  registrations.some((registration) => isKnown(registration, moment));

/** A body where its name of the moment puts it among others; undefined where it is not in the register. */
const bodyAt = (body: BodyDocument, moment: MomentOfDay): BodyDocument | undefined =>
  isRegistered(body, moment) ? { ...body, sortKey: swedishSortKey(nameOn(body, moment)) } : undefined;
