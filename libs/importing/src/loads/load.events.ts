import Type from 'typebox';
import type { Static } from 'typebox';
import { defineEvent, field, payload } from '#kernel';
import type { EventOf } from '#kernel';

const place = Type.Integer({ minimum: 0 });
const count = Type.Integer({ minimum: 0 });
/** The plan that the file is about, where it is about one. */
const plan = { planId: Type.Optional(field.id) };

/** A file begins to be loaded: what is recorded of it from now on bears the load's id as its `correlationId`. */
export const loadBegun = defineEvent(
  'LoadBegun',
  payload({
    loadId: field.id,
    /** SHA-256 of the file's text, in base64url. */
    digest: field.text,
    file: Type.Optional(field.text),
    ...plan,
    commands: count,
    /** Whether it says anew what a load had said that was taken back. */
    anew: Type.Optional(Type.Literal(true)),
  }),
);

/** Events of one stream, from one revision to another, both counted in. */
export const recordedRange = payload({ category: field.code, id: field.id, from: place, to: place });
export type RecordedRange = Static<typeof recordedRange>;

/** Some of what a load recorded: a part of a list that would be too long for the event that counts it. */
export const loadListed = defineEvent(
  'LoadListed',
  payload({ loadId: field.id, part: Type.Integer({ minimum: 1 }), recorded: Type.Array(recordedRange) }),
);

/** All of a file is recorded. What, stands in the event or, of much, in the parts before it. */
export const loadRecorded = defineEvent(
  'LoadRecorded',
  payload({
    loadId: field.id,
    ...plan,
    streams: count,
    events: count,
    /** SHA-256 of the list of ranges as canonical JSON. */
    listDigest: field.text,
    parts: count,
    recorded: Type.Array(recordedRange),
  }),
);

/** A command that takes something back: of what, and where it is a part of that, of which. */
export const takingStep = payload({
  command: field.text,
  id: field.id,
  /** An assessment, or the event that is taken back. */
  about: Type.Optional(field.id),
});
export type TakingStep = Static<typeof takingStep>;

/** What a load recorded is to be taken back, but for what something later rests on. What each stream tells of it follows. */
export const loadTakeBackDecided = defineEvent(
  'LoadTakeBackDecided',
  payload({
    loadId: field.id,
    ...plan,
    takeBackId: field.id,
    reason: field.text,
    steps: Type.Array(takingStep),
    /** How many things and changes stay, because something rests on them or nothing takes such back. */
    kept: count,
    /** Up to where in the log it was found that nothing rests on what is taken back. */
    examined: field.text,
  }),
);

/** A step that could not be carried out any more, and why. */
export const untakenStep = payload({
  step: place,
  code: field.text,
  rule: Type.Optional(field.text),
  told: payload({ en: field.text, sv: field.text }),
});
export type UntakenStep = Static<typeof untakenStep>;

/** What was to be taken back of a load is, but for the steps that are named. */
export const loadTakenBack = defineEvent(
  'LoadTakenBack',
  payload({ loadId: field.id, ...plan, takeBackId: field.id, undone: Type.Array(untakenStep) }),
);

export const loadEvents = [loadBegun, loadListed, loadRecorded, loadTakeBackDecided, loadTakenBack];

export type LoadBegun = EventOf<typeof loadBegun>;
export type LoadListed = EventOf<typeof loadListed>;
export type LoadRecorded = EventOf<typeof loadRecorded>;
export type LoadTakeBackDecided = EventOf<typeof loadTakeBackDecided>;
export type LoadTakenBack = EventOf<typeof loadTakenBack>;
export type LoadEvent = EventOf<(typeof loadEvents)[number]>;
