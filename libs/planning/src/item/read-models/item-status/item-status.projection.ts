import type { Document } from '#document-store';
import { dated, later, swedishSortKey } from '#kernel';
import type { Dated, DomainEvent, RecordedEvent, Role } from '#kernel';
import type { Projection } from '#projecting';
import type {
  AssessmentCorrected,
  AssessmentWithdrawn,
  Capacity,
  Concerned,
  DiscontinuationReason,
  Evidence,
  ItemAdopted,
  ItemAssessed,
  ItemCompleted,
  ItemConcernedChanged,
  ItemDiscontinued,
  ItemEvent,
  ItemMoved,
  ItemRenumbered,
  ItemResponsibleChanged,
  ItemRetained,
  ItemReworded,
  ItemSucceeded,
  SuccessionKind,
} from '../../item.events.js';

/** Whether an item is in force, and what ended it. */
export interface Lifecycle {
  readonly state: 'active' | 'retained' | 'completed' | 'discontinued';
  readonly reason?: DiscontinuationReason;
  readonly comment?: string;
  /** How the document itself calls it. */
  readonly printedLabel?: string;
}

/** A standing assessment: as last corrected, and not withdrawn. */
export interface StandingAssessment {
  readonly assessmentId: string;
  readonly roundId: string;
  readonly bodyId: string;
  readonly capacity: Capacity;
  readonly scale: { readonly scaleId: string; readonly version: number };
  readonly level: string;
  readonly motivation: string;
  readonly evidence: readonly Evidence[];
  /** The day that it speaks of. */
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly position: string;
  readonly by: { readonly role: Role; readonly body?: string };
  /** When it was last corrected. */
  readonly correctedAt?: string;
  /** Where in the log it was last corrected. */
  readonly correctionPosition?: string;
}

export interface Successor {
  readonly itemId: string;
  readonly planId: string;
  readonly kind: SuccessionKind;
  readonly inferred: boolean;
  readonly comment?: string;
  readonly on: string;
}

/** An item as its stream tells it, with every standing assessment of it. */
export interface ItemDocument extends Document {
  readonly tenant: string;
  readonly planId: string;
  readonly key?: string;
  readonly kind: string;
  readonly adoptedOn: string;
  /** Null for an item without a number. */
  readonly number: Dated<string | null>;
  readonly title: Dated<string>;
  readonly text: Dated<string | null>;
  readonly parents: Dated<readonly string[]>;
  readonly concerned: Dated<Concerned | null>;
  readonly responsible: Dated<readonly string[]>;
  readonly documents: Dated<readonly string[]>;
  readonly expectedEffects: Dated<readonly string[]>;
  readonly lifecycle: Dated<Lifecycle>;
  readonly successors: readonly Successor[];
  /** In the order of the days that they speak of, and within a day as they were recorded. */
  readonly assessments: readonly StandingAssessment[];
  /** The level of the owner's newest assessment; null while there is none. */
  readonly level: string | null;
  /** Orders items as a Swedish reader expects: by number, 7 before 10, and then by title. */
  readonly sortKey: string;
  readonly revision: number;
  readonly position: string;
}

/** Answers: how does an item stand, who says so and why, and since when? */
export const itemStatus: Projection<ItemDocument, ItemEvent> = {
  name: 'item-status',
  version: 2,
  indexes: [{ fields: ['tenant', 'planId', 'sortKey'] }],
  on: {
    ItemAdopted: { key, evolve: (_, event) => adopted(event) },
    ItemReworded: on<ItemReworded>((item, { data, metadata: { effectiveOn } }) =>
      named({
        ...item,
        ...(data.title !== undefined && { title: later(item.title, dated(data.title, effectiveOn)) }),
        ...(data.text !== undefined && { text: later(item.text, dated(data.text, effectiveOn)) }),
        ...(data.expectedEffects && {
          expectedEffects: later(item.expectedEffects, dated(data.expectedEffects, effectiveOn)),
        }),
        ...(data.documents && { documents: later(item.documents, dated(data.documents, effectiveOn)) }),
      }),
    ),
    ItemRenumbered: on<ItemRenumbered>((item, { data, metadata: { effectiveOn } }) =>
      named({ ...item, number: later(item.number, dated(data.number ?? null, effectiveOn)) }),
    ),
    ItemMoved: on<ItemMoved>((item, { data, metadata: { effectiveOn } }) => ({
      ...item,
      parents: later(item.parents, dated(data.parents, effectiveOn)),
    })),
    ItemConcernedChanged: on<ItemConcernedChanged>((item, { data, metadata: { effectiveOn } }) => ({
      ...item,
      concerned: later(item.concerned, dated(data.concerned ?? null, effectiveOn)),
    })),
    ItemResponsibleChanged: on<ItemResponsibleChanged>((item, { data, metadata: { effectiveOn } }) => ({
      ...item,
      responsible: later(item.responsible, dated(data.responsible, effectiveOn)),
    })),
    ItemRetained: on<ItemRetained>((item, { data, metadata: { effectiveOn } }) =>
      turned(item, effectiveOn, { state: 'retained', ...remarks(data) }),
    ),
    ItemCompleted: on<ItemCompleted>((item, { data, metadata: { effectiveOn } }) =>
      turned(item, effectiveOn, { state: 'completed', ...remarks(data) }),
    ),
    ItemDiscontinued: on<ItemDiscontinued>((item, { data, metadata: { effectiveOn } }) =>
      turned(item, effectiveOn, { state: 'discontinued', reason: data.reason, ...remarks(data) }),
    ),
    ItemSucceeded: on<ItemSucceeded>((item, { data, metadata: { effectiveOn } }) => {
      const { comment, inferred, kind, successorId, successorPlanId } = data;
      const link = { itemId: successorId, planId: successorPlanId, kind, inferred, on: effectiveOn };
      return { ...item, successors: [...item.successors, { ...link, ...(comment && { comment }) }] };
    }),
    ItemAssessed: onAssessments<ItemAssessed>((assessments, event) => inserted(assessments, assessed(event))),
    AssessmentCorrected: onAssessments<AssessmentCorrected>((assessments, { data, metadata, position }) =>
      assessments.map((standing) =>
        standing.assessmentId === data.assessmentId
          ? {
              ...standing,
              level: data.level,
              motivation: data.motivation,
              evidence: data.evidence,
              correctedAt: metadata.recordedAt,
              correctionPosition: position,
            }
          : standing,
      ),
    ),
    AssessmentWithdrawn: onAssessments<AssessmentWithdrawn>((assessments, { data }) =>
      assessments.filter(({ assessmentId }) => assessmentId !== data.assessmentId),
    ),
  },
};

