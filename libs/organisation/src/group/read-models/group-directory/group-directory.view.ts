import { ApiProperty } from '@nestjs/swagger';
import { nameOn } from '../../../body/names.js';
import type { BodyDocument } from '../../../body/read-models/body-directory/body-directory.projection.js';
import type { GroupDocument } from './group-directory.projection.js';

class MemberView {
  @ApiProperty({ format: 'uuid', description: 'The body' })
  id!: string;
  @ApiProperty({ example: 'Kulturnämnden', description: 'Its name on that day' })
  name!: string;
}

export class GroupView {
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

/** What a reader is shown of a group and its members of a day. */
export const groupView = (group: GroupDocument, members: readonly BodyDocument[], on: string): GroupView => ({
  id: group._id,
  ...(group.key && { key: group.key }),
  name: group.name,
  on,
  members: members.map((body) => ({ id: body._id, name: nameOn(body, { asOf: on }) })),
});
