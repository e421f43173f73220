import type { Document } from '#document-store';
import { comesAfter, placeAfter, placeOf, provenanceOf, saidOn, swedishSortKey } from '#kernel';
import type { Place, Provenance, RecordedEvent, Role, Writable } from '#kernel';
import { untilAfter } from '#projecting';
import type { Projection, Until } from '#projecting';
import { nextVersion, withVersion } from '../../definitions.js';
import type { Definition, ToldVersion } from '../../definitions.js';
import { columnsIn, meantBy } from '../../indicator.decider.js';
import type { Meant, Observation } from '../../indicator.decider.js';
import type {
  IndicatorChangeCancelled,
  IndicatorDefined,
  IndicatorEvent,
  IndicatorRedefined,
  IndicatorValueCorrected,
  IndicatorValueRecorded,
  Target,
} from '../../indicator.events.js';

/** A correction: what stood before, what stands since, and why. */
export interface Correction extends Provenance {
  readonly before: Observation;
  readonly after: Observation;
  readonly reason: string;
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly position: string;
  readonly by: { readonly role: Role; readonly body?: string };
}

/** One period of a series, as it stands and as it was corrected. It comes from where it was recorded; a correction says so itself. */
export interface SeriesEntry extends Observation, Provenance {
  readonly period: string;
  /** The event that recorded it. */
  readonly eventId: string;
  readonly meant: Meant;
  readonly recordedAt: string;
  /** Of the event that recorded it. */
  readonly position: string;
  /** In the order in which they were said. */
  readonly corrections: readonly Correction[];
}

export interface ShownVersion extends ToldVersion, Provenance {
  readonly reason?: string;
}

/** A target, and the event that says it. */
export interface ShownTarget {
  readonly eventId: string;
  readonly target: Target & Provenance & { readonly comment?: string };
  /** The version of the definition that it speaks of. */
  readonly of: number;
  /** Of which day it was set, and when. */
  readonly place: Place;
}

export interface IndicatorDocument extends Document, Definition, Until {
  readonly tenant: string;
  readonly status: 'defined' | 'cancelled';
  /** Why it should not have been defined. */
  readonly cancelled?: Provenance & { readonly reason: string; readonly recordedAt: string };
  readonly planId: string;
  readonly key?: string;
  readonly sortKey: string;
  /** The versions of the definition, oldest first. */
  readonly versions: readonly ShownVersion[];
  /** In the order of the periods. */
  readonly series: readonly SeriesEntry[];
  /** In the order of the days from which they hold, and of one day as they were said: the last one counts. */
  readonly targets: readonly ShownTarget[];
  readonly retired?: Provenance & { readonly on: string; readonly reason: string };
  readonly revision: number;
  readonly position: string;
}

/** Answers: what did an indicator measure, period by period, and what was corrected? */
export const indicatorSeries: Projection<IndicatorDocument, IndicatorEvent> = {
  name: 'indicator-series',
  version: 7,
  indexes: [
    { fields: ['tenant', 'planId', 'until', '_id'] },
    { fields: ['tenant', 'planId', 'sortKey', '_id', 'ownerId', 'status'] },
    { fields: ['tenant', 'planId', 'itemIds', 'sortKey', '_id', 'ownerId'], list: 'itemIds' },
  ],
  on: {
    IndicatorDefined: { key, evolve: (_, event) => defined(event) },
    IndicatorRedefined: {
      key,
      evolve: (indicator, event) => moved(redefined(indicator!, event), event),
    },
    IndicatorValueRecorded: {
      key,
      evolve: (indicator, event) =>
        moved({ ...indicator!, series: withEntry(indicator!.series, entryOf(event, indicator!)) }, event),
    },
    IndicatorValueCorrected: {
      key,
      evolve: (indicator, event) =>
        moved({ ...indicator!, series: indicator!.series.map((entry) => corrected(entry, event, indicator!)) }, event),
    },
    IndicatorTargetSet: {
      key,
      evolve: (indicator, { data, ...event }) => {
        const comment = data.comment && { comment: data.comment };
        const target = { ...data.target, ...comment, ...provenanceOf(event.metadata) };
        const { targets } = indicator!;
        const corrected = targets.find(({ eventId }) => eventId === event.metadata.corrects);
        const place = corrected?.place ?? placeOf(event.metadata);
        const told = { eventId: event.id, target, of: meantIn(data, indicator!), place };
        const others = targets.filter((one) => one !== corrected);
        const index = corrected
          ? targets.indexOf(corrected)
          : placeAfter(targets, (one) => !comesAfter(one.place, place));
        return moved({ ...indicator!, targets: others.toSpliced(index, 0, told) }, event);
      },
    },
    IndicatorRetired: {
      key,
      evolve: (indicator, { data: { reason }, ...event }) => {
        const { effectiveOn: on } = event.metadata;
        return moved({ ...indicator!, retired: { on, reason, ...provenanceOf(event.metadata) } }, event);
      },
    },
    IndicatorRetirementCancelled: {
      key,
      evolve: (indicator, event) => {
        const { retired: _, ...followed } = indicator!;
        return moved(followed, event);
      },
    },
    IndicatorChangeCancelled: {
      key,
      evolve: (indicator, event) => moved(without(indicator!, event.data), event),
    },
    IndicatorCancelled: {
      key,
      evolve: (indicator, { data: { reason }, ...event }) => {
        const { recordedAt } = event.metadata;
        const cancelled = { reason, recordedAt, ...provenanceOf(event.metadata) };
        return moved({ ...indicator!, status: 'cancelled', cancelled }, event);
      },
    },
  },
};

