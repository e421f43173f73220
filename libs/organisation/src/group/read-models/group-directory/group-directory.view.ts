import { AnyTextField, CodeField, DayField, IdField, ObjectsField } from '#http-api';
import { nameOn } from '../../../body/names.js';
import type { BodyDocument } from '../../../body/read-models/body-directory/body-directory.projection.js';
import type { GroupDocument } from './group-directory.projection.js';

class MemberView {
  @IdField({ description: 'The body' })
  id!: string;
  @AnyTextField({ example: 'Kulturnämnden', description: 'Its name on that day' })
  name!: string;
}

export class GroupView {
  @IdField({ description: 'The group' })
  id!: string;
  @CodeField({ example: 'alla-namnder-och-bolag', description: 'How files name it', optional: true })
  key?: string;
  @AnyTextField({ example: 'Alla nämnder och bolag', description: 'Its name' })
  name!: string;
  @DayField({ description: 'The day that the members are told of' })
  on!: string;
  @ObjectsField(() => MemberView, { description: 'Who belonged to it on that day' })
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
