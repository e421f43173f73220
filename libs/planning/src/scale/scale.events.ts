import Type from 'typebox';
import type { Static } from 'typebox';
import { defineEvent, field, payload } from '#kernel';
import type { EventOf } from '#kernel';

/** One level of a scale. A colour is not a key: several levels may share one. */
export const level = payload({
  code: field.code,
  label: field.text,
  meaning: field.text,
  colour: field.code,
  icon: field.code,
  /** 1 is the best. */
  rank: Type.Integer({ minimum: 1 }),
});
export type Level = Static<typeof level>;

export const scaleDefined = defineEvent(
  'ScaleDefined',
  payload({
    scaleId: field.id,
    key: Type.Optional(field.code),
    name: field.text,
    version: Type.Integer({ minimum: 1 }),
    levels: Type.Array(level),
  }),
);

/** A new version. The older ones go on being what assessments were made on. */
export const scaleRevised = defineEvent(
  'ScaleRevised',
  payload({ scaleId: field.id, version: Type.Integer({ minimum: 2 }), levels: Type.Array(level) }),
);

export const scaleEvents = [scaleDefined, scaleRevised];

export type ScaleDefined = EventOf<typeof scaleDefined>;
export type ScaleRevised = EventOf<typeof scaleRevised>;
export type ScaleEvent = ScaleDefined | ScaleRevised;
