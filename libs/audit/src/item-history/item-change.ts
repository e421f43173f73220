import type { ItemEvent } from '#planning';
import type { HistoryEntry } from './item-history.projection.js';

export type Values = Readonly<Record<string, unknown>>;

/** What an event changed: what it speaks of, and what the record said before and says since. */
export interface ItemChange {
  readonly about: Values;
  readonly before: Values;
  readonly after: Values;
}

type DataOf<Type extends ItemEvent['type']> = Extract<ItemEvent, { type: Type }>['data'];

/**
 * What an event changed in what the record says.
 * @param properties the item's own properties before the event
 * @param entries what was recorded of it before
 */
export function changeOf(properties: Values, entries: readonly HistoryEntry[], event: ItemEvent): ItemChange {
  switch (event.type) {
    case 'ItemAdopted':
      return adopted(event.data);
    case 'ItemReworded':
    case 'ItemMoved':
    case 'ItemResponsibleChanged':
      return revised(properties, event.data);
    case 'ItemRenumbered':
      return revised(properties, event.data, { number: event.data.number ?? null });
    case 'ItemConcernedChanged':
      return revised(properties, event.data, { concerned: event.data.concerned ?? null });
    case 'ItemRetained':
      return revised(properties, event.data, { lifecycle: 'retained' });
    case 'ItemCompleted':
      return revised(properties, event.data, { lifecycle: 'completed' });
    case 'ItemDiscontinued':
      return revised(properties, event.data, { lifecycle: 'discontinued' });
    case 'ItemSucceeded': {
      const { itemId: _item, planId: _plan, ...successor } = event.data;
      return { about: successor, before: {}, after: {} };
    }
    case 'ItemAssessed':
      return { about: aboutAssessment(event.data), before: saidByBody(entries, event.data), after: said(event.data) };
    case 'AssessmentCorrected':
      return { about: aboutAssessment(event.data), before: saidIn(entries, event.data), after: said(event.data) };
    case 'AssessmentWithdrawn':
      return { about: aboutAssessment(event.data), before: saidIn(entries, event.data), after: {} };
  }
}

function adopted(data: DataOf<'ItemAdopted'>): ItemChange {
  const { itemId: _item, planId: _plan, ...content } = data;
  return { about: {}, before: {}, after: { ...content, lifecycle: 'active' } };
}

/** The properties that say something of a revision, not of the item. */
const remarks = ['reason', 'comment', 'printedLabel'];

function revised(properties: Values, data: Values, told: Values = {}): ItemChange {
  const { itemId: _item, planId: _plan, ...rest } = data;
  const given = Object.entries(rest);
  const about = Object.fromEntries(given.filter(([name]) => remarks.includes(name)));
  const after = { ...Object.fromEntries(given.filter(([name]) => !remarks.includes(name))), ...told };
  const before = Object.fromEntries(Object.keys(after).map((name) => [name, properties[name] ?? null]));
  return { about, before, after };
}

function aboutAssessment(data: DataOf<'ItemAssessed' | 'AssessmentCorrected' | 'AssessmentWithdrawn'>): Values {
  const { assessmentId, bodyId, capacity, roundId } = data;
  return { assessmentId, roundId, bodyId, capacity, ...('reason' in data && { reason: data.reason }) };
}

const said = ({ evidence, level, motivation }: DataOf<'ItemAssessed' | 'AssessmentCorrected'>): Values => ({
  level,
  motivation,
  evidence,
});

/** What an assessment said, as last corrected. */
function saidIn(entries: readonly HistoryEntry[], { assessmentId }: { readonly assessmentId: string }): Values {
  return entries.findLast(({ about }) => about['assessmentId'] === assessmentId)?.after ?? {};
}

/** What the newest assessment of a body said that has not been withdrawn. */
function saidByBody(entries: readonly HistoryEntry[], { bodyId }: { readonly bodyId: string }): Values {
  const withdrawn = new Set<unknown>();
  const standing = entries.findLast(({ about, type }) => {
    if (type === 'AssessmentWithdrawn') withdrawn.add(about['assessmentId']);
    return about['bodyId'] === bodyId && !withdrawn.has(about['assessmentId']);
  });
  return standing?.after ?? {};
}
