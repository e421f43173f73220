import {
  AnyTextField,
  CodeField,
  DayField,
  IdField,
  IntegerField,
  ObjectField,
  ObjectsField,
  OfMoment,
} from '#http-api';
import type { MomentOfDay } from '#projecting';
import { nameOn } from '../../../body/body.js';
import type { BodyDocument } from '../../../body/read-models/body-directory/body-directory.projection.js';
import { CancelledView } from '../../../cancelled.view.js';
import { stands } from '../../../told.js';
import { groupNameOf, isDefined } from '../../group.js';
import type { GroupDocument } from './group-directory.projection.js';

class MemberView {
  @IdField({ description: 'The body' })
  id!: string;
  @AnyTextField({ example: 'Kulturnämnden', description: 'Its name on that day' })
  name!: string;
}

class MembershipView {
  @IdField({ description: 'The event that says so, by which it is corrected or cancelled' })
  id!: string;
  @DayField({ description: 'The day from which they belong to it' })
  since!: string;
}

class GroupFields {
  @IdField({ description: 'The group' })
  id!: string;
  @CodeField({ example: 'alla-namnder-och-bolag', description: 'How files name it', optional: true })
  key?: string;
  @AnyTextField({ example: 'Alla nämnder och bolag', description: 'Its name' })
  name!: string;
  @ObjectsField(() => MemberView, { description: 'Who belonged to it on that day' })
  members!: MemberView[];
  @ObjectsField(() => MembershipView, { description: 'From which days others belonged to it, or will, oldest first' })
  memberships!: MembershipView[];
  @ObjectField(() => CancelledView, { description: 'That it should not have been defined', optional: true })
  cancelled?: CancelledView;
  @IntegerField({ min: 0, example: 3, description: 'The revision of its stream' })
  revision!: number;
}

export class GroupView extends OfMoment(GroupFields) {}

/** What a reader is shown of a group and its members at a moment. */
export function groupView(group: GroupDocument, members: readonly BodyDocument[], moment: MomentOfDay): GroupView {
  const { _id, cancelled, key, memberships, revision } = group;
  return {
    id: _id,
    ...(key && { key }),
    name: groupNameOf(group, moment),
    members: members.map((body) => ({ id: body._id, name: nameOn(body, moment) })),
    memberships: memberships.filter((membership) => stands(membership, moment)).map(({ id, since }) => ({ id, since })),
    ...(cancelled && !isDefined(group, moment) && { cancelled }),
    revision,
    ...moment,
  };
}
