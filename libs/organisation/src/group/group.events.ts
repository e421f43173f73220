import Type from 'typebox';
import { defineEvent, field, payload } from '#kernel';
import type { EventOf } from '#kernel';

export const groupDefined = defineEvent(
  'GroupDefined',
  payload({ groupId: field.id, key: Type.Optional(field.code), name: field.text, members: Type.Array(field.id) }),
);

/** The whole membership from the event's `effectiveOn` on. */
export const groupMembersChanged = defineEvent(
  'GroupMembersChanged',
  payload({ groupId: field.id, members: Type.Array(field.id) }),
);

export const groupEvents = [groupDefined, groupMembersChanged];

export type GroupDefined = EventOf<typeof groupDefined>;
export type GroupMembersChanged = EventOf<typeof groupMembersChanged>;
export type GroupEvent = GroupDefined | GroupMembersChanged;
