import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  ApiProblems,
  Matched,
  matchOf,
  MomentQuery,
  Moments,
  OfMoment,
  Paged,
  pageAt,
  PageOf,
  PathId,
  Requester,
  Searched,
} from '#http-api';
import type { Principal } from '#http-api';
import { isKnown, isWithin, NotFound, sought, swedishSortKey, wordingOf } from '#kernel';
import { ReadModels } from '#projecting';
import type { MomentOfDay } from '#projecting';
import { bodyDirectory } from '../../../body/read-models/body-directory/body-directory.projection.js';
import { groupNameOf, isDefined } from '../../group.js';
import { membersOn } from '../../membership.js';
import { groupDirectory } from './group-directory.projection.js';
import type { GroupDocument } from './group-directory.projection.js';
import { GroupView, groupView } from './group-directory.view.js';

class GroupsQuery extends Paged(Searched(MomentQuery, 'Only groups whose name holds this text')) {}

class GroupPage extends OfMoment(Matched(PageOf(GroupView, 'The groups, sorted by name'))) {}

@ApiTags('Organisation')
@ApiBearerAuth()
@Controller('groups')
export class GroupDirectoryController {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Moments) private readonly moments: Moments,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the groups with their members on a day' })
  @ApiResponse({ status: 200, type: GroupPage, description: 'A page of groups' })
  @ApiProblems(400, 401, 503)
  async listGroups(@Query() query: GroupsQuery, @Requester() { tenant }: Principal): Promise<GroupPage> {
    const { limit, match, offset, text } = query;
    const moment = this.moments.of(query);
    const [way, looked] = sought(text ?? '', match);
    const called = text === undefined ? {} : { [`wording.${way}`]: { $includes: looked } };
    const holds = (group: GroupDocument) =>
      text === undefined || isWithin(wordingOf(groupNameOf(group, moment)), text, match);
    const asked = { all: { tenant }, some: { status: 'defined', ...called }, holds };
    const then = (group: GroupDocument) => groupAt(group, moment);
    const at = { moment, part: { limit, offset } };
    const { items: found, total } = await pageAt(this.readModels, groupDirectory, then, asked, at);
    const items = await Promise.all(found.map((group) => this.#withMembers(group, moment)));
    return { items, total, limit, offset, ...matchOf(query), ...moment };
  }

  @Get(':groupId')
  @ApiOperation({ summary: 'Show a group with its members on a day' })
  @ApiResponse({ status: 200, type: GroupView, description: 'The group' })
  @ApiProblems(400, 401, 404, 503)
  async getGroup(
    @PathId('groupId') groupId: string,
    @Query() query: MomentQuery,
    @Requester() { tenant }: Principal,
  ): Promise<GroupView> {
    const moment = this.moments.of(query);
    const group = await this.readModels.get(groupDirectory, groupId);
    if (group?.tenant !== tenant || !hasBeen(group, moment)) throw new NotFound('group', groupId);
    return this.#withMembers(group, moment);
  }

  async #withMembers(group: GroupDocument, moment: MomentOfDay): Promise<GroupView> {
    const members = membersOn(group.memberships, moment.asOf, moment);
    return groupView(group, await this.readModels.getMany(bodyDirectory, members), moment);
  }
}

/** Whether anything was known of a group: of one that was cancelled, that it was. */
const hasBeen = ({ definitions }: GroupDocument, moment: MomentOfDay): boolean =>
  definitions.some((definition) => isKnown(definition, moment));

/** A group where its name of the moment puts it among others; undefined where it was not there. */
const groupAt = (group: GroupDocument, moment: MomentOfDay): GroupDocument | undefined =>
  isDefined(group, moment) ? { ...group, sortKey: swedishSortKey(groupNameOf(group, moment)) } : undefined;
