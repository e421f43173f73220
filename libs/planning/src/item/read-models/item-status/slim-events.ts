import { factOf } from '#kernel';
import type { Actor, RecordedEvent, RecordedFact } from '#kernel';
import type { Evidence, ItemEvent, ItemRevisionRetracted } from '../../item.events.js';

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
  if (type === 'ItemRevisionRetracted') return Object.keys(wordsRestored(data)).length > 0;
  return type === 'ItemAdopted' || isSaying(type);
}

/** Whether a type of event says a judgement at length. */
const isSaying = (type: ItemEvent['type']): boolean =>
  type === 'ItemAssessed' || type === 'AssessmentCorrected' || type === 'AssessmentReinstated';

/** What of the words of an item holds again. */
export function wordsRestored({ restores }: ItemRevisionRetracted['data']): Words {
  const { documents, expectedEffects, text } = restores;
  return {
    ...(text && text.value !== null && { text: text.value }),
    ...(documents && { documents: documents.value }),
    ...(expectedEffects && { expectedEffects: expectedEffects.value }),
  };
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
  'ItemRevisionRetracted',
];

function slimData({ data, type }: ItemEvent, reference: string): object {
  // Documents of links tell it from both ends.
  if (type === 'ItemAnswerDeclared') return { itemId: data.itemId, planId: data.planId };
  if (isSaying(type)) {
    return { ...data, motivation: reference, evidence: [] };
  }
  const said: Words & Readonly<Record<string, unknown>> = data;
  const { printedLabel: _label, reason: _reason, ...rest } = said;
  return {
    ...(unsaid.includes(type) ? rest : said),
    ...(said.text !== undefined && { text: reference }),
    ...(said.documents && { documents: [reference] }),
    ...(said.expectedEffects && { expectedEffects: [reference] }),
    ...('restores' in data && { restores: slimRestored(data, reference) }),
    ...(type === 'ItemSucceeded' && said.comment !== undefined && { comment: reference }),
  };
}

function slimRestored(data: ItemRevisionRetracted['data'], reference: string): object {
  const { restores } = data;
  const said = wordsRestored(data);
  return {
    ...restores,
    ...(said.text !== undefined && { text: { ...restores.text, value: reference } }),
    ...(said.documents && { documents: { ...restores.documents, value: [reference] } }),
    ...(said.expectedEffects && { expectedEffects: { ...restores.expectedEffects, value: [reference] } }),
  };
}
