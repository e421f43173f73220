import type { CountedItem } from '../item/read-models/item-status/item-documents.js';
import { bodiesOfParticulars } from '../item/particulars.fields.js';
import type { StandingItem } from '../item/read-models/item-status/standing-item.js';

/** Whom and what items name. */
export interface NamedByItems {
  readonly bodies: readonly string[];
  readonly groups: readonly string[];
  readonly scales: readonly string[];
  readonly rounds: readonly string[];
}

/** What is to be looked up for items to be shown: the bodies, groups and scales that they name, and what their assessments do. */
export function namedBy(
  items: readonly (Pick<CountedItem, 'concerned' | 'responsible'> & Partial<StandingItem>)[],
): NamedByItems {
  const concerned = items.flatMap(({ concerned: { value } }) => value ?? []);
  const assessments = items.flatMap(({ contributions = [], status }) => [
    ...(status ? [status.newest] : []),
    ...contributions,
  ]);
  return {
    bodies: [
      ...concerned.flatMap((one) => ('bodies' in one ? one.bodies : [])),
      ...items.flatMap(({ particulars = {}, responsible }) => [
        ...responsible.value,
        ...bodiesOfParticulars(particulars),
      ]),
      ...assessments.map(({ bodyId }) => bodyId),
    ],
    groups: concerned.flatMap((one) => ('groupId' in one ? one.groupId : [])),
    scales: [...assessments, ...items].flatMap(({ scale }) => scale?.scaleId ?? []),
    rounds: [
      ...assessments.map(({ roundId }) => roundId),
      ...items.flatMap(({ status }) => status?.levels.map(({ roundId }) => roundId) ?? []),
    ],
  };
}
