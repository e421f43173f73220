import Type from 'typebox';
import { defineEvent, field, payload } from '#kernel';
import type { EventOf } from '#kernel';

/** What has events with formal decisions behind them, as streams are called. */
export const decidedCategories = [
  'item',
  'plan',
  'round',
  'indicator',
  'scale',
  'body',
  'group',
  'organisation',
] as const;
export type DecidedCategory = (typeof decidedCategories)[number];

const decision = payload({
  bodyId: field.id,
  date: field.day,
  diarienummer: Type.Optional(field.text),
  paragraph: Type.Optional(field.text),
});

/** The formal decision behind an event is another one than was recorded with it. */
export const decisionCorrected = defineEvent(
  'DecisionCorrected',
  payload({
    /** The event whose decision it is. */
    eventId: field.id,
    /** What that event is about. */
    category: Type.Enum(decidedCategories),
    subjectId: field.id,
    /** The plan that it belongs to, where it does to one. */
    planId: Type.Optional(field.id),
    before: decision,
    decided: decision,
    reason: field.text,
  }),
);

export const decisionEvents = [decisionCorrected];

export type DecisionCorrected = EventOf<typeof decisionCorrected>;
export type DecisionEvent = DecisionCorrected;
