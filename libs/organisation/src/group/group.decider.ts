import { foldOf, rule } from '#kernel';
import type { DomainCommand } from '#kernel';
import type { Aggregate } from '#deciding';
import type { GroupEvent } from './group.events.js';
import { membersOn, placeOf } from './membership.js';
import type { Membership } from './membership.js';

export type DefineGroup = DomainCommand<
  'DefineGroup',
  { key?: string; name: string; members: readonly string[] },
  void
>;
export type ChangeGroupMembers = DomainCommand<'ChangeGroupMembers', { members: readonly string[] }, void>;
export type GroupCommand = DefineGroup | ChangeGroupMembers;

export type Group =
  | { readonly status: 'undefined' }
  | { readonly status: 'defined'; readonly name: string; readonly memberships: readonly Membership[] };

const { evolve, folding } = foldOf<Group, GroupEvent>((group, event, own) => {
  const membership = { since: event.effectiveOn, members: event.data.members, recordedAt: event.recordedAt };
  if (event.type === 'GroupDefined') {
    return { status: 'defined', name: event.data.name, memberships: [membership] };
  }
  if (group.status === 'undefined') return group;
  const next = own(group);
  const memberships = own(next.memberships);
  memberships.splice(placeOf(memberships, membership), 0, membership);
  next.memberships = memberships;
  return next;
});

export const groups: Aggregate<GroupCommand, Group, GroupEvent> = {
  category: 'group',
  decider: { initialState: { status: 'undefined' }, decide, evolve, folding },
};

function decide(command: GroupCommand, group: Group): GroupEvent[] {
  const { data, effectiveOn, id } = command;
  const members = [...data.members];
  if (command.type === 'DefineGroup') {
    if (group.status === 'defined') throw definedAlready({ group: group.name });
    return [{ type: 'GroupDefined', data: { groupId: id, ...command.data, members } }];
  }
  if (group.status === 'undefined') throw notDefined();
  const now = membersOn(group.memberships, effectiveOn);
  if (now.length === members.length && now.every((member, index) => member === members[index])) return [];
  return [{ type: 'GroupMembersChanged', data: { groupId: id, members } }];
}

const definedAlready = rule('group-defined-once', '{group} is defined already', '{group} är redan definierad');
const notDefined = rule('group-defined', 'The group is not defined', 'Gruppen är inte definierad');
