import { decidesOn, DecisionCommand, Resting } from '#deciding';
import type { StateLookup } from '#deciding';
import { NotFound } from '#kernel';
import type { Role } from '#kernel';
import { needBody } from '../body/body.commands.js';
import { aboutEvent, aboutItsBeginning } from '../correcting.js';
import { definitionOf } from './group.js';
import type { Group } from './group.js';
import type { GroupEvent } from './group.events.js';
import { dayOfMembership, groups } from './group.decider.js';
import type {
  CancelGroup,
  CancelGroupChange,
  ChangeGroupMembers,
  CorrectGroup,
  DefineGroup,
  HandOverGroup,
} from './group.decider.js';

const permitted: readonly Role[] = ['controller', 'administrator'];

export class DefineGroupCommand extends DecisionCommand<DefineGroup> {
  static readonly permitted = permitted;
  static readonly creates = true;
  readonly type = 'DefineGroup';
}

export class CorrectGroupCommand extends DecisionCommand<CorrectGroup> {
  static readonly permitted = permitted;
  readonly type = 'CorrectGroup';
}

export class ChangeGroupMembersCommand extends DecisionCommand<ChangeGroupMembers> {
  static readonly permitted = permitted;
  readonly type = 'ChangeGroupMembers';
}

export class CancelGroupChangeCommand extends DecisionCommand<CancelGroupChange> {
  static readonly permitted = permitted;
  readonly type = 'CancelGroupChange';
}

export class CancelGroupCommand extends DecisionCommand<CancelGroup> {
  static readonly permitted = permitted;
  readonly type = 'CancelGroup';
}

/** A part of a reorganisation; no route takes it. */
export class HandOverGroupCommand extends DecisionCommand<HandOverGroup> {
  static readonly permitted = permitted;
  readonly type = 'HandOverGroup';
}

export const groupCommandHandlers = [
  decidesOn(DefineGroupCommand, groups, { facts: ({ data }, lookup) => needBodies(data.members, lookup) }),
  decidesOn(CorrectGroupCommand, groups, {
    ...aboutItsBeginning,
    facts: (_asked, _lookup, group) => Promise.resolve({ begun: definitionOf(group) }),
  }),
  decidesOn<ChangeGroupMembers, Group, GroupEvent, string | undefined>(ChangeGroupMembersCommand, groups, {
    about: (_data, _lookup, corrects) => Promise.resolve(corrects),
    facts: ({ data }, lookup) => needBodies(data.members, lookup),
    effectiveOn: (_facts, group, _data, corrects) => dayOfMembership(group, corrects),
    corrects: (_facts, corrects) => corrects,
  }),
  decidesOn(CancelGroupChangeCommand, groups, {
    ...aboutEvent<CancelGroupChange['data']>(({ eventId }) => eventId),
    effectiveOn: (_facts, group, { eventId }) => dayOfMembership(group, eventId),
  }),
  decidesOn(HandOverGroupCommand, groups, { facts: ({ data }, lookup) => needBodies(data.successors, lookup) }),
  decidesOn(CancelGroupCommand, groups, {
    ...aboutItsBeginning,
    facts: async ({ context: { examined, tenant }, id }, lookup, group) => ({
      begun: definitionOf(group),
      resting: await lookup.reader(Resting).on({ tenant, category: groups.category, id }, examined),
    }),
  }),
];

/** @throws NotFound where a body is not registered */
async function needBodies(ids: readonly string[], lookup: StateLookup): Promise<void> {
  for (const id of ids) await needBody(id, lookup);
}

/** @throws NotFound where there is no such group, or it was cancelled */
export async function needGroup(id: string, lookup: StateLookup): Promise<void> {
  if ((await lookup.need(groups, id)).status !== 'defined') throw new NotFound(groups.category, id);
}
