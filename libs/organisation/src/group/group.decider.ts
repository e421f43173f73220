import { rule, whileThereIsRoom } from '#kernel';
import type { DecidedEvent, DomainCommand, Said } from '#kernel';
import type { Aggregate } from '#deciding';
import type { BegunFacts } from '../cancelled.js';
import { handedOver } from '../handing-over.js';
import type { HandOver } from '../handing-over.js';
import { checkCorrects, nothingStands, standing, stands } from '../told.js';
import { definitionOf, evolve, folding, groupNameOf, undefinedGroup } from './group.js';
import type { Group, GroupRecord } from './group.js';
import { membershipsOf } from './group.held.js';
import type { GroupEvent } from './group.events.js';
import { membersOn } from './membership.js';

export type DefineGroup = DomainCommand<
  'DefineGroup',
  { key?: string; name: string; members: readonly string[] },
  void
>;
/** It was defined under a wrong name. */
export type CorrectGroup = DomainCommand<'CorrectGroup', { name: string; reason: string }, BegunFacts>;
export type ChangeGroupMembers = DomainCommand<
  'ChangeGroupMembers',
  { members: readonly string[]; reason?: string },
  void
>;
/** Takes back a membership that should never have been recorded. */
export type CancelGroupChange = DomainCommand<'CancelGroupChange', { eventId: string; reason: string }, void>;
/** It should not have been defined. */
export type CancelGroup = DomainCommand<
  'CancelGroup',
  { reason: string },
  BegunFacts & { /** What rests on it, in words: the first few. */ readonly resting: readonly Said[] }
>;
/** Others take over from a member. */
export type HandOverGroup = DomainCommand<'HandOverGroup', HandOver, void>;
export type GroupCommand =
  DefineGroup | CorrectGroup | ChangeGroupMembers | CancelGroupChange | CancelGroup | HandOverGroup;

export const groups: Aggregate<GroupCommand, Group, GroupEvent> = {
  category: 'group',
  decider: { initialState: undefinedGroup, decide, evolve, folding },
};

/** So many members of all memberships, and names, are kept, what was corrected counted in. */
const mostSaid = 5_000;

/** What was recorded by mistake is taken back also where nothing is added. */
function decide(command: GroupCommand, group: Group): DecidedEvent<GroupEvent>[] {
  const events = decided(command, group);
  const takesBack = command.type === 'CancelGroup' || command.type === 'CancelGroupChange';
  return takesBack ? events : whileThereIsRoom(events, saidOf(group), mostSaid);
}

const saidOf = (group: Group): number =>
  group.status === 'undefined'
    ? 0
    : group.memberships.reduce((sum, { members }) => sum + 1 + members.length, group.names.length);

function decided(command: GroupCommand, group: Group): DecidedEvent<GroupEvent>[] {
  if (command.type === 'DefineGroup') return define(command, group);
  if (group.status === 'undefined') throw notDefined();
  if (group.status === 'cancelled') {
    if (command.type === 'CancelGroup') return [];
    throw cancelledAlready({ group: groupNameOf(group) });
  }
  const { id } = command;
  switch (command.type) {
    case 'CorrectGroup':
      if (command.data.name === groupNameOf(group)) return [];
      return [{ type: 'GroupDefinitionCorrected', data: { groupId: id, ...command.data } }];
    case 'ChangeGroupMembers':
      return changeMembers(command, group);
    case 'CancelGroupChange':
      return cancelChange(command, group);
    case 'HandOverGroup':
      return handOver(command, group);
    case 'CancelGroup': {
      const { resting } = command.facts;
      if (resting.length > 0) throw restsOn({ group: groupNameOf(group), resting });
      return [{ type: 'GroupCancelled', data: { groupId: id, ...command.data } }];
    }
  }
}

function define({ data, id }: DefineGroup, group: Group): GroupEvent[] {
  if (group.status === 'defined') throw definedAlready({ group: groupNameOf(group) });
  return [{ type: 'GroupDefined', data: { groupId: id, ...data, members: [...data.members] } }];
}

function changeMembers({ corrects, data, effectiveOn, id }: ChangeGroupMembers, group: GroupRecord): GroupEvent[] {
  const corrected = standing(group.memberships, corrects);
  checkCorrects(corrected, corrects, effectiveOn);
  const members = [...data.members];
  const now = corrected?.members ?? membersOn(group.memberships, effectiveOn);
  if (now.length === members.length && now.every((member, index) => member === members[index])) return [];
  return [{ type: 'GroupMembersChanged', data: { groupId: id, ...data, members } }];
}

/** From the day of the command on, and in each later membership. */
function handOver({ data, effectiveOn, id }: HandOverGroup, group: GroupRecord): DecidedEvent<GroupEvent>[] {
  const { bodyId, reason } = data;
  return membershipsOf(group, bodyId, effectiveOn).map(({ bodies, since }) => ({
    type: 'GroupMembersChanged',
    effectiveOn: since,
    data: { groupId: id, members: handedOver(bodies, data), reason },
  }));
}

/** The members with which it was defined are corrected, or the whole cancelled. */
function cancelChange({ data, id }: CancelGroupChange, group: GroupRecord): GroupEvent[] {
  const { eventId } = data;
  const membership = standing(group.memberships, eventId);
  if (!membership || membership === firstMembership(group)) throw nothingStands({ event: eventId });
  return [{ type: 'GroupChangeCancelled', data: { groupId: id, ...data } }];
}

/** Who it was defined with, as corrected: within its day, what was recorded first comes first. */
const firstMembership = (group: GroupRecord) =>
  group.memberships.find((membership) => stands(membership) && membership.since === definitionOf(group)!.since);

/** The day that a membership to be corrected or taken back begins on; undefined where none stands that the event said. */
export const dayOfMembership = (group: Group, eventId: string | undefined): string | undefined =>
  group.status === 'undefined' ? undefined : standing(group.memberships, eventId)?.since;

const definedAlready = rule('group-defined-once', '{group} is defined already', '{group} är redan definierad');
const notDefined = rule('group-defined', 'The group is not defined', 'Gruppen är inte definierad');
const cancelledAlready = rule(
  'group-not-cancelled',
  'The group {group} was cancelled',
  'Gruppen {group} har tagits tillbaka',
);
const restsOn = rule(
  'nothing-rests-on-group',
  '{group} cannot be cancelled, because of what rests on it: {resting}',
  '{group} kan inte tas tillbaka på grund av det som vilar på den: {resting}',
);
