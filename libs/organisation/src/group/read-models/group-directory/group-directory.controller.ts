import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblems, DayField, Moments, Paged, PageOf, PathId, Requester } from '#http-api';
import type { Principal } from '#http-api';
import { NotFound } from '#kernel';
import { ReadModels } from '#projecting';
import { bodyDirectory } from '../../../body/read-models/body-directory/body-directory.projection.js';
import { membersOn } from '../../membership.js';
import { groupDirectory } from './group-directory.projection.js';
import type { GroupDocument } from './group-directory.projection.js';
import { GroupView, groupView } from './group-directory.view.js';

class OnQuery {
  @DayField({ description: 'The day for which the members are wanted; left out, today', optional: true })
  on?: string;
}

class GroupsQuery extends Paged(OnQuery) {}

class GroupPage extends PageOf(GroupView, 'The groups, sorted by name') {}

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
    const { limit, offset, on } = query;
    const found = await this.readModels.find(groupDirectory, { tenant }, { sort: { sortKey: 1 }, skip: offset, limit });
    const items = await Promise.all(found.map((group) => this.#withMembers(group, on)));
    return { items, total: await this.readModels.count(groupDirectory, { tenant }), limit, offset };
  }

  @Get(':groupId')
  @ApiOperation({ summary: 'Show a group with its members on a day' })
  @ApiResponse({ status: 200, type: GroupView, description: 'The group' })
  @ApiProblems(400, 401, 404, 503)
  async getGroup(
    @PathId('groupId') groupId: string,
    @Query() { on }: OnQuery,
    @Requester() { tenant }: Principal,
  ): Promise<GroupView> {
    const group = await this.readModels.get(groupDirectory, groupId);
    if (group?.tenant !== tenant) throw new NotFound('group', groupId);
    return this.#withMembers(group, on);
  }

  async #withMembers(group: GroupDocument, day: string | undefined): Promise<GroupView> {
    const on = day ?? this.moments.today;
    return groupView(group, await this.readModels.getMany(bodyDirectory, membersOn(group.memberships, on)), on);
  }
}
