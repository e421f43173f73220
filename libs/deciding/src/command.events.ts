import Type from 'typebox';
import { defineEvent, field, payload } from '#kernel';
import type { EventOf } from '#kernel';

/**
 * A command that may come again was found to change nothing. It stands among the events of the aggregate, whose order so
 * settles which answer came first; it says nothing of the aggregate itself, and no ETag moves.
 */
export const commandChangedNothing = defineEvent(
  'CommandChangedNothing',
  payload({
    /** The aggregate that it was put to. */
    aggregateId: field.id,
    /** The revision of the newest event that had changed the aggregate. */
    revision: Type.Integer({ minimum: 0 }),
  }),
);

export type CommandChangedNothing = EventOf<typeof commandChangedNothing>;
