import { Controller, Get, Inject, Query as QueryParameters } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblems, Asker, ChoiceField, DayField, PageOf, PageQuery, PathId, TextField } from '#http-api';
import type { Principal } from '#http-api';
import { dayInSweden, NotFound } from '#kernel';
import { ReadModels } from '#projecting';
import { membersOn } from '../../../group/membership.js';
import { groupDirectory } from '../../../group/read-models/group-directory/group-directory.projection.js';
import type { GroupDocument } from '../../../group/read-models/group-directory/group-directory.projection.js';
import { bodyKinds } from '../../body.events.js';
import type { BodyKind } from '../../body.events.js';
import { nameOn } from '../../names.js';
import { bodyDirectory } from './body-directory.projection.js';
import type { BodyDocument } from './body-directory.projection.js';

class BodiesQuery extends PageQuery {
  @ChoiceField({ description: 'Only bodies of this kind', of: bodyKinds, optional: true })
  kind?: BodyKind;

  @TextField({ description: 'Only bodies that this alias means, or meant', example: 'AMN', max: 200, optional: true })
  alias?: string;
}

class OnQuery {
  @DayField({ description: 'The day for which the members are wanted; left out, today', optional: true })
  on?: string;
}

class AliasView {
  @ApiProperty({ example: 'AMN', description: 'The name that documents use' })
  alias!: string;
  @ApiProperty({ format: 'date', required: false, description: 'The first day on which it means this body' })
  from?: string;
  @ApiProperty({ format: 'date', required: false, description: 'The last day on which it means this body' })
  to?: string;
}

class NameView {
  @ApiProperty({ example: 'Arbetsmarknadsnämnden', description: 'A name that it has had' })
  name!: string;
  @ApiProperty({ format: 'date', description: 'The day from which it was called so' })
  since!: string;
}

class BodyView {
  @ApiProperty({ format: 'uuid', description: 'The body' })
  id!: string;
  @ApiProperty({ required: false, example: 'amn', description: 'How files name it' })
  key?: string;
  @ApiProperty({ example: 'Arbetsmarknadsnämnden', description: 'Its full name' })
  name!: string;
  @ApiProperty({ enum: bodyKinds, description: 'What sort of body it is' })
  kind!: BodyKind;
  @ApiProperty({ type: [AliasView], description: 'Its other names' })
  aliases!: AliasView[];
  @ApiProperty({ type: [NameView], description: 'Every full name that it has had, oldest first' })
  names!: NameView[];
  @ApiProperty({ format: 'date', required: false, description: 'The day it was dissolved' })
  dissolvedOn?: string;
  @ApiProperty({ type: [String], required: false, description: 'The bodies that took over' })
  successors?: readonly string[];
}

class MemberView {
  @ApiProperty({ format: 'uuid', description: 'The body' })
  id!: string;
  @ApiProperty({ example: 'Kulturnämnden', description: 'Its name on that day' })
  name!: string;
}

class GroupView {
  @ApiProperty({ format: 'uuid', description: 'The group' })
  id!: string;
  @ApiProperty({ required: false, example: 'alla-namnder-och-bolag', description: 'How files name it' })
  key?: string;
  @ApiProperty({ example: 'Alla nämnder och bolag', description: 'Its name' })
  name!: string;
  @ApiProperty({ format: 'date', description: 'The day that the members are told of' })
  on!: string;
  @ApiProperty({ type: [MemberView], description: 'Who belonged to it on that day' })
  members!: MemberView[];
}

class BodyPage extends PageOf(BodyView, 'The bodies, sorted by name') {}

@ApiTags('Organisation')
@ApiBearerAuth()
@Controller()
export class OrganisationQueries {
  constructor(@Inject(ReadModels) private readonly readModels: ReadModels) {}

  @Get('bodies')
  @ApiOperation({ summary: 'List the bodies' })
  @ApiResponse({ status: 200, type: BodyPage, description: 'A page of bodies' })
  @ApiProblems(400, 401, 503)
  async bodies(@QueryParameters() query: BodiesQuery, @Asker() { tenant }: Principal): Promise<BodyPage> {
    const { alias, kind, limit, offset } = query;
    const filter = { tenant, ...(kind && { kind }), ...(alias && { called: alias }) };
    const found = await this.readModels.find(bodyDirectory, filter, { sort: { sortKey: 1 }, skip: offset, limit });
    return { items: found.map(bodyView), total: await this.readModels.count(bodyDirectory, filter), limit, offset };
  }

  @Get('bodies/:bodyId')
  @ApiOperation({ summary: 'Show a body with its names through time' })
  @ApiResponse({ status: 200, type: BodyView, description: 'The body' })
  @ApiProblems(400, 401, 404, 503)
  async body(@PathId('bodyId') bodyId: string, @Asker() { tenant }: Principal): Promise<BodyView> {
    const body = await this.readModels.get(bodyDirectory, bodyId);
    if (body?.tenant !== tenant) throw new NotFound('body', bodyId);
    return bodyView(body);
  }

  @Get('groups')
  @ApiOperation({ summary: 'List the groups with their members on a day' })
  @ApiResponse({ status: 200, type: [GroupView], description: 'The groups, sorted by name' })
  @ApiProblems(400, 401, 503)
  async groups(@QueryParameters() { on }: OnQuery, @Asker() { tenant }: Principal): Promise<GroupView[]> {
    const groups = await this.readModels.find(groupDirectory, { tenant }, { sort: { sortKey: 1 } });
    return Promise.all(groups.map((group) => this.#groupView(group, on)));
  }

  @Get('groups/:groupId')
  @ApiOperation({ summary: 'Show a group with its members on a day' })
  @ApiResponse({ status: 200, type: GroupView, description: 'The group' })
  @ApiProblems(400, 401, 404, 503)
  async group(
    @PathId('groupId') groupId: string,
    @QueryParameters() { on }: OnQuery,
    @Asker() { tenant }: Principal,
  ): Promise<GroupView> {
    const group = await this.readModels.get(groupDirectory, groupId);
    if (group?.tenant !== tenant) throw new NotFound('group', groupId);
    return this.#groupView(group, on);
  }

  async #groupView(group: GroupDocument, day: string | undefined): Promise<GroupView> {
    const on = day ?? dayInSweden(new Date());
    const members = await this.readModels.getMany(bodyDirectory, membersOn(group.memberships, on));
    return {
      id: group._id,
      ...(group.key && { key: group.key }),
      name: group.name,
      on,
      members: members.map((body) => ({ id: body._id, name: nameOn(body, { asOf: on }) })),
    };
  }
}

function bodyView({ _id, aliases, dissolved, key, kind, names }: BodyDocument): BodyView {
  return {
    id: _id,
    ...(key && { key }),
    name: names.at(-1)!.value,
    kind,
    aliases: aliases.map(({ recordedAt: _, ...alias }) => alias),
    names: names.map(({ since, value }) => ({ name: value, since })),
    ...(dissolved && { dissolvedOn: dissolved.on, successors: dissolved.successors }),
  };
}
