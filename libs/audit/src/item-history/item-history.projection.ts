import type { Document } from '#document-store';
import type { RecordedEvent } from '#kernel';
import type { ItemEvent } from '#planning';
import type { Projection } from '#projecting';

/** Whether and when an item was changed. What was changed is told from its stream, which no document needs to copy. */
export interface ItemHistoryDocument extends Document {
  readonly tenant: string;
  readonly planId: string;
  /** How many events there are of it. */
  readonly changes: number;
  /** The newest instant at which the log learnt anything of it. */
  readonly lastRecordedAt: string;
}

/** Answers: which items of a plan have changed since an instant? */
export const itemHistory: Projection<ItemHistoryDocument, ItemEvent> = {
  name: 'item-history',
  version: 2,
  indexes: [{ fields: ['tenant', 'planId', 'lastRecordedAt'] }],
  on: {
    ItemAdopted: { key, evolve },
    ItemReworded: { key, evolve },
    ItemRenumbered: { key, evolve },
    ItemMoved: { key, evolve },
    ItemConcernedChanged: { key, evolve },
    ItemResponsibleChanged: { key, evolve },
    ItemRetained: { key, evolve },
    ItemCompleted: { key, evolve },
    ItemDiscontinued: { key, evolve },
    ItemSucceeded: { key, evolve },
    ItemAssessed: { key, evolve },
    AssessmentCorrected: { key, evolve },
    AssessmentWithdrawn: { key, evolve },
  },
};

function key({ data }: RecordedEvent<ItemEvent>): string {
  return data.itemId;
}

function evolve(
  history: ItemHistoryDocument | undefined,
  { data, metadata }: RecordedEvent<ItemEvent>,
): ItemHistoryDocument {
  const { recordedAt, tenant } = metadata;
  const last = history?.lastRecordedAt ?? recordedAt;
  return {
    _id: data.itemId,
    tenant,
    planId: data.planId,
    changes: (history?.changes ?? 0) + 1,
    lastRecordedAt: recordedAt > last ? recordedAt : last,
  };
}
