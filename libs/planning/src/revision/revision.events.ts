import Type from 'typebox';
import type { Static } from 'typebox';
import { defineEvent, field, payload } from '#kernel';
import type { EventOf } from '#kernel';

/** A command to an item, as a part of a decision: what it asks for, as its own request says it. */
export const revisionStep = payload({
  itemId: field.id,
  /** The type of the command, such as `RenumberItem`. */
  command: field.text,
  data: Type.Record(Type.String(), Type.Unknown()),
  /** Where it speaks of another day than the decision. */
  effectiveOn: Type.Optional(field.day),
});
export type RevisionStep = Static<typeof revisionStep>;

/** Many items of a plan are revised by one decision. It holds all that is to be done, in order; the events of the items follow. */
export const revisionDecided = defineEvent(
  'RevisionDecided',
  payload({
    planId: field.id,
    revisionId: field.id,
    comment: Type.Optional(field.text),
    steps: Type.Array(revisionStep),
  }),
);

/** A step that could not be carried out any more, and why. */
export const undoneStep = payload({
  /** Its place among the steps, from 0. */
  step: Type.Integer({ minimum: 0 }),
  itemId: field.id,
  /** The code of the problem, and the rule where a rule stood in the way. */
  code: field.text,
  rule: Type.Optional(field.text),
  /** The same in words, by language. */
  told: payload({ en: field.text, sv: field.text }),
});
export type UndoneStep = Static<typeof undoneStep>;

/** Every step of a revision was carried out, but for those that are named. */
export const revisionCarriedOut = defineEvent(
  'RevisionCarriedOut',
  payload({ planId: field.id, revisionId: field.id, undone: Type.Array(undoneStep) }),
);

export const revisionEvents = [revisionDecided, revisionCarriedOut];

export type RevisionDecided = EventOf<typeof revisionDecided>;
export type RevisionCarriedOut = EventOf<typeof revisionCarriedOut>;
export type RevisionEvent = RevisionDecided | RevisionCarriedOut;
