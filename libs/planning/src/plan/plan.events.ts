import Type from 'typebox';
import type { Static } from 'typebox';
import { defineEvent, field, kind, payload } from '#kernel';
import type { EventOf } from '#kernel';
import { revisionEvents } from '../revision/revision.events.js';
import type { RevisionEvent } from '../revision/revision.events.js';

/** A document may leave out when it begins, or hold until further notice. */
const validity = payload({ from: Type.Optional(field.day), to: Type.Optional(field.day) });

/** Levels differ between municipalities: the kinds of item, their labels, order and nesting are data of the plan. */
export const itemKind = payload({
  code: field.code,
  label: field.text,
  plural: field.text,
  order: Type.Integer({ minimum: 1 }),
  /** The kinds that such an item may lie under; empty for the topmost. */
  parents: Type.Array(field.code),
});
export type ItemKind = Static<typeof itemKind>;

/** A governing document (styrdokument). */
export const relatedDocument = payload({
  /** Names it within the plan. */
  code: field.code,
  title: field.text,
  printedTitle: Type.Optional(field.text),
  validity: Type.Optional(payload({ from: Type.Optional(field.day), to: Type.Optional(field.day) })),
  note: Type.Optional(field.text),
});
export type RelatedDocument = Static<typeof relatedDocument>;

/** A round that the plan foresees: data of the plan, from which rounds are opened. What the plan does not tell is left out. */
export const occasion = payload({
  kind: field.code,
  label: field.text,
  /** Left out of what recurs. */
  year: Type.Optional(Type.Integer()),
  /** Of what recurs each year: its month, from 1 on, where that is told. */
  recurs: Type.Optional(
    payload({ each: Type.Literal('year'), month: Type.Optional(Type.Integer({ minimum: 1, maximum: 12 })) }),
  ),
  /** ISO month, where no day is told. */
  month: Type.Optional(Type.String({ pattern: kind.month.schema.pattern! })),
  referenceDate: Type.Optional(field.day),
  deadline: Type.Optional(field.day),
  meeting: Type.Optional(field.text),
  scope: Type.Array(field.code),
  note: Type.Optional(field.text),
});
export type Occasion = Static<typeof occasion>;

const content = {
  title: field.text,
  owner: payload({ bodyId: field.id, role: Type.Optional(field.text) }),
  validity,
  /** Left out where the plan names none: nothing in it is assessed until it has one. */
  scale: Type.Optional(payload({ scaleId: field.id, version: Type.Integer({ minimum: 1 }) })),
  kinds: Type.Array(itemKind),
  documents: Type.Array(relatedDocument),
  calendar: Type.Array(occasion),
};

export const planAdopted = defineEvent(
  'PlanAdopted',
  payload({ planId: field.id, key: Type.Optional(field.code), ...content }),
);

/** Holds what was changed, each property whole. */
export const planAmended = defineEvent(
  'PlanAmended',
  payload({
    planId: field.id,
    title: Type.Optional(content.title),
    owner: Type.Optional(content.owner),
    validity: Type.Optional(content.validity),
    scale: Type.Optional(content.scale),
    kinds: Type.Optional(content.kinds),
    documents: Type.Optional(content.documents),
    calendar: Type.Optional(content.calendar),
  }),
);

/**
 * It should never have been adopted: of no day is anything of it told. It names the adoption (`corrects`) and speaks of the
 * day of that. The same plan may be adopted anew.
 */
export const planCancelled = defineEvent('PlanCancelled', payload({ planId: field.id, reason: field.text }));

export const planEvents = [planAdopted, planAmended, planCancelled, ...revisionEvents];

export type PlanAdopted = EventOf<typeof planAdopted>;
/** What a plan consists of. */
export type PlanContent = Omit<PlanAdopted['data'], 'planId' | 'key'>;
export type PlanAmended = EventOf<typeof planAmended>;
export type PlanCancelled = EventOf<typeof planCancelled>;
export type PlanEvent = PlanAdopted | PlanAmended | PlanCancelled | RevisionEvent;
