import type { Document } from '#document-store';
import type { RecordedFact } from '#kernel';
import type { Until } from '#projecting';
import type { Concerned, ItemEvent } from '../../item.events.js';
import { evolve, isDiscontinued, isOnHold, unadopted } from '../../item.js';
import type { AdoptedItem } from '../../item.js';
import type { ListedItem } from '../item-status/item-documents.js';
import { listed } from '../item-status/listed-item.js';
import { reachAfter } from '../item-status/standing-after.js';

/** What bodies owe judgements of on a day, and what it is called then. */
export interface SheetItem {
  readonly _id: string;
  readonly kind: string;
  readonly number: string | null;
  readonly title: string;
  /** Orders items as they are called now. */
  readonly sortKey: string;
  /** Whether it was adopted by the day, and not given up. */
  readonly isInForce: boolean;
  /** Whether it was on hold. */
  readonly rests: boolean;
  readonly concerned: Concerned | null;
  readonly responsible: readonly string[];
}

/** The properties of an item that tell that. */
type OwedItem = Pick<
  ListedItem,
  '_id' | 'kind' | 'adoptedOn' | 'number' | 'title' | 'concerned' | 'responsible' | 'lifecycle' | 'hold'
>;

/** What is told of an item on a day, as its properties were then. */
export const itemOn = (day: string, item: OwedItem, sortKey: string): SheetItem => ({
  ...{ _id: item._id, kind: item.kind, number: item.number.value, title: item.title.value, sortKey },
  isInForce: item.adoptedOn <= day && !isDiscontinued(item, day),
  rests: isOnHold(item, day),
  concerned: item.concerned.value,
  responsible: item.responsible.value,
});

/** Some of the items of a plan: `plan.<id>.<bucket>`. Grows with the items of the plan. */
export interface PlanSheet extends Document {
  readonly planId: string;
  /** By item. */
  readonly rows: Readonly<Record<string, SheetRow>>;
}

/** An item as sheets keep it: as it stands, and how far what is told of it reaches. */
export interface SheetRow extends Omit<OwedItem, '_id'>, Until {
  /** When its adoption was recorded; the first one, where it was cancelled and adopted anew. */
  readonly adoptedAt: string;
  readonly sortKey: string;
  /** How far what names it reaches, and so orders it. */
  readonly named: Until;
}

const naming: readonly ItemEvent['type'][] = [
  'ItemAdopted',
  'ItemReworded',
  'ItemRenumbered',
  'ItemRevisionRetracted',
  'ItemCancelled',
];

/** @throws Error where the item was not adopted before */
export function rowAfter(row: SheetRow | undefined, fact: RecordedFact<ItemEvent>): SheetRow {
  const known = row
    ? ({ ...row, status: 'adopted', successors: [], assessments: [], withdrawn: [] } as unknown as AdoptedItem)
    : unadopted;
  const item = evolve(known, fact);
  if (item.status === 'unadopted') throw new Error(`${fact.data.itemId} was not adopted before ${fact.type}`);
  const { adoptedOn: adopted, concerned, hold, kind, lifecycle, number, responsible, title } = item;
  const { sortKey } = listed(item, { _id: '', tenant: '', level: null, scale: null });
  // Of one that was adopted anew, the first day that may tell of it: others tell whether it does.
  const adoptedOn = row && row.adoptedOn < adopted ? row.adoptedOn : adopted;
  return {
    ...{ kind, adoptedOn, number, title, responsible, sortKey },
    adoptedAt: row?.adoptedAt ?? fact.recordedAt,
    named: row && !naming.includes(fact.type) ? row.named : reachAfter(row?.named, fact),
    concerned: { ...concerned, value: concerned.value && unprinted(concerned.value) },
    lifecycle: { ...lifecycle, value: { state: lifecycle.value.state } },
    hold: { ...hold, value: hold.value && { until: hold.value.until, reason: '' } },
    ...reachAfter(row, fact),
  };
}

const unprinted = (concerned: Concerned): Concerned =>
  'groupId' in concerned ? { groupId: concerned.groupId } : { bodies: concerned.bodies };
