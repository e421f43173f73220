import type { Document } from '#document-store';
import { swedishSortKey } from '#kernel';
import type { RecordedEvent, Role } from '#kernel';
import { untilAfter } from '#projecting';
import type { Projection, Until } from '#projecting';
import type { Definition, Observation } from '../../indicator.decider.js';
import type {
  IndicatorDefined,
  IndicatorEvent,
  IndicatorValueCorrected,
  IndicatorValueRecorded,
  Target,
} from '../../indicator.events.js';

/** A correction: what stood before, what stands since, and why. */
export interface Correction {
  readonly before: Observation;
  readonly after: Observation;
  readonly reason: string;
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly position: string;
  readonly by: { readonly role: Role; readonly body?: string };
}

/** One period of a series, as it stands and as it was corrected. */
export interface SeriesEntry extends Observation {
  readonly period: string;
  readonly recordedAt: string;
  readonly corrections: readonly Correction[];
}

export interface IndicatorDocument extends Document, Definition, Until {
  readonly tenant: string;
  readonly planId: string;
  readonly key?: string;
  readonly sortKey: string;
  /** In the order of the periods. */
  readonly series: readonly SeriesEntry[];
  readonly target?: Target & { readonly comment?: string };
  readonly retired?: { readonly on: string; readonly reason: string };
  readonly revision: number;
  readonly position: string;
}

/** Answers: what did an indicator measure, period by period, and what was corrected? */
export const indicatorSeries: Projection<IndicatorDocument, IndicatorEvent> = {
  name: 'indicator-series',
  version: 2,
  indexes: [
    { fields: ['tenant', 'planId', 'until', '_id'] },
    { fields: ['tenant', 'planId', 'sortKey', '_id', 'ownerId'] },
    { fields: ['tenant', 'planId', 'itemIds', 'sortKey', '_id', 'ownerId'], list: 'itemIds' },
  ],
  on: {
    IndicatorDefined: { key, evolve: (_, event) => defined(event) },
    IndicatorRedefined: {
      key,
      evolve: (indicator, { data: { indicatorId: _id, planId: _plan, reason: _reason, ...definition }, ...event }) => {
        // A comparison that the new definition leaves out is gone.
        const { comparison: _, ...kept } = indicator!;
        return moved({ ...kept, ...definition, sortKey: swedishSortKey(definition.name) }, event);
      },
    },
    IndicatorValueRecorded: {
      key,
      evolve: (indicator, event) =>
        moved({ ...indicator!, series: withEntry(indicator!.series, entryOf(event)) }, event),
    },
    IndicatorValueCorrected: {
      key,
      evolve: (indicator, event) =>
        moved({ ...indicator!, series: indicator!.series.map((entry) => corrected(entry, event)) }, event),
    },
    IndicatorTargetSet: {
      key,
      evolve: (indicator, { data, ...event }) => {
        const target = { ...data.target, ...(data.comment && { comment: data.comment }) };
        return moved({ ...indicator!, target }, event);
      },
    },
    IndicatorRetired: {
      key,
      evolve: (indicator, { data, ...event }) =>
        moved({ ...indicator!, retired: { on: event.metadata.effectiveOn, reason: data.reason } }, event),
    },
  },
};

function key({ data }: { readonly data: { readonly indicatorId: string } }): string {
  return data.indicatorId;
}

function defined({ data, metadata, ...event }: RecordedEvent<IndicatorDefined>): IndicatorDocument {
  const { indicatorId, ...definition } = data;
  const sortKey = swedishSortKey(definition.name);
  const { position, revision } = event;
  return {
    _id: indicatorId,
    tenant: metadata.tenant,
    ...definition,
    sortKey,
    series: [],
    ...untilAfter(undefined, metadata),
    revision,
    position,
  };
}

const moved = (
  indicator: IndicatorDocument,
  { metadata, position, revision }: Pick<RecordedEvent, 'metadata' | 'position' | 'revision'>,
): IndicatorDocument => ({ ...indicator, ...untilAfter(indicator, metadata), revision, position });

function entryOf({ data, metadata }: RecordedEvent<IndicatorValueRecorded>): SeriesEntry {
  return { period: data.period, ...columns(data), recordedAt: metadata.recordedAt, corrections: [] };
}

function corrected(
  entry: SeriesEntry,
  { data, metadata, position }: RecordedEvent<IndicatorValueCorrected>,
): SeriesEntry {
  if (entry.period !== data.period) return entry;
  const after = columns(data);
  const before = Object.fromEntries(
    Object.keys(after).flatMap((column) => {
      const cell = entry[column as keyof Observation];
      return cell ? [[column, cell]] : [];
    }),
  ) as Observation;
  const { actor, effectiveOn, recordedAt } = metadata;
  const by = { role: actor.role, ...(actor.body && { body: actor.body }) };
  const correction = { before, after, reason: data.reason, effectiveOn, recordedAt, position, by };
  return { ...entry, ...after, corrections: [...entry.corrections, correction] };
}

const columns = ({ men, total, women }: Observation): Observation => ({
  ...(total && { total }),
  ...(women && { women }),
  ...(men && { men }),
});

const withEntry = (series: readonly SeriesEntry[], added: SeriesEntry): readonly SeriesEntry[] =>
  [...series, added].sort((left, right) => (left.period < right.period ? -1 : 1));
