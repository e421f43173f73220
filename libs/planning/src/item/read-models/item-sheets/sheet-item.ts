import type { RecordedFact } from '#kernel';
import { untilAfter } from '#projecting';
import type { Until } from '#projecting';
import type { ItemEvent } from '../../item.events.js';
import { evolve, unadopted } from '../../item.js';
import type { AdoptedItem } from '../../item.js';
import type { ListedItem } from '../item-status/item-documents.js';
import { listed } from '../item-status/listed-item.js';

/** What bodies owe judgements by, and what items are called and sorted by; nothing of it is said at length but the title. */
export type SheetItem = Pick<
  ListedItem,
  '_id' | 'kind' | 'adoptedOn' | 'number' | 'title' | 'concerned' | 'responsible' | 'lifecycle' | 'hold'
>;

/** An item as sheets keep it: as it stands, and how far what is told of it reaches. */
export interface SheetRow extends Omit<SheetItem, '_id'>, Until {
  /** When its adoption was recorded. */
  readonly adoptedAt: string;
  readonly sortKey: string;
  /** How far what names it reaches, and so orders it. */
  readonly named: Until;
}

const naming: readonly ItemEvent['type'][] = ['ItemAdopted', 'ItemReworded', 'ItemRenumbered', 'ItemRevisionRetracted'];

/** @throws Error where the item was not adopted before */
export function rowAfter(row: SheetRow | undefined, fact: RecordedFact<ItemEvent>): SheetRow {
  const known = row
    ? ({ ...row, status: 'adopted', successors: [], assessments: [], withdrawn: [] } as unknown as AdoptedItem)
    : unadopted;
  const item = evolve(known, fact);
  if (item.status === 'unadopted') throw new Error(`${fact.data.itemId} was not adopted before ${fact.type}`);
  const { adoptedOn, concerned, hold, kind, lifecycle, number, responsible, title } = item;
  const { sortKey } = listed(item, { _id: '', tenant: '', level: null, scale: null });
  return {
    ...{ kind, adoptedOn, number, title, responsible, sortKey },
    adoptedAt: row?.adoptedAt ?? fact.recordedAt,
    named: row && !naming.includes(fact.type) ? row.named : untilAfter(row?.named, fact),
    concerned: { ...concerned, value: concerned.value && unprinted(concerned.value) },
    lifecycle: { ...lifecycle, value: { state: lifecycle.value.state } },
    hold: { ...hold, value: hold.value && { until: hold.value.until, reason: '' } },
    ...untilAfter(row, fact),
  };
}

const unprinted = (concerned: NonNullable<SheetItem['concerned']['value']>): SheetItem['concerned']['value'] =>
  'groupId' in concerned ? { groupId: concerned.groupId } : { bodies: concerned.bodies };
