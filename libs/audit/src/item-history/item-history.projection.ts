import type { Document } from '#document-store';
import type { RecordedEvent } from '#kernel';
import type { ItemEvent } from '#planning';
import type { Projection } from '#projecting';

/** Where a change of an item stands in the log. What it says is told from there. */
export interface ChangeMark {
  /** Its place in the item's stream. */
  readonly revision: number;
  readonly position: string;
  /** When the log learnt it. */
  readonly recordedAt: string;
}

/**
 * A page of an item's history. It is kept in pages, so that an event rewrites one page of it and no more, however long
 * it grows.
 */
export interface ItemHistoryPage extends Document {
  readonly tenant: string;
  readonly itemId: string;
  readonly planId: string;
  /** The newest instant at which the log learnt any of it. */
  readonly lastRecordedAt: string;
  /** In the order of the record. */
  readonly changes: readonly ChangeMark[];
}

/** So many revisions of an item share a page. */
const revisionsOfPage = 64;

/** Answers: which items of a plan were changed, and when? */
export const itemHistory: Projection<ItemHistoryPage, ItemEvent> = {
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

function key({ data, revision }: Pick<RecordedEvent<ItemEvent>, 'data' | 'revision'>): string {
  return `${data.itemId}.${Math.floor(revision / revisionsOfPage)}`;
}

function evolve(page: ItemHistoryPage | undefined, event: RecordedEvent<ItemEvent>): ItemHistoryPage {
  const { data, metadata, position, revision } = event;
  const { recordedAt, tenant } = metadata;
  const last = page?.lastRecordedAt ?? recordedAt;
  return {
    _id: page?._id ?? key(event),
    tenant,
    itemId: data.itemId,
    planId: data.planId,
    lastRecordedAt: recordedAt > last ? recordedAt : last,
    changes: [...(page?.changes ?? []), { revision, position, recordedAt }],
  };
}
