import Type from 'typebox';
import { defineEvent, field, payload } from '#kernel';
import type { EventOf, JsonObject } from '#kernel';
import { countsOf, mostBodiesCounted } from './missing-list.js';
import type { Lacking } from './missing-list.js';

const content = {
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
  /** Whether bodies contribute also to items that do not concern them. */
  othersMayContribute: Type.Boolean(),
};

/** As of schema 1 every body might contribute. */
const withSetting = {
  schema: 2,
  upcast: { 1: (data: JsonObject): JsonObject => ({ ...data, othersMayContribute: true }) },
};

const subject = { roundId: field.id, planId: field.id };
const issue = Type.Integer({ minimum: 1 });

/** The days on which it is opened, reminded of and frozen by itself; what is left out is done by hand. */
const schedule = payload({
  opensOn: Type.Optional(field.day),
  remindsOn: Type.Array(field.day),
  freezesOn: Type.Optional(field.day),
});

/** Foreseen, and not open for assessments yet. */
export const roundPlanned = defineEvent('RoundPlanned', payload({ ...content, schedule }), withSetting);

/** Open for assessments. A round that was planned opens with the same content. */
export const roundOpened = defineEvent('RoundOpened', payload(content), withSetting);

/** Its name, its days, its scope, its schedule or who may contribute are others from here on; what is left out stays. */
export const roundAmended = defineEvent(
  'RoundAmended',
  payload({
    ...subject,
    label: Type.Optional(field.text),
    referenceDate: Type.Optional(field.day),
    deadline: Type.Optional(field.day),
    scope: Type.Optional(Type.Array(field.code)),
    othersMayContribute: Type.Optional(Type.Boolean()),
    schedule: Type.Optional(schedule),
    reason: field.text,
  }),
  // As of schema 1 who may contribute was never amended.
  { schema: 2, upcast: { 1: (data: JsonObject): JsonObject => data } },
);

/** It should not have been: nothing more is said in it, and its key, kind and year are free for another. */
export const roundCancelled = defineEvent('RoundCancelled', payload({ ...subject, reason: field.text }));

/** A body may assess for longer than the others, up to a day. */
export const bodyDeadlineExtended = defineEvent(
  'BodyDeadlineExtended',
  payload({ ...subject, bodyId: field.id, deadline: field.day, reason: field.text }),
);

/** The deadline of the round is that of the body again. */
export const bodyExtensionRecalled = defineEvent(
  'BodyExtensionRecalled',
  payload({ ...subject, bodyId: field.id, reason: field.text }),
);

/** A body says that its assessments are complete. */
export const bodyReported = defineEvent(
  'BodyReported',
  payload({ ...subject, bodyId: field.id, comment: Type.Optional(field.text) }),
);

/** A body takes back that it was ready. */
export const bodyReportRecalled = defineEvent(
  'BodyReportRecalled',
  payload({ ...subject, bodyId: field.id, reason: field.text }),
);

/** A body, and the items in scope that it has not assessed. */
const missing = payload({ bodyId: field.id, itemIds: Type.Array(field.id) });

const count = Type.Integer({ minimum: 0 });
const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** What bodies lacked, in numbers (`LackingCounts`). */
const lacking = payload({
  bodies: count,
  items: count,
  byBody: Type.Array(payload({ bodyId: field.id, items: count }), { maxItems: mostBodiesCounted }),
  digest: sha256,
  parts: count,
});

/**
 * The numbers of what was missing, and the list where it is short; a longer one is listed before. As of schema 1 the list
 * always stood in the event.
 */
const counted = { missing: Type.Array(missing), lacking };
const evolution = {
  schema: 2,
  upcast: {
    1: (data: JsonObject): JsonObject => ({
      ...data,
      lacking: { ...countsOf(data['missing'] as unknown as Lacking[]) },
    }),
  },
};

/** A part of a list of what bodies lack (`MissingPart`). The reminder or the freeze that it belongs to comes after it in the same append. */
export const roundMissingListed = defineEvent(
  'RoundMissingListed',
  payload({
    ...subject,
    part: issue,
    of: issue,
    digest: sha256,
    items: Type.Array(field.id),
    bodies: Type.Array(payload({ bodyId: field.id, items: Type.Array(Type.Tuple([count, count])) })),
  }),
);

/** Bodies were told what is missing. */
export const roundReminded = defineEvent('RoundReminded', payload({ ...subject, ...counted }), evolution);

/**
 * The round is frozen: this event's own place in the log bounds the first issue of its snapshot, so that what was
 * recorded after it is late.
 */
export const roundFrozen = defineEvent(
  'RoundFrozen',
  payload({
    ...subject,
    issue,
    /** The version of the rule by which the snapshot is folded. */
    rule: Type.Integer({ minimum: 1 }),
    /** The bodies that were not ready, and what they had not assessed. */
    ...counted,
    /** Why it was frozen all the same. */
    override: Type.Optional(field.text),
  }),
  evolution,
);

/** A new issue of the snapshot after corrections, bounded by this event's place in the log. */
export const snapshotReissued = defineEvent(
  'SnapshotReissued',
  payload({ ...subject, issue, rule: Type.Integer({ minimum: 1 }), replaces: issue, reason: field.text }),
);

/** The snapshot of an issue exists, and has these bytes for ever. */
export const snapshotRecorded = defineEvent(
  'SnapshotRecorded',
  payload({
    ...subject,
    snapshotId: field.id,
    issue,
    rule: Type.Integer({ minimum: 1 }),
    /** SHA-256 of the canonical JSON, in lower-case hexadecimal. */
    sha256,
    /** The length of the canonical JSON in UTF-8. */
    bytes: Type.Integer({ minimum: 1 }),
  }),
);

/** The body that owns the plan has decided on an issue of the snapshot. The formal decision is the event's own. */
export const roundDecided = defineEvent('RoundDecided', payload({ ...subject, issue }));

export const roundEvents = [
  roundPlanned,
  roundOpened,
  roundAmended,
  bodyDeadlineExtended,
  bodyExtensionRecalled,
  bodyReported,
  bodyReportRecalled,
  roundMissingListed,
  roundReminded,
  roundFrozen,
  snapshotReissued,
  snapshotRecorded,
  roundDecided,
  roundCancelled,
];

export type RoundPlanned = EventOf<typeof roundPlanned>;
export type RoundOpened = EventOf<typeof roundOpened>;
export type RoundAmended = EventOf<typeof roundAmended>;
export type RoundCancelled = EventOf<typeof roundCancelled>;
export type BodyDeadlineExtended = EventOf<typeof bodyDeadlineExtended>;
export type BodyExtensionRecalled = EventOf<typeof bodyExtensionRecalled>;
export type BodyReported = EventOf<typeof bodyReported>;
export type BodyReportRecalled = EventOf<typeof bodyReportRecalled>;
export type RoundMissingListed = EventOf<typeof roundMissingListed>;
export type RoundReminded = EventOf<typeof roundReminded>;
export type RoundFrozen = EventOf<typeof roundFrozen>;
export type SnapshotReissued = EventOf<typeof snapshotReissued>;
export type SnapshotRecorded = EventOf<typeof snapshotRecorded>;
export type RoundDecided = EventOf<typeof roundDecided>;
export type RoundEvent =
  | RoundPlanned
  | RoundOpened
  | RoundAmended
  | RoundCancelled
  | BodyDeadlineExtended
  | BodyExtensionRecalled
  | BodyReported
  | BodyReportRecalled
  | RoundMissingListed
  | RoundReminded
  | RoundFrozen
  | SnapshotReissued
  | SnapshotRecorded
  | RoundDecided;