function key({ data }: { readonly data: { readonly indicatorId: string } }): string {
  return data.indicatorId;
}

function defined({ data, metadata, ...event }: RecordedEvent<IndicatorDefined>): IndicatorDocument {
  const { indicatorId, key: _key, planId: _plan, ...definition } = data;
  const { indicatorId: _id, ...about } = data;
  const sortKey = swedishSortKey(definition.name);
  const { position, revision } = event;
  return {
    _id: indicatorId,
    tenant: metadata.tenant,
    status: 'defined',
    ...about,
    sortKey,
    versions: [{ version: 1, since: metadata.effectiveOn, definition, eventId: event.id, ...provenanceOf(metadata) }],
    series: [],
    targets: [],
    ...untilAfter(undefined, metadata),
    revision,
    position,
  };
}

function redefined(
  indicator: IndicatorDocument,
  { data, id, metadata }: RecordedEvent<IndicatorRedefined>,
): IndicatorDocument {
  const { breaksSeries, indicatorId: _id, planId: _plan, reason, version: told, ...definition } = data;
  const version = nextVersion(indicator.versions, told);
  const since = metadata.effectiveOn;
  const about = { ...(breaksSeries && { breaksSeries }), reason, ...provenanceOf(metadata) };
  const added = { version, since, definition, eventId: id, ...about };
  return withVersions(indicator, withVersion<ShownVersion>(indicator.versions, added, metadata.corrects));
}

/** A comparison, or what it is derived from, that the newest definition leaves out is gone. */
function withVersions(
  { comparison: _, derived: __, ...kept }: IndicatorDocument,
  versions: readonly ShownVersion[],
): IndicatorDocument {
  const { definition } = versions.at(-1)!;
  return { ...kept, ...definition, sortKey: swedishSortKey(definition.name), versions };
}

/** What an event said is gone. */
function without(
  indicator: IndicatorDocument,
  { change, eventId, period }: IndicatorChangeCancelled['data'],
): IndicatorDocument {
  const { series, targets, versions } = indicator;
  switch (change) {
    case 'IndicatorRedefined':
      return withVersions(
        indicator,
        versions.filter((one) => one.eventId !== eventId),
      );
    case 'IndicatorTargetSet':
      return { ...indicator, targets: targets.filter((one) => one.eventId !== eventId) };
    case 'IndicatorValueRecorded':
      return { ...indicator, series: series.filter((one) => one.period !== period) };
  }
}

/** The version that an event means: the one in force at its place in the stream, where it was recorded before events said it. */
const meantIn = ({ definition }: { readonly definition?: number }, { versions }: IndicatorDocument): number =>
  definition ?? versions.at(-1)!.version;

const moved = (
  indicator: IndicatorDocument,
  { metadata, position, revision }: Pick<RecordedEvent, 'metadata' | 'position' | 'revision'>,
): IndicatorDocument => ({ ...indicator, ...untilAfter(indicator, metadata), revision, position });

function entryOf(
  { data, id: eventId, metadata, position }: RecordedEvent<IndicatorValueRecorded>,
  indicator: IndicatorDocument,
): SeriesEntry {
  const told = columnsIn(data);
  const meant = meantBy(told, meantIn(data, indicator));
  const about = { recordedAt: metadata.recordedAt, position, ...provenanceOf(metadata) };
  return { period: data.period, eventId, ...told, meant, ...about, corrections: [] };
}

/** What a correction changes is what stood before it was said, up to what was corrected after that. */
function corrected(
  entry: SeriesEntry,
  { data, metadata, position }: RecordedEvent<IndicatorValueCorrected>,
  indicator: IndicatorDocument,
): SeriesEntry {
  if (entry.period !== data.period) return entry;
  const { corrections } = entry;
  const { actor, attested, effectiveOn, recordedAt } = metadata;
  const said = saidOn(metadata);
  const place = attested ? corrections.findLastIndex((one) => saidOn(one) <= said) + 1 : corrections.length;
  const [earlier, later] = [corrections.slice(0, place), corrections.slice(place)];
  const after = columnsIn(data);
  const before: Writable<Observation> = {};
  for (const column of Object.keys(after) as (keyof Observation)[]) {
    const next = later.findIndex((one) => one.after[column]);
    const cell = (next < 0 ? entry : later[next]!.before)[column];
    if (cell) before[column] = cell;
    if (next >= 0) later[next] = { ...later[next]!, before: { ...later[next]!.before, [column]: after[column] } };
  }
  const by = { role: actor.role, ...(actor.body && { body: actor.body }) };
  const about = { effectiveOn, recordedAt, position, by, ...provenanceOf(metadata) };
  const correction = { before, after, reason: data.reason, ...about };
  const standing = columnsIn(after, (column) => later.every((one) => !one.after[column]));
  const meant = { ...entry.meant, ...meantBy(standing, meantIn(data, indicator)) };
  return { ...entry, ...standing, meant, corrections: [...earlier, correction, ...later] };
}

const withEntry = (series: readonly SeriesEntry[], added: SeriesEntry): readonly SeriesEntry[] =>
  [...series, added].sort((left, right) => (left.period < right.period ? -1 : 1));
