import Type from 'typebox';
import { defineEvent, field, payload } from '#kernel';
import type { EventOf } from '#kernel';

/** Somebody has let a projection leave out an event that it could not take. Who and when stand in the metadata. */
export const projectionEventSkipped = defineEvent(
  'ProjectionEventSkipped',
  payload({
    projection: field.code,
    /** The version of the projection that could not take it. */
    version: Type.Integer({ minimum: 1 }),
    /** Where the event stands in the log. */
    position: field.text,
    eventId: field.id,
    eventType: field.text,
    /** What stood in the way. */
    error: field.text,
    reason: field.text,
  }),
);

/** Somebody has let documents be made anew from a log that is damaged. Who and when stand in the metadata. */
export const projectionRebuiltDespiteDamage = defineEvent(
  'ProjectionRebuiltDespiteDamage',
  payload({ projection: field.code, reason: field.text }),
);

export type ProjectionEventSkipped = EventOf<typeof projectionEventSkipped>;
export type ProjectionEvent = ProjectionEventSkipped | EventOf<typeof projectionRebuiltDespiteDamage>;

/** What the log may hold of projections themselves. */
export const projectionEvents = [projectionEventSkipped, projectionRebuiltDespiteDamage];
