import type { Document } from '#document-store';
import { roundEvents } from '#follow-up';
import type { RoundEvent } from '#follow-up';
import { indicatorEvents } from '#indicators';
import type { IndicatorEvent } from '#indicators';
import type { RecordedEvent } from '#kernel';
import { itemEvents, planEvents } from '#planning';
import type { ItemEvent, PlanEvent } from '#planning';
import type { Projection } from '#projecting';

/** What happens to a plan itself, to its indicators and its rounds. */
export type EventOfRecord = PlanEvent | IndicatorEvent | RoundEvent;

/** What happens in a plan: also to its items, whose assessments make them a story of their own. */
export type EventOfPlan = EventOfRecord | ItemEvent;

/** Where a change stands in the log. What it says is told from there. */
export interface ChangeMark {
  /** Its place in its stream. */
  readonly revision: number;
  readonly position: string;
  /** When the log learnt it. */
  readonly recordedAt: string;
}

/**
 * A page of the history of one stream. It is kept in pages, so that an event rewrites one page of it and no more, however
 * long it grows.
 */
export interface PlanHistoryPage extends Document {
  readonly tenant: string;
  readonly planId: string;
  readonly stream: string;
  /** The newest instant at which the log learnt any of it. */
  readonly lastRecordedAt: string;
  /** In the order of the record. */
  readonly changes: readonly ChangeMark[];
}

/** So many revisions of a stream share a page. */
const revisionsOfPage = 64;

const types = [...planEvents, ...itemEvents, ...indicatorEvents, ...roundEvents].map(({ type }) => type);

/** Answers: what of a plan was changed, and when? */
export const planHistory: Projection<PlanHistoryPage, EventOfPlan> = {
  name: 'plan-history',
  version: 1,
  indexes: [{ fields: ['tenant', 'planId', 'lastRecordedAt'] }],
  on: Object.fromEntries(types.map((type) => [type, { key, evolve }])),
};

function key({ revision, stream }: Pick<RecordedEvent<EventOfPlan>, 'revision' | 'stream'>): string {
  return `${stream}.${Math.floor(revision / revisionsOfPage)}`;
}

function evolve(page: PlanHistoryPage | undefined, event: RecordedEvent<EventOfPlan>): PlanHistoryPage {
  const { data, metadata, position, revision, stream } = event;
  const { recordedAt, tenant } = metadata;
  const last = page?.lastRecordedAt ?? recordedAt;
  return {
    _id: page?._id ?? key(event),
    tenant,
    planId: data.planId,
    stream,
    lastRecordedAt: recordedAt > last ? recordedAt : last,
    changes: [...(page?.changes ?? []), { revision, position, recordedAt }],
  };
}
