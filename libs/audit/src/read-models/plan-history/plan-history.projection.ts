import type { Document } from '#document-store';
import { indicatorEvents } from '#indicators';
import type { IndicatorEvent } from '#indicators';
import type { RecordedEvent } from '#kernel';
import { itemEvents, planEvents } from '#planning';
import type { ItemEvent, PlanEvent } from '#planning';
import { onEvery } from '#projecting';
import type { Projection } from '#projecting';
import { roundEvents } from '#rounds';
import type { RoundEvent } from '#rounds';

/** What happens to a plan itself, to its indicators and its rounds. */
export type EventOfRecord = PlanEvent | IndicatorEvent | RoundEvent;

/** What happens in a plan: also to its items, whose assessments make them a story of their own. */
export type EventOfPlan = EventOfRecord | ItemEvent;

/** Whether and when something of a plan was changed. What was changed is told from its stream, which no document copies. */
export interface PlanHistoryDocument extends Document {
  readonly tenant: string;
  readonly planId: string;
  /** How many events there are of it. */
  readonly changes: number;
  /** The newest instant at which the log learnt anything of it. */
  readonly lastRecordedAt: string;
}

const eventsOfPlan = [...planEvents, ...itemEvents, ...indicatorEvents, ...roundEvents];

/** Answers: what of a plan has changed since an instant? A document for each stream, by its name. */
export const planHistory: Projection<PlanHistoryDocument, EventOfPlan> = {
  name: 'plan-history',
  version: 1,
  indexes: [{ fields: ['tenant', 'planId', 'lastRecordedAt'] }],
  on: onEvery(eventsOfPlan, { key: ({ stream }) => stream, evolve }),
};

function evolve(
  history: PlanHistoryDocument | undefined,
  { data, metadata, stream }: RecordedEvent<EventOfPlan>,
): PlanHistoryDocument {
  const { recordedAt, tenant } = metadata;
  const last = history?.lastRecordedAt ?? recordedAt;
  return {
    _id: stream,
    tenant,
    planId: data.planId,
    changes: (history?.changes ?? 0) + 1,
    lastRecordedAt: recordedAt > last ? recordedAt : last,
  };
}
