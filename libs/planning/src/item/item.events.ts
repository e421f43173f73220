import Type from 'typebox';
import type { Static, TSchema } from 'typebox';
import { defineEvent, field, kind, payload } from '#kernel';
import type { EventOf } from '#kernel';

const optional = Type.Optional;

/** What every event of an item says: which one, and of which plan. */
const subject = { itemId: field.id, planId: field.id };

/** Whom an item concerns (berörda): bodies one by one, or a group whose members are looked up as of a day. */
export const concerned = Type.Union([
  payload({ bodies: Type.Array(field.id), asPrinted: optional(field.text) }),
  payload({ groupId: field.id, asPrinted: optional(field.text) }),
]);
export type Concerned = Static<typeof concerned>;

/** What an assessment rests on. */
export const evidence = Type.Union([
  payload({ itemId: field.id }),
  payload({ indicatorId: field.id }),
  payload({ note: field.text }),
]);
export type Evidence = Static<typeof evidence>;

/** What documents tell of an item beside what it is: its numbers elsewhere, who gave it, and who acts through whom. */
export const itemParticulars = {
  /** Numbers that it has in other documents, such as an appendix. */
  otherNumbers: optional(Type.Array(payload({ number: field.text, where: field.text }), { minItems: 1 })),
  /** Who gave it, the day or the year of that, and its number there, such as `2021:8`. */
  given: optional(
    payload({
      bodyId: field.id,
      on: optional(Type.String({ pattern: kind.dayOrYear.schema.pattern! })),
      reference: optional(field.text),
    }),
  ),
  /** Responsible bodies that act through others. */
  acting: optional(
    Type.Array(payload({ bodyId: field.id, through: Type.Array(field.id, { minItems: 1 }) }), { minItems: 1 }),
  ),
};

export const itemAdopted = defineEvent(
  'ItemAdopted',
  payload({
    ...subject,
    key: optional(field.code),
    kind: field.code,
    number: optional(field.text),
    title: field.text,
    text: optional(field.text),
    /** The items it lies under, the first one first. */
    parents: Type.Array(field.id),
    concerned: optional(concerned),
    /** The responsible bodies (ansvariga). */
    responsible: Type.Array(field.id),
    /** Codes of the plan's related documents (styrdokument). */
    documents: Type.Array(field.code),
    /** Förväntade effekter. */
    expectedEffects: Type.Array(field.text),
    ...itemParticulars,
  }),
);

/** How the document itself calls a revision, kept beside what it was. */
const printedLabel = optional(field.text);

/** Holds what was changed. */
export const itemReworded = defineEvent(
  'ItemReworded',
  payload({
    ...subject,
    title: optional(field.text),
    text: optional(field.text),
    expectedEffects: optional(Type.Array(field.text)),
    documents: optional(Type.Array(field.code)),
    printedLabel,
    reason: optional(field.text),
  }),
);

/** Without a number, the item has none from now on. */
export const itemRenumbered = defineEvent(
  'ItemRenumbered',
  payload({ ...subject, number: optional(field.text), printedLabel, reason: optional(field.text) }),
);

export const itemMoved = defineEvent(
  'ItemMoved',
  payload({ ...subject, parents: Type.Array(field.id), printedLabel, reason: optional(field.text) }),
);

/** Without `concerned`, nobody is named any longer. */
export const itemConcernedChanged = defineEvent(
  'ItemConcernedChanged',
  payload({ ...subject, concerned: optional(concerned), reason: optional(field.text) }),
);

export const itemResponsibleChanged = defineEvent(
  'ItemResponsibleChanged',
  payload({ ...subject, responsible: Type.Array(field.id), reason: optional(field.text) }),
);

/** Kept through a revision as it was. */
export const itemRetained = defineEvent(
  'ItemRetained',
  payload({ ...subject, comment: optional(field.text), printedLabel }),
);

export const itemCompleted = defineEvent(
  'ItemCompleted',
  payload({ ...subject, comment: optional(field.text), printedLabel }),
);

