import { factOf } from '#kernel';
import type { Actor, RecordedEvent, RecordedFact } from '#kernel';
import type { Evidence, ItemEvent } from '../../item.events.js';

/** What an event says at length: kept in a document of its own, and looked up for what is shown. */
export interface Words {
  readonly text?: string;
  readonly documents?: readonly string[];
  readonly expectedEffects?: readonly string[];
  readonly comment?: string;
  readonly motivation?: string;
  readonly evidence?: readonly Evidence[];
}

/** Stands for what the event of a revision says at length. */
export const referenceTo = (revision: number): string => String(revision);
/** The revision that a reference stands for. */
export const referredTo = (reference: string): number => Number(reference);

/** Whether an event says something at length. */
export function hasWords({ data, type }: ItemEvent): boolean {
  if (type === 'ItemReworded') {
    return [data.text, data.documents, data.expectedEffects].some((said) => said !== undefined);
  }
  if (type === 'ItemSucceeded') return data.comment !== undefined;
  return type === 'ItemAdopted' || type === 'ItemAssessed' || type === 'AssessmentCorrected';
}

/**
 * An event with a reference in place of what it says at length, and without what the item says nothing of: why it was
 * revised, and who acted but for the role. The fold of slim events is the fold of the events, but for these.
 */
export function slimmed(event: RecordedEvent<ItemEvent>): RecordedFact<ItemEvent> {
  const fact = factOf<ItemEvent>(event);
  const actor: Actor = { id: '', role: fact.actor.role };
  return { ...fact, data: slimData(fact, referenceTo(event.revision)), actor } as RecordedFact<ItemEvent>;
}

/** Why an item was revised stands in the log; why it rests or has ended is shown with it. */
const unsaid: readonly ItemEvent['type'][] = [
  'ItemReworded',
  'ItemRenumbered',
  'ItemMoved',
  'ItemConcernedChanged',
  'ItemResponsibleChanged',
];

function slimData({ data, type }: ItemEvent, reference: string): object {
  if (type === 'ItemAssessed' || type === 'AssessmentCorrected') {
    return { ...data, motivation: reference, evidence: [] };
  }
  const said: Words & Readonly<Record<string, unknown>> = data;
  const { printedLabel: _label, reason: _reason, ...rest } = said;
  return {
    ...(unsaid.includes(type) ? rest : said),
    ...(said.text !== undefined && { text: reference }),
    ...(said.documents && { documents: [reference] }),
    ...(said.expectedEffects && { expectedEffects: [reference] }),
    ...(type === 'ItemSucceeded' && said.comment !== undefined && { comment: reference }),
  };
}
