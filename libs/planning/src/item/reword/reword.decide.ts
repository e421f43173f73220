import { rule } from '#kernel';
import type { DomainCommand } from '#kernel';
import type { AdoptedPlan } from '../../plan/plan.decider.js';
import { checkDocuments, ofItemInForce, subjectOf } from '../item.rules.js';
import { holdsAlready } from '../item.series.js';

interface Rewording {
  title?: string;
  text?: string;
  expectedEffects?: string[];
  documents?: string[];
  printedLabel?: string;
  reason?: string;
}

export type RewordItem = DomainCommand<'RewordItem', Rewording, { readonly plan: AdoptedPlan }>;

/** What is the same as now is left out of what is recorded. */
export const reword = ofItemInForce<RewordItem>((command, item) => {
  const { data, effectiveOn: day, facts } = command;
  const { documents, expectedEffects, printedLabel, reason, text, title } = data;
  if ([documents, expectedEffects, text, title].every((wording) => wording === undefined)) {
    throw nothingReworded();
  }
  const changed = {
    ...(title !== undefined && !holdsAlready(item, 'title', title, day) && { title }),
    ...(text !== undefined && !holdsAlready(item, 'text', text, day) && { text }),
    ...(expectedEffects && !holdsAlready(item, 'expectedEffects', expectedEffects, day) && { expectedEffects }),
    ...(documents && !holdsAlready(item, 'documents', documents, day) && { documents }),
  };
  if (Object.keys(changed).length === 0) return [];
  checkDocuments(changed.documents ?? [], facts.plan);
  const remarks = { ...(printedLabel && { printedLabel }), ...(reason && { reason }) };
  return [{ type: 'ItemReworded', data: { ...subjectOf(command, item), ...changed, ...remarks } }];
});

const nothingReworded = rule(
  'wording-given',
  'A rewording gives a title, a text, expected effects or documents',
  'En omformulering anger rubrik, text, förväntade effekter eller styrdokument',
);