export const discontinuationReasons = [
  'core-work',
  'outside-control',
  'became-activity',
  'merged',
  'replaced',
  'decided',
  'other',
] as const;
export type DiscontinuationReason = (typeof discontinuationReasons)[number];

export const itemDiscontinued = defineEvent(
  'ItemDiscontinued',
  payload({ ...subject, reason: Type.Enum(discontinuationReasons), comment: field.text, printedLabel }),
);

export const successionKinds = ['kept', 'renumbered', 'reworded', 'merged', 'split', 'replaced', 'continues'] as const;
export type SuccessionKind = (typeof successionKinds)[number];

/** Recorded on the older item. Many to many, also between plans. */
export const itemSucceeded = defineEvent(
  'ItemSucceeded',
  payload({
    ...subject,
    successorId: field.id,
    successorPlanId: field.id,
    kind: Type.Enum(successionKinds),
    /** Whether the link is a reading, not stated by a document. */
    inferred: Type.Boolean(),
    comment: optional(field.text),
    printedLabel,
  }),
);

/**
 * It is what a body does about an item of another plan, mostly the council's: recorded on the one that answers. No succession; both
 * are in force beside each other.
 */
export const itemAnswerDeclared = defineEvent(
  'ItemAnswerDeclared',
  payload({
    ...subject,
    answersId: field.id,
    answersPlanId: field.id,
    /** Whether the link is a reading, not stated by a document. */
    inferred: Type.Boolean(),
    comment: optional(field.text),
  }),
);

/** Rests from the day that it speaks of, up to a later one on which it goes on without another event. */
export const itemHeld = defineEvent('ItemHeld', payload({ ...subject, until: field.day, reason: field.text }));

/** Goes on before the day that was set. */
export const itemResumed = defineEvent('ItemResumed', payload({ ...subject, comment: optional(field.text) }));

/** What is taken back by an event of its own; an assessment is withdrawn. */
export const retractableTypes = [
  'ItemReworded',
  'ItemRenumbered',
  'ItemMoved',
  'ItemConcernedChanged',
  'ItemResponsibleChanged',
  'ItemRetained',
  'ItemCompleted',
  'ItemDiscontinued',
  'ItemSucceeded',
  'ItemAnswerDeclared',
  'ItemHeld',
  'ItemResumed',
] as const;
export type RetractableType = (typeof retractableTypes)[number];

/** What holds again of a property, the day from which it has, and how many days after that it was said. */
const restored = <Value extends TSchema>(value: Value) =>
  optional(payload({ value, since: field.day, said: optional(Type.Integer()) }));
const orNone = <Value extends TSchema>(value: Value) => Type.Union([value, Type.Null()]);

/**
 * Takes back a revision with those that it corrected, from the day that it spoke of. It says itself what holds again, so that
 * no fold needs to look back: which event it takes back, `corrects` says.
 */
export const itemRevisionRetracted = defineEvent(
  'ItemRevisionRetracted',
  payload({
    ...subject,
    retracted: Type.Enum(retractableTypes),
    /** Where they stand in the item's stream. */
    revisions: Type.Array(Type.Integer({ minimum: 0 })),
    /** Of each property that nothing else has been said of on that day since: as it was before. */
    restores: payload({
      number: restored(orNone(field.text)),
      title: restored(field.text),
      text: restored(orNone(field.text)),
      parents: restored(Type.Array(field.id)),
      concerned: restored(orNone(concerned)),
      responsible: restored(Type.Array(field.id)),
      documents: restored(Type.Array(field.code)),
      expectedEffects: restored(Type.Array(field.text)),
      lifecycle: restored(
        payload({
          state: Type.Enum(['active', 'retained', 'completed', 'discontinued'] as const),
          reason: optional(Type.Enum(discontinuationReasons)),
          comment: optional(field.text),
          printedLabel,
        }),
      ),
      hold: restored(orNone(payload({ until: field.day, reason: field.text }))),
    }),
    /** The link that is gone, where it was one. */
    successor: optional(payload({ itemId: field.id, kind: Type.Enum(successionKinds) })),
    reason: field.text,
  }),
);

