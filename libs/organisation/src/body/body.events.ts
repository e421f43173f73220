import Type from 'typebox';
import { defineEvent, field, payload } from '#kernel';
import type { EventOf } from '#kernel';

export const bodyKinds = ['council', 'board', 'company', 'other'] as const;
export type BodyKind = (typeof bodyKinds)[number];

const subject = { bodyId: field.id };
const optional = Type.Optional;

export const bodyRegistered = defineEvent(
  'BodyRegistered',
  payload({ ...subject, key: optional(field.code), name: field.text, kind: Type.Enum(bodyKinds) }),
);

/** It was registered under a wrong name, or as another sort of body than it is. Both are told, also what stays. */
export const bodyRegistrationCorrected = defineEvent(
  'BodyRegistrationCorrected',
  payload({ ...subject, name: field.text, kind: Type.Enum(bodyKinds), reason: field.text }),
);

/** A new name from a day on; or, where it names an event that it corrects, the right name of that day. */
export const bodyRenamed = defineEvent(
  'BodyRenamed',
  payload({ ...subject, name: field.text, reason: optional(field.text) }),
);

const alias = { alias: field.text, from: optional(field.day), to: optional(field.day) };

export const bodyAliasAdded = defineEvent('BodyAliasAdded', payload({ ...subject, ...alias }));

/** An alias is another text, or means the body at another time, than was said when it was added. */
export const bodyAliasAmended = defineEvent(
  'BodyAliasAmended',
  payload({ ...subject, aliasId: field.id, ...alias, reason: field.text }),
);

export const bodyDissolved = defineEvent(
  'BodyDissolved',
  payload({ ...subject, successors: Type.Array(field.id), comment: optional(field.text) }),
);

/** What one event said of the body should never have been said. */
export const bodyChangeCancelled = defineEvent(
  'BodyChangeCancelled',
  payload({
    ...subject,
    eventId: field.id,
    change: Type.Enum(['BodyRenamed', 'BodyAliasAdded', 'BodyDissolved']),
    reason: field.text,
  }),
);

/** It should not have been registered: its key and its aliases are free from here on. */
export const bodyCancelled = defineEvent('BodyCancelled', payload({ ...subject, reason: field.text }));

export const bodyEvents = [
  bodyRegistered,
  bodyRegistrationCorrected,
  bodyRenamed,
  bodyAliasAdded,
  bodyAliasAmended,
  bodyDissolved,
  bodyChangeCancelled,
  bodyCancelled,
];

export type BodyRegistered = EventOf<typeof bodyRegistered>;
export type BodyRegistrationCorrected = EventOf<typeof bodyRegistrationCorrected>;
export type BodyRenamed = EventOf<typeof bodyRenamed>;
export type BodyAliasAdded = EventOf<typeof bodyAliasAdded>;
export type BodyAliasAmended = EventOf<typeof bodyAliasAmended>;
export type BodyDissolved = EventOf<typeof bodyDissolved>;
export type BodyChangeCancelled = EventOf<typeof bodyChangeCancelled>;
export type BodyCancelled = EventOf<typeof bodyCancelled>;
export type BodyEvent =
  | BodyRegistered
  | BodyRegistrationCorrected
  | BodyRenamed
  | BodyAliasAdded
  | BodyAliasAmended
  | BodyDissolved
  | BodyChangeCancelled
  | BodyCancelled;
