import type { ApiClient } from './api-client.js';
import { table } from './print.js';
import { planId } from './references.js';

interface Page<One> {
  readonly items: readonly One[];
  readonly total: number;
}

const pageSize = 100;

/** A whole list, whichever pages that takes. @param path with or without a query */
export async function allOf<One>(client: ApiClient, path: string): Promise<One[]> {
  const joint = path.includes('?') ? '&' : '?';
  const all: One[] = [];
  for (;;) {
    const { items, total } = await client.get<Page<One>>(`${path}${joint}limit=${pageSize}&offset=${all.length}`);
    all.push(...items);
    if (items.length === 0 || all.length >= total) return all;
  }
}

interface PlanAnswer {
  readonly id: string;
  readonly key?: string;
  readonly title: string;
  readonly validity: { readonly from: string; readonly to?: string };
}

/** The plans that there are. */
export async function plans(client: ApiClient): Promise<{ result: readonly PlanAnswer[]; text: string }> {
  const result = await allOf<PlanAnswer>(client, '/v1/plans');
  const rows = result.map(({ id, key = id, title, validity: { from, to } }) => [key, `${from} – ${to ?? ''}`, title]);
  return { result, text: result.length === 0 ? 'Inga planer' : table([['', 'Gäller', ''], ...rows]) };
}

export interface ItemFilter {
  readonly kind?: string;
  readonly asOf?: string;
  readonly knownAt?: string;
}

interface ListedItem {
  readonly label: string;
  readonly title: string;
  readonly statusLabel: string;
}

/** The items of a plan, each with its status. */
export async function items(
  client: ApiClient,
  plan: string,
  filter: ItemFilter,
): Promise<{ result: readonly ListedItem[]; text: string }> {
  const query = new URLSearchParams({ ...filter }).toString();
  const path = `/v1/plans/${await planId(client, plan)}/items${query && `?${query}`}`;
  const result = await allOf<ListedItem>(client, path);
  const rows = result.map(({ label, statusLabel, title }) => [label, statusLabel, title]);
  return { result, text: result.length === 0 ? 'Inget' : table([['', 'Status', ''], ...rows]) };
}
