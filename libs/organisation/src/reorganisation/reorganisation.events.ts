import Type from 'typebox';
import type { Static } from 'typebox';
import { defineEvent, field, payload } from '#kernel';
import type { EventOf } from '#kernel';

/** Nobody takes over; one body does; several do, each of a part. */
export const reorganisationKinds = ['dissolved', 'merged', 'split'] as const;
export type ReorganisationKind = (typeof reorganisationKinds)[number];

/** What a body may have, and what is told of a body. */
export const categories = ['item', 'plan', 'indicator', 'group', 'body'] as const;

/** A command to one thing, as a part of a decision. */
export const reorganisationStep = payload({
  category: Type.Enum(categories),
  id: field.id,
  /** The type of the command, such as `HandOverItem`. */
  command: field.text,
  data: Type.Record(Type.String(), Type.Unknown()),
  /** Where it speaks of another day than the decision. */
  effectiveOn: Type.Optional(field.day),
});
export type ReorganisationStep = Static<typeof reorganisationStep>;

const optional = Type.Optional;
const subject = { organisationId: field.id, reorganisationId: field.id };

/** A body ends, and others take over what it has. It holds all that is to be done, in order; the events of what it had follow. */
export const reorganisationDecided = defineEvent(
  'ReorganisationDecided',
  payload({
    ...subject,
    kind: Type.Enum(reorganisationKinds),
    bodyId: field.id,
    successors: Type.Array(field.id),
    comment: optional(field.text),
    steps: Type.Array(reorganisationStep),
  }),
);

/** A reorganisation should not have been decided: everything that it led to is taken back. It is one itself. */
export const reorganisationRevoked = defineEvent(
  'ReorganisationRevoked',
  payload({ ...subject, revokes: field.id, reason: field.text, steps: Type.Array(reorganisationStep) }),
);

/** A step that could not be carried out any more, and why. */
export const undoneStep = payload({
  /** Its place among the steps, from 0. */
  step: Type.Integer({ minimum: 0 }),
  /** The code of the problem, and the rule where a rule stood in the way. */
  code: field.text,
  rule: optional(field.text),
  /** The same in words, by language. */
  told: payload({ en: field.text, sv: field.text }),
});

export type UndoneStep = Static<typeof undoneStep>;

/** Every step was carried out, but for those that are named. */
export const reorganisationCarriedOut = defineEvent(
  'ReorganisationCarriedOut',
  payload({ ...subject, undone: Type.Array(undoneStep) }),
);

export const reorganisationEvents = [reorganisationDecided, reorganisationRevoked, reorganisationCarriedOut];

export type ReorganisationDecided = EventOf<typeof reorganisationDecided>;
export type ReorganisationRevoked = EventOf<typeof reorganisationRevoked>;
export type ReorganisationCarriedOut = EventOf<typeof reorganisationCarriedOut>;
export type ReorganisationEvent = ReorganisationDecided | ReorganisationRevoked | ReorganisationCarriedOut;
