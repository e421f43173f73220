import Type from 'typebox';
import { defineEvent, field, payload } from '#kernel';
import type { EventOf } from '#kernel';

export const roundOpened = defineEvent(
  'RoundOpened',
  payload({
    roundId: field.id,
    planId: field.id,
    key: Type.Optional(field.code),
    /** april, augusti, bokslut, or the plan's own. */
    kind: field.code,
    label: field.text,
    year: Type.Integer(),
    /** The day that the follow-up speaks of. */
    referenceDate: field.day,
    /** The last day for assessments. */
    deadline: field.day,
    /** The kinds of item that are assessed. */
    scope: Type.Array(field.code),
  }),
);

export const roundEvents = [roundOpened];

export type RoundOpened = EventOf<typeof roundOpened>;
export type RoundEvent = RoundOpened;