function key(event: { readonly data: { readonly itemId: string } }): string {
  return event.data.itemId;
}

/** A reaction of an item that exists; the document also notes how far its stream has come. */
function on<Event extends DomainEvent<string, { itemId: string }>>(
  evolve: (item: ItemDocument, event: RecordedEvent<Event>) => ItemDocument,
) {
  return {
    key,
    evolve: (item: ItemDocument | undefined, event: RecordedEvent<Event>): ItemDocument => ({
      ...evolve(item!, event),
      revision: event.revision,
      position: event.position,
    }),
  };
}

/** A reaction that changes the standing assessments, and the level with them. They come by the thousand: one copy each. */
function onAssessments<Event extends DomainEvent<string, { itemId: string }>>(
  evolve: (assessments: readonly StandingAssessment[], event: RecordedEvent<Event>) => readonly StandingAssessment[],
) {
  return {
    key,
    evolve: (item: ItemDocument | undefined, event: RecordedEvent<Event>): ItemDocument => {
      const assessments = evolve(item!.assessments, event);
      const level = assessments.findLast(isOwners)?.level ?? null;
      // Of an object with so many fields, a spread takes twice the time that this takes.
      return Object.assign({}, item!, { assessments, level, revision: event.revision, position: event.position });
    },
  };
}

function adopted({ data, metadata, position, revision }: RecordedEvent<ItemAdopted>): ItemDocument {
  const since = metadata.effectiveOn;
  return named({
    _id: data.itemId,
    tenant: metadata.tenant,
    planId: data.planId,
    ...(data.key && { key: data.key }),
    kind: data.kind,
    adoptedOn: since,
    number: dated(data.number ?? null, since),
    title: dated(data.title, since),
    text: dated(data.text ?? null, since),
    parents: dated(data.parents, since),
    concerned: dated(data.concerned ?? null, since),
    responsible: dated(data.responsible, since),
    documents: dated(data.documents, since),
    expectedEffects: dated(data.expectedEffects, since),
    lifecycle: dated({ state: 'active' }, since),
    successors: [],
    assessments: [],
    level: null,
    sortKey: '',
    revision,
    position,
  });
}

/** The sort key follows the number and the title. An item without a number comes after those that have one. */
function named(item: ItemDocument): ItemDocument {
  const number = item.number.value === null ? '~' : swedishSortKey(item.number.value);
  return { ...item, sortKey: `${number} ${swedishSortKey(item.title.value)}` };
}

function turned(item: ItemDocument, on: string, lifecycle: Lifecycle): ItemDocument {
  return { ...item, lifecycle: later(item.lifecycle, dated(lifecycle, on)) };
}

function remarks({ comment, printedLabel }: { comment?: string; printedLabel?: string }) {
  return { ...(comment && { comment }), ...(printedLabel && { printedLabel }) };
}

function assessed({ data, metadata, position }: RecordedEvent<ItemAssessed>): StandingAssessment {
  const { assessmentId, bodyId, capacity, evidence, level, motivation, roundId, scale } = data;
  const { actor, effectiveOn, recordedAt } = metadata;
  return {
    assessmentId,
    roundId,
    bodyId,
    capacity,
    scale,
    level,
    motivation,
    evidence,
    effectiveOn,
    recordedAt,
    position,
    by: actor.body ? { role: actor.role, body: actor.body } : { role: actor.role },
  };
}

/** After those of its own day and earlier ones: what is recorded last stands last within a day. */
function inserted(assessments: readonly StandingAssessment[], added: StandingAssessment): StandingAssessment[] {
  return assessments.toSpliced(indexAfter(assessments, added.effectiveOn), 0, added);
}

/** Where the assessments end that speak of a day or of earlier ones. They are in the order of their days. */
function indexAfter(assessments: readonly StandingAssessment[], day: string): number {
  let low = 0;
  let high = assessments.length;
  // Most are recorded in the order of their days.
  if (high === 0 || assessments[high - 1]!.effectiveOn <= day) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (assessments[middle]!.effectiveOn <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether an assessment is the plan owner's, and so the item's status. */
export const isOwners = ({ capacity }: StandingAssessment): boolean => capacity === 'owner';
