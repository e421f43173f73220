import { rule } from '#kernel';
import type { DomainCommand } from '#kernel';
import type { Concerned, ItemAdopted, ItemEvent } from '../item.events.js';
import type { ItemState } from '../item.state.js';
import { checkDocuments, checkPlace } from '../item.rules.js';
import type { PlacingFacts } from '../item.rules.js';

type Adoption = Pick<
  ItemAdopted['data'],
  'planId' | 'key' | 'kind' | 'number' | 'title' | 'text' | 'otherNumbers' | 'given' | 'acting'
> & {
  parents?: readonly string[];
  concerned?: Concerned;
  responsible?: readonly string[];
  documents?: readonly string[];
  expectedEffects?: readonly string[];
};

export type AdoptItem = DomainCommand<'AdoptItem', Adoption, PlacingFacts>;

/** An item is adopted once, or anew after that was cancelled. */
export function adopt({ data, effectiveOn, facts, id }: AdoptItem, item: ItemState): ItemEvent[] {
  if (item.status === 'adopted' && !item.cancelled) throw adoptedAlready({ item: item.title.value });
  const { documents = [], expectedEffects = [], parents = [], responsible = [], ...rest } = data;
  checkPlace({ itemId: id, planId: data.planId, kind: data.kind, day: effectiveOn }, facts);
  checkDocuments(documents, facts.plan);
  return [
    {
      type: 'ItemAdopted',
      data: {
        itemId: id,
        ...rest,
        parents: [...parents],
        responsible: [...responsible],
        documents: [...documents],
        expectedEffects: [...expectedEffects],
      },
    },
  ];
}

const adoptedAlready = rule('item-adopted-once', '{item} is adopted already', '{item} är redan fastställt');
