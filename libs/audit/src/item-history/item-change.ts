import type { ItemEvent } from '#planning';

export type Values = Readonly<Record<string, unknown>>;

/** What an event says: what it speaks of, and what the record says since. */
export interface ItemChange {
  readonly about: Values;
  readonly after: Values;
}

type DataOf<Type extends ItemEvent['type']> = Extract<ItemEvent, { type: Type }>['data'];

/** What an event says of an item. What the record said before is for `withBefore`, which knows the events before it. */
export function changeOf(event: ItemEvent): ItemChange {
  switch (event.type) {
    case 'ItemAdopted':
      return adopted(event.data);
    case 'ItemReworded':
    case 'ItemMoved':
    case 'ItemResponsibleChanged':
      return revised(event.data);
    case 'ItemRenumbered':
      return revised(event.data, { number: event.data.number ?? null });
    case 'ItemConcernedChanged':
      return revised(event.data, { concerned: event.data.concerned ?? null });
    case 'ItemRetained':
      return revised(event.data, { lifecycle: 'retained' });
    case 'ItemCompleted':
      return revised(event.data, { lifecycle: 'completed' });
    case 'ItemDiscontinued':
      return revised(event.data, { lifecycle: 'discontinued' });
    case 'ItemSucceeded': {
      const { itemId: _item, planId: _plan, ...successor } = event.data;
      return { about: successor, after: {} };
    }
    case 'ItemAssessed':
    case 'AssessmentCorrected':
      return { about: aboutAssessment(event.data), after: said(event.data) };
    case 'AssessmentWithdrawn':
      return { about: aboutAssessment(event.data), after: {} };
  }
}

function adopted(data: DataOf<'ItemAdopted'>): ItemChange {
  const { itemId: _item, planId: _plan, ...content } = data;
  return { about: {}, after: { ...content, lifecycle: 'active' } };
}

/** The properties that say something of a revision, not of the item. */
const remarks = ['reason', 'comment', 'printedLabel'];

function revised(data: Values, told: Values = {}): ItemChange {
  const { itemId: _item, planId: _plan, ...rest } = data;
  const given = Object.entries(rest);
  const about = Object.fromEntries(given.filter(([name]) => remarks.includes(name)));
  const after = { ...Object.fromEntries(given.filter(([name]) => !remarks.includes(name))), ...told };
  return { about, after };
}

function aboutAssessment(data: DataOf<'ItemAssessed' | 'AssessmentCorrected' | 'AssessmentWithdrawn'>): Values {
  const { assessmentId, bodyId, capacity, roundId } = data;
  const about = { assessmentId, roundId, bodyId, capacity };
  return 'reason' in data ? { ...about, reason: data.reason } : about;
}

const said = ({ evidence, level, motivation }: DataOf<'ItemAssessed' | 'AssessmentCorrected'>): Values => ({
  level,
  motivation,
  evidence,
});