/**
 * It should never have been adopted: of no day is anything of it told, and its number is free. It names the adoption
 * (`corrects`) and speaks of the day of that. The same item may be adopted anew.
 */
export const itemCancelled = defineEvent('ItemCancelled', payload({ ...subject, reason: field.text }));

/** The plan owner's assessment is the item's status; that of another body is a contribution to it. */
export const capacities = ['owner', 'contribution'] as const;
export type Capacity = (typeof capacities)[number];

const scale = payload({ scaleId: field.id, version: Type.Integer({ minimum: 1 }) });

export const itemAssessed = defineEvent(
  'ItemAssessed',
  payload({
    ...subject,
    assessmentId: field.id,
    roundId: field.id,
    bodyId: field.id,
    capacity: Type.Enum(capacities),
    scale,
    level: field.code,
    motivation: field.text,
    evidence: Type.Array(evidence),
  }),
);

const assessment = {
  ...subject,
  assessmentId: field.id,
  roundId: field.id,
  bodyId: field.id,
  capacity: Type.Enum(capacities),
};

/** Holds what the assessment should have said, each part whole. */
export const assessmentCorrected = defineEvent(
  'AssessmentCorrected',
  payload({
    ...assessment,
    level: field.code,
    motivation: field.text,
    evidence: Type.Array(evidence),
    reason: field.text,
  }),
);

export const assessmentWithdrawn = defineEvent('AssessmentWithdrawn', payload({ ...assessment, reason: field.text }));

/** A withdrawal is taken back: the assessment stands again, as it was last corrected. */
export const assessmentReinstated = defineEvent(
  'AssessmentReinstated',
  payload({
    ...assessment,
    scale,
    level: field.code,
    motivation: field.text,
    evidence: Type.Array(evidence),
    reason: field.text,
  }),
);

export const itemEvents = [
  itemAdopted,
  itemReworded,
  itemRenumbered,
  itemMoved,
  itemConcernedChanged,
  itemResponsibleChanged,
  itemRetained,
  itemCompleted,
  itemDiscontinued,
  itemSucceeded,
  itemAnswerDeclared,
  itemHeld,
  itemResumed,
  itemRevisionRetracted,
  itemCancelled,
  itemAssessed,
  assessmentCorrected,
  assessmentWithdrawn,
  assessmentReinstated,
];

export type ItemAdopted = EventOf<typeof itemAdopted>;
export type ItemReworded = EventOf<typeof itemReworded>;
export type ItemRenumbered = EventOf<typeof itemRenumbered>;
export type ItemMoved = EventOf<typeof itemMoved>;
export type ItemConcernedChanged = EventOf<typeof itemConcernedChanged>;
export type ItemResponsibleChanged = EventOf<typeof itemResponsibleChanged>;
export type ItemRetained = EventOf<typeof itemRetained>;
export type ItemCompleted = EventOf<typeof itemCompleted>;
export type ItemDiscontinued = EventOf<typeof itemDiscontinued>;
export type ItemSucceeded = EventOf<typeof itemSucceeded>;
export type ItemAnswerDeclared = EventOf<typeof itemAnswerDeclared>;
export type ItemHeld = EventOf<typeof itemHeld>;
export type ItemResumed = EventOf<typeof itemResumed>;
export type ItemRevisionRetracted = EventOf<typeof itemRevisionRetracted>;
export type ItemCancelled = EventOf<typeof itemCancelled>;
export type ItemAssessed = EventOf<typeof itemAssessed>;
export type AssessmentCorrected = EventOf<typeof assessmentCorrected>;
export type AssessmentWithdrawn = EventOf<typeof assessmentWithdrawn>;
export type AssessmentReinstated = EventOf<typeof assessmentReinstated>;
export type ItemEvent = EventOf<(typeof itemEvents)[number]>;
