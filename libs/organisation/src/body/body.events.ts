import Type from 'typebox';
import { defineEvent } from '#kernel';
import type { EventOf } from '#kernel';

const closed = { additionalProperties: false };
const bodyId = Type.String();

export const bodyKinds = ['council', 'board', 'company', 'other'] as const;
export type BodyKind = (typeof bodyKinds)[number];

export const bodyRegistered = defineEvent(
  'BodyRegistered',
  Type.Object({ bodyId, key: Type.Optional(Type.String()), name: Type.String(), kind: Type.Enum(bodyKinds) }, closed),
);

export const bodyRenamed = defineEvent('BodyRenamed', Type.Object({ bodyId, name: Type.String() }, closed));

export const bodyAliasAdded = defineEvent(
  'BodyAliasAdded',
  Type.Object(
    { bodyId, alias: Type.String(), from: Type.Optional(Type.String()), to: Type.Optional(Type.String()) },
    closed,
  ),
);

export const bodyDissolved = defineEvent(
  'BodyDissolved',
  Type.Object({ bodyId, successors: Type.Array(Type.String()), comment: Type.Optional(Type.String()) }, closed),
);

export const bodyEvents = [bodyRegistered, bodyRenamed, bodyAliasAdded, bodyDissolved];

export type BodyRegistered = EventOf<typeof bodyRegistered>;
export type BodyRenamed = EventOf<typeof bodyRenamed>;
export type BodyAliasAdded = EventOf<typeof bodyAliasAdded>;
export type BodyDissolved = EventOf<typeof bodyDissolved>;
export type BodyEvent = BodyRegistered | BodyRenamed | BodyAliasAdded | BodyDissolved;
