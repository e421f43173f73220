import { decidesOn, DecisionCommand } from '#deciding';
import type { StateLookup } from '#deciding';
import type { Role } from '#kernel';
import { bodies } from '../body/body.decider.js';
import { groups } from './group.decider.js';
import type { ChangeGroupMembers, DefineGroup } from './group.decider.js';

const permitted: readonly Role[] = ['controller', 'administrator'];

export class DefineGroupCommand extends DecisionCommand<DefineGroup> {
  static readonly permitted = permitted;
  static readonly creates = true;
  readonly type = 'DefineGroup';
}

export class ChangeGroupMembersCommand extends DecisionCommand<ChangeGroupMembers> {
  static readonly permitted = permitted;
  readonly type = 'ChangeGroupMembers';
}

export const groupCommandHandlers = [
  decidesOn(DefineGroupCommand, groups, { facts: ({ data }, lookup) => needBodies(data.members, lookup) }),
  decidesOn(ChangeGroupMembersCommand, groups, { facts: ({ data }, lookup) => needBodies(data.members, lookup) }),
];

/** @throws NotFound where a body is not registered */
async function needBodies(ids: readonly string[], lookup: StateLookup): Promise<void> {
  for (const id of ids) await lookup.need(bodies, id);
}
