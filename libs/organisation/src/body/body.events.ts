import Type from 'typebox';
import { defineEvent, field, payload } from '#kernel';
import type { EventOf } from '#kernel';

export const bodyKinds = ['council', 'board', 'company', 'other'] as const;
export type BodyKind = (typeof bodyKinds)[number];

export const bodyRegistered = defineEvent(
  'BodyRegistered',
  payload({ bodyId: field.id, key: Type.Optional(field.code), name: field.text, kind: Type.Enum(bodyKinds) }),
);

export const bodyRenamed = defineEvent('BodyRenamed', payload({ bodyId: field.id, name: field.text }));

export const bodyAliasAdded = defineEvent(
  'BodyAliasAdded',
  payload({ bodyId: field.id, alias: field.text, from: Type.Optional(field.day), to: Type.Optional(field.day) }),
);

export const bodyDissolved = defineEvent(
  'BodyDissolved',
  payload({ bodyId: field.id, successors: Type.Array(field.id), comment: Type.Optional(field.text) }),
);

export const bodyEvents = [bodyRegistered, bodyRenamed, bodyAliasAdded, bodyDissolved];

export type BodyRegistered = EventOf<typeof bodyRegistered>;
export type BodyRenamed = EventOf<typeof bodyRenamed>;
export type BodyAliasAdded = EventOf<typeof bodyAliasAdded>;
export type BodyDissolved = EventOf<typeof bodyDissolved>;
export type BodyEvent = BodyRegistered | BodyRenamed | BodyAliasAdded | BodyDissolved;
