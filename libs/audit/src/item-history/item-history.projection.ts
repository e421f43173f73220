import type { Document } from '#document-store';
import type { Actor, FormalDecision, RecordedEvent } from '#kernel';
import type { ItemEvent } from '#planning';
import type { Projection } from '#projecting';
import { changeOf } from './item-change.js';
import type { Values } from './item-change.js';

/** One event of an item, as a reader of its history needs it. */
export interface HistoryEntry {
  readonly eventId: string;
  readonly type: ItemEvent['type'];
  /** When the log learnt it. */
  readonly recordedAt: string;
  /** The day that it speaks of. */
  readonly effectiveOn: string;
  readonly actor: Actor;
  readonly decision?: FormalDecision;
  readonly revision: number;
  readonly position: string;
  readonly commandId: string;
  /** What it speaks of, beside the item: the round, the assessing body, the successor. */
  readonly about: Values;
  /** What the record said before; empty for what is new. */
  readonly before: Values;
  /** What it says since. */
  readonly after: Values;
}

export interface ItemHistoryDocument extends Document {
  readonly tenant: string;
  readonly planId: string;
  /** What the record says of the item itself: what the next revision's `before` is taken from. */
  readonly properties: Values;
  /** In the order of the record. */
  readonly entries: readonly HistoryEntry[];
}

/** Answers: who changed what of an item, when, from what to what, and on which decision? */
export const itemHistory: Projection<ItemHistoryDocument, ItemEvent> = {
  name: 'item-history',
  version: 1,
  indexes: [{ fields: ['tenant', 'planId'] }],
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

function evolve(history: ItemHistoryDocument | undefined, event: RecordedEvent<ItemEvent>): ItemHistoryDocument {
  const { data, metadata } = event;
  const { entries = [], properties = {} } = history ?? {};
  const { about, after, before } = changeOf(properties, entries, event);
  const entry: HistoryEntry = {
    eventId: event.id,
    type: event.type,
    recordedAt: metadata.recordedAt,
    effectiveOn: metadata.effectiveOn,
    actor: metadata.actor,
    ...(metadata.decision && { decision: metadata.decision }),
    revision: event.revision,
    position: event.position,
    commandId: metadata.commandId,
    about,
    before,
    after,
  };
  return {
    _id: data.itemId,
    tenant: metadata.tenant,
    planId: data.planId,
    properties: isAssessment(event) ? properties : { ...properties, ...after },
    entries: [...entries, entry],
  };
}

const assessmentEvents: readonly string[] = ['ItemAssessed', 'AssessmentCorrected', 'AssessmentWithdrawn'];

const isAssessment = ({ type }: { readonly type: string }): boolean => assessmentEvents.includes(type);
