import Type from 'typebox';
import { defineEvent, field, payload } from '#kernel';
import type { EventOf } from '#kernel';

/**
 * Somebody has accepted that the log is another one than before. It is the first event that this installation records in
 * it; who and when stand in the metadata.
 */
export const logAccepted = defineEvent(
  'LogAccepted',
  payload({
    reason: field.text,
    /** What was known of the log before and is not in this one: the newest such event, or its position alone. */
    lost: payload({
      position: field.text,
      eventId: Type.Optional(field.id),
      stream: Type.Optional(field.text),
      revision: Type.Optional(Type.Integer({ minimum: 0 })),
    }),
    /** Where this log ended when it was accepted. */
    end: field.text,
  }),
);

export type LogAccepted = EventOf<typeof logAccepted>;

/** What a log may hold of itself. */
export const logEvents = [logAccepted];
