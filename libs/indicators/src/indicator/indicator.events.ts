import Type from 'typebox';
import type { Static } from 'typebox';
import { defineEvent, field, gapReasons, kind, payload } from '#kernel';
import type { EventOf } from '#kernel';

const optional = Type.Optional;
const subject = { indicatorId: field.id, planId: field.id };

/** Öka, Minska, Behåll. */
export const directions = ['increase', 'decrease', 'maintain'] as const;
export type Direction = (typeof directions)[number];

/** The bounds of what a quotient is told in: up to per million, and as many decimals as anybody reads. */
export const [highestFactor, mostDecimals] = [1_000_000, 6];

/** A value as recorded, or why there is none. */
export const cell = Type.Union([
  payload({
    value: field.decimal,
    /** As the document prints it, where it prints it otherwise: `5 787 (okt)`. */
    asPrinted: optional(field.text),
    /** The month up to which a provisional value speaks, as YYYY-MM. */
    provisionalAsOf: optional(Type.String({ pattern: '^[0-9]{4}-[0-9]{2}$' })),
  }),
  payload({
    gap: Type.Enum(gapReasons),
    /** The sign that the document prints, where it prints one: `..`. */
    asPrinted: optional(field.text),
  }),
]);
export type Cell = Static<typeof cell>;

/** What an indicator is the quotient of: `numerator × factor ÷ denominator`, a half rounded away from zero. */
export const derivation = payload({
  /** The indicator above. */
  numerator: field.id,
  /** The indicator below. */
  denominator: field.id,
  /** Such as 100 for a share in percent. */
  factor: Type.Integer({ minimum: 1, maximum: highestFactor }),
  /** How many decimals it is told with. */
  decimals: Type.Integer({ minimum: 0, maximum: mostDecimals }),
});
export type Derivation = Static<typeof derivation>;

const definition = {
  name: field.text,
  /** The body that follows it. */
  ownerId: field.id,
  measure: payload({
    /** Such as procent or besök. */
    unit: field.text,
    /** How the value arises, such as count, share or annual-mean. Only a count adds up over the sexes. */
    kind: field.code,
  }),
  direction: Type.Enum(directions),
  source: field.text,
  /** Whether it is shown for women and men under the total. */
  splitBySex: Type.Boolean(),
  /** The value it is compared with, as printed. */
  comparison: optional(field.text),
  /** Where it is computed from two others. Left out by events of before. */
  derived: optional(derivation),
  /** The items that list it. */
  itemIds: Type.Array(field.id),
};

export const indicatorDefined = defineEvent(
  'IndicatorDefined',
  payload({ ...subject, key: optional(field.code), ...definition }),
);

/** Holds the whole definition from now on; of a correction, the whole of the version that it corrects, under the same number. */
export const indicatorRedefined = defineEvent(
  'IndicatorRedefined',
  payload({
    ...subject,
    ...definition,
    reason: field.text,
    /** Of the definition; the first has none but where it is corrected. Events of before versions were numbered say none, and count on. */
    version: optional(Type.Integer({ minimum: 1 })),
    /** Whether values of before are not to be compared with those after, though unit and kind of measure are the same. */
    breaksSeries: optional(Type.Literal(true)),
  }),
);

/** The total and the two sexes. A column that is left out is not spoken of. */
const observation = { total: optional(cell), women: optional(cell), men: optional(cell) };
/** The version of the definition that is meant. Left out by events of before: the one in force at their place in the stream. */
const meant = { definition: optional(Type.Integer({ minimum: 1 })) };
const period = Type.String({ pattern: kind.period.schema.pattern! });

export const valueRecorded = defineEvent(
  'IndicatorValueRecorded',
  payload({ ...subject, period, ...observation, ...meant }),
);

/** Holds what was corrected, each column whole. */
export const valueCorrected = defineEvent(
  'IndicatorValueCorrected',
  payload({ ...subject, period, ...observation, ...meant, reason: field.text }),
);

/** A direction, or a threshold with a deadline. */
export const target = Type.Union([
  payload({ direction: Type.Enum(directions) }),
  payload({ atMost: field.decimal, by: field.day }),
  payload({ atLeast: field.decimal, by: field.day }),
]);
export type Target = Static<typeof target>;

export const targetSet = defineEvent(
  'IndicatorTargetSet',
  payload({ ...subject, target, ...meant, comment: optional(field.text) }),
);

export const indicatorRetired = defineEvent('IndicatorRetired', payload({ ...subject, reason: field.text }));

/** It goes on being followed: it should not have been retired. */
export const indicatorRetirementCancelled = defineEvent(
  'IndicatorRetirementCancelled',
  payload({ ...subject, reason: field.text }),
);

/** What takes back alone what an event said of an indicator. */
export const cancellableChanges = ['IndicatorValueRecorded', 'IndicatorRedefined', 'IndicatorTargetSet'] as const;

/**
 * A value, a definition or a target should not have been recorded: it is gone with its corrections, and the event that it names
 * (`eventId`) is the newest that said it, of a value the one that recorded it.
 */
export const indicatorChangeCancelled = defineEvent(
  'IndicatorChangeCancelled',
  payload({
    ...subject,
    eventId: field.id,
    change: Type.Enum(cancellableChanges),
    /** Of a value. */
    period: optional(period),
    reason: field.text,
  }),
);

/** It should not have been defined: its key is free from here on. */
export const indicatorCancelled = defineEvent('IndicatorCancelled', payload({ ...subject, reason: field.text }));

export const indicatorEvents = [
  indicatorDefined,
  indicatorRedefined,
  valueRecorded,
  valueCorrected,
  targetSet,
  indicatorRetired,
  indicatorRetirementCancelled,
  indicatorChangeCancelled,
  indicatorCancelled,
];

export type IndicatorDefined = EventOf<typeof indicatorDefined>;
export type IndicatorRedefined = EventOf<typeof indicatorRedefined>;
export type IndicatorValueRecorded = EventOf<typeof valueRecorded>;
export type IndicatorValueCorrected = EventOf<typeof valueCorrected>;
export type IndicatorTargetSet = EventOf<typeof targetSet>;
export type IndicatorRetired = EventOf<typeof indicatorRetired>;
export type IndicatorRetirementCancelled = EventOf<typeof indicatorRetirementCancelled>;
export type IndicatorChangeCancelled = EventOf<typeof indicatorChangeCancelled>;
export type IndicatorCancelled = EventOf<typeof indicatorCancelled>;
export type IndicatorEvent =
  | IndicatorDefined
  | IndicatorRedefined
  | IndicatorValueRecorded
  | IndicatorValueCorrected
  | IndicatorTargetSet
  | IndicatorRetired
  | IndicatorRetirementCancelled
  | IndicatorChangeCancelled
  | IndicatorCancelled;
