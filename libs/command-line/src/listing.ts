import type { ApiClient } from './api-client.js';
import { table } from './print.js';
import { planId } from './references.js';

interface PlanAnswer {
  readonly id: string;
  readonly key?: string;
  readonly title: string;
  readonly validity: { readonly from?: string; readonly to?: string };
}

/** The plans that there are. */
export async function plans(client: ApiClient): Promise<{ result: readonly PlanAnswer[]; text: string }> {
  const result = await client.list<PlanAnswer>('/v1/plans');
  const rows = result.map(({ id, key = id, title, validity: { from, to } }) => [
    key,
    `${from ?? ''} – ${to ?? ''}`,
    title,
  ]);
  return { result, text: result.length === 0 ? 'Inga planer' : table([['', 'Gäller', ''], ...rows]) };
}

export interface ItemFilter {
  readonly kind?: string;
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly saidBy?: string;
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
  const path = `/v1/plans/${await planId(client, plan, filter)}/items${query && `?${query}`}`;
  const result = await client.list<ListedItem>(path);
  const rows = result.map(({ label, statusLabel, title }) => [label, statusLabel, title]);
  return { result, text: result.length === 0 ? 'Inget' : table([['', 'Status', ''], ...rows]) };
}
