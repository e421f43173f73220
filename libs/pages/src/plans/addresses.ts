import type { ItemAnswer } from '../api/answers.js';

/** Where a plan is shown. */
export const planPath = (plan: { readonly key: string }): string => `/planer/${encodeURIComponent(plan.key)}`;

/** Where an item of a plan is shown: by its kind and number, which people know, or by its id where it has none. */
export function itemPath(plan: { readonly key: string }, item: Pick<ItemAnswer, 'id' | 'kind' | 'number'>): string {
  const { id, kind, number } = item;
  const last = number === undefined ? `punkt/${id}` : `${kind}/${encodeURIComponent(number)}`;
  return `${planPath(plan)}/${last}`;
}

/** Where the story of an item is told. */
export const storyPath = (item: { readonly id: string }): string => `/granska/${item.id}`;

export const roundPath = (round: { readonly id: string }): string => `/uppfoljningar/${round.id}`;

export const indicatorPath = (indicator: { readonly id: string }): string => `/indikatorer/${indicator.id}`;

/** Where an issue of a snapshot is shown. */
export const issuePath = (id: string): string => `/granska/utgavor/${id}`;

/** Where it is told what became of each item of a plan in another one. */
export const appendixPath = (older: { readonly key: string }, newer: { readonly key: string }): string =>
  `/granska/bilaga/${encodeURIComponent(older.key)}/${encodeURIComponent(newer.key)}`;
