import Type from 'typebox';
import { defineEvent, field, payload } from '#kernel';
import type { EventOf } from '#kernel';

const subject = { groupId: field.id };

export const groupDefined = defineEvent(
  'GroupDefined',
  payload({ ...subject, key: Type.Optional(field.code), name: field.text, members: Type.Array(field.id) }),
);

/** It was defined under a wrong name. */
export const groupDefinitionCorrected = defineEvent(
  'GroupDefinitionCorrected',
  payload({ ...subject, name: field.text, reason: field.text }),
);

/** The whole membership from the event's `effectiveOn` on; or, where it names an event that it corrects, the right one of that day. */
export const groupMembersChanged = defineEvent(
  'GroupMembersChanged',
  payload({ ...subject, members: Type.Array(field.id), reason: Type.Optional(field.text) }),
);

/** A membership that should never have been recorded. */
export const groupChangeCancelled = defineEvent(
  'GroupChangeCancelled',
  payload({ ...subject, eventId: field.id, reason: field.text }),
);

/** It should not have been defined: its key is free from here on. */
export const groupCancelled = defineEvent('GroupCancelled', payload({ ...subject, reason: field.text }));

export const groupEvents = [
  groupDefined,
  groupDefinitionCorrected,
  groupMembersChanged,
  groupChangeCancelled,
  groupCancelled,
];

export type GroupDefined = EventOf<typeof groupDefined>;
export type GroupDefinitionCorrected = EventOf<typeof groupDefinitionCorrected>;
export type GroupMembersChanged = EventOf<typeof groupMembersChanged>;
export type GroupChangeCancelled = EventOf<typeof groupChangeCancelled>;
export type GroupCancelled = EventOf<typeof groupCancelled>;
export type GroupEvent =
  GroupDefined | GroupDefinitionCorrected | GroupMembersChanged | GroupChangeCancelled | GroupCancelled;
