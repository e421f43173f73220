import type { Document } from '#document-store';
import { partId } from '#projecting';
import type { Until } from '#projecting';
import type { Concerned } from '../../item.events.js';
import type { Lifecycle } from '../../item.properties.js';
import type { PlanSheet, SheetItem, SheetRow } from './sheet-item.js';

/**
 * Some of the items of a plan as they stand, for whoever counts and sorts them: `plan.<id>.<bucket>|lines`. Made of their
 * sheet with every event of it. Grows with the items of the plan.
 */
export interface PlanLines extends Document {
  readonly ofPlan: string;
  /** The bodies and groups that the items name. */
  readonly named: readonly string[];
  readonly lines: readonly PlanLine[];
}

/** An item: of many, the names of fields weigh more than what they hold. Whom it names stands by its place in `named`. */
type PlanLine = readonly [
  itemId: string,
  kind: string,
  number: string | null,
  title: string,
  sortKey: string,
  adoptedOn: string,
  adoptedAt: string,
  until: string,
  /** How far what it is called reaches. */
  namedUntil: string,
  namedKnown: string,
  state: Lifecycle['state'],
  restsUntil: string | null,
  /** The bodies, or the group by itself. */
  concerned: readonly number[] | number | null,
  responsible: readonly number[],
];

/** The lines of a sheet. */
export function linesOf(sheet: PlanSheet): PlanLines {
  const named: string[] = [];
  const placeOf = (id: string): number => {
    const place = named.indexOf(id);
    return place < 0 ? named.push(id) - 1 : place;
  };
  const lines = Object.entries(sheet.rows).map(([itemId, row]) => lineOf(itemId, row, placeOf));
  return { _id: partId(sheet, 'lines'), ofPlan: sheet.planId, named, lines };
}

function lineOf(itemId: string, row: SheetRow, placeOf: (id: string) => number): PlanLine {
  const { adoptedAt, adoptedOn, concerned, hold, kind, lifecycle, named, number, responsible, sortKey, title } = row;
  const { value } = concerned;
  return [
    ...([itemId, kind, number.value, title.value, sortKey] as const),
    ...([adoptedOn, adoptedAt, row.until, named.until, named.known] as const),
    ...([lifecycle.value.state, hold.value?.until ?? null] as const),
    value && ('groupId' in value ? placeOf(value.groupId) : value.bodies.map(placeOf)),
    responsible.value.map(placeOf),
  ];
}

/** The last day that anything of a line speaks of: from then on it tells how the item is. */
export const untilIn = (line: PlanLine): string => line[7];

/** What a line tells of an item on such a day. @param named of its sheet */
export function itemIn(line: PlanLine, named: readonly string[], day: string): SheetItem {
  // By their places: a pattern of an array would be gone through one by one, and there are many lines.
  const { 0: _id, 1: kind, 2: number, 3: title, 4: sortKey, 5: adoptedOn, 10: state, 11: restsUntil } = line;
  const { 12: concerned, 13: responsible } = line;
  const hasEnded = state === 'completed' || state === 'discontinued';
  return {
    _id,
    kind,
    number,
    title,
    sortKey,
    isInForce: adoptedOn <= day && state !== 'discontinued',
    rests: restsUntil !== null && day < restsUntil && !hasEnded,
    concerned: concerned === null ? null : concernedBy(concerned, named),
    responsible: responsible.map((place) => named[place]!),
  };
}

const concernedBy = (concerned: readonly number[] | number, named: readonly string[]): Concerned =>
  typeof concerned === 'number' ? { groupId: named[concerned]! } : { bodies: concerned.map((place) => named[place]!) };

/** An item in the order of now, and how far back that order reaches. */
export interface OrderedItem extends Pick<SheetItem, '_id' | 'kind' | 'sortKey'> {
  readonly adoptedOn: string;
  /** When its adoption was recorded. */
  readonly adoptedAt: string;
  /** How far what it is called reaches. */
  readonly named: Until;
}

/** What a line tells of the order of its item. */
export function orderedIn(line: PlanLine): OrderedItem {
  const { 0: _id, 1: kind, 4: sortKey, 5: adoptedOn, 6: adoptedAt, 8: until, 9: known } = line;
  return { _id, kind, sortKey, adoptedOn, adoptedAt, named: { until, known } };
}
