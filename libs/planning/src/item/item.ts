import { dated, later } from '#kernel';
import type { Dated, RecordedFact } from '#kernel';
import type {
  Capacity,
  Concerned,
  Evidence,
  ItemAdopted,
  ItemCompleted,
  ItemDiscontinued,
  ItemEvent,
  ItemRetained,
} from './item.events.js';

/** An assessment as last corrected. */
export interface Assessment {
  readonly assessmentId: string;
  readonly roundId: string;
  readonly bodyId: string;
  readonly capacity: Capacity;
  /** The version of the scale that its level is of. */
  readonly scale: { readonly scaleId: string; readonly version: number };
  readonly level: string;
  readonly motivation: string;
  readonly evidence: readonly Evidence[];
  readonly effectiveOn: string;
  readonly withdrawn: boolean;
}

export type ItemStage = 'active' | 'retained' | 'completed' | 'discontinued';

export type Item = { readonly status: 'unadopted' } | AdoptedItem;

export interface AdoptedItem {
  readonly status: 'adopted';
  readonly planId: string;
  readonly kind: string;
  readonly adoptedOn: string;
  readonly number: Dated<string | undefined>;
  readonly title: Dated<string>;
  readonly text: Dated<string | undefined>;
  readonly parents: Dated<readonly string[]>;
  readonly concerned: Dated<Concerned | undefined>;
  readonly responsible: Dated<readonly string[]>;
  readonly documents: Dated<readonly string[]>;
  readonly expectedEffects: Dated<readonly string[]>;
  readonly stage: Dated<ItemStage>;
  /** What was said of it when it came to that stage: reason, comment, printed label. */
  readonly remarks: object;
  readonly successors: readonly { readonly itemId: string; readonly kind: string }[];
  /** As they were recorded. */
  readonly assessments: readonly Assessment[];
}

export const unadopted: Item = { status: 'unadopted' };

export function evolve(item: Item, event: RecordedFact<ItemEvent>): Item {
  if (event.type === 'ItemAdopted') return adopted(event);
  if (item.status === 'unadopted') return item;
  const since = event.effectiveOn;
  switch (event.type) {
    case 'ItemReworded': {
      const { documents, expectedEffects, text, title } = event.data;
      return {
        ...item,
        ...(title !== undefined && { title: later(item.title, dated(title, since)) }),
        ...(text !== undefined && { text: later(item.text, dated(text, since)) }),
        ...(documents && { documents: later(item.documents, dated(documents, since)) }),
        ...(expectedEffects && { expectedEffects: later(item.expectedEffects, dated(expectedEffects, since)) }),
      };
    }
    case 'ItemRenumbered':
      return { ...item, number: later(item.number, dated(event.data.number, since)) };
    case 'ItemMoved':
      return { ...item, parents: later(item.parents, dated(event.data.parents, since)) };
    case 'ItemConcernedChanged':
      return { ...item, concerned: later(item.concerned, dated(event.data.concerned, since)) };
    case 'ItemResponsibleChanged':
      return { ...item, responsible: later(item.responsible, dated(event.data.responsible, since)) };
    case 'ItemRetained':
      return staged(item, 'retained', event);
    case 'ItemCompleted':
      return staged(item, 'completed', event);
    case 'ItemDiscontinued':
      return staged(item, 'discontinued', event);
    case 'ItemSucceeded': {
      const { kind, successorId } = event.data;
      return { ...item, successors: [...item.successors, { itemId: successorId, kind }] };
    }
    case 'ItemAssessed': {
      const { itemId: _item, planId: _plan, ...made } = event.data;
      return { ...item, assessments: [...item.assessments, { ...made, effectiveOn: since, withdrawn: false }] };
    }
    case 'AssessmentCorrected': {
      const { evidence, level, motivation } = event.data;
      return changed(item, event.data.assessmentId, { evidence, level, motivation });
    }
    case 'AssessmentWithdrawn':
      return changed(item, event.data.assessmentId, { withdrawn: true });
  }
}

function adopted({ data, effectiveOn }: RecordedFact<ItemAdopted>): AdoptedItem {
  return {
    status: 'adopted',
    planId: data.planId,
    kind: data.kind,
    adoptedOn: effectiveOn,
    number: dated(data.number, effectiveOn),
    title: dated(data.title, effectiveOn),
    text: dated(data.text, effectiveOn),
    parents: dated(data.parents, effectiveOn),
    concerned: dated(data.concerned, effectiveOn),
    responsible: dated(data.responsible, effectiveOn),
    documents: dated(data.documents, effectiveOn),
    expectedEffects: dated(data.expectedEffects, effectiveOn),
    stage: dated('active', effectiveOn),
    remarks: {},
    successors: [],
    assessments: [],
  };
}

function staged(
  item: AdoptedItem,
  stage: ItemStage,
  { data, effectiveOn }: RecordedFact<ItemRetained | ItemCompleted | ItemDiscontinued>,
): AdoptedItem {
  if (effectiveOn < item.stage.since) return item;
  const { itemId: _item, planId: _plan, ...remarks } = data;
  return { ...item, stage: dated(stage, effectiveOn), remarks };
}

function changed(item: AdoptedItem, assessmentId: string, change: Partial<Assessment>): AdoptedItem {
  const assessments = item.assessments.map((assessment) =>
    assessment.assessmentId === assessmentId ? { ...assessment, ...change } : assessment,
  );
  return { ...item, assessments };
}

/** An assessment of an item, also one that was withdrawn. */
export const assessmentOf = (item: Item, id: string): Assessment | undefined =>
  item.status === 'adopted' ? item.assessments.find(({ assessmentId }) => assessmentId === id) : undefined;

/** Whether an item has ended by a day: a late record may say that it had not yet. */
export const hasEnded = ({ stage }: AdoptedItem, day: string): boolean =>
  (stage.value === 'completed' || stage.value === 'discontinued') && stage.since <= day;
