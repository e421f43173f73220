import type { ApiClient } from './api-client.js';
import { differencesIn, levelsText } from './differences.js';
import { table } from './print.js';
import { itemId, planId, roundId } from './references.js';
import { textQuery, toldForgiving } from './searching.js';
import type { Sought } from './searching.js';

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

export interface ItemFilter extends Sought {
  readonly kind?: string;
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly saidBy?: string;
  /** A round, as users name it. */
  readonly differsIn?: string;
  /** The item that they lie under, as users name it. */
  readonly under?: string;
  /** The item that they succeed. */
  readonly successorOf?: string;
  /** The item that succeeds them. */
  readonly predecessorOf?: string;
}

interface ListedItem {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly statusLabel: string;
}

/** The items of a plan, each with its status; of those that bodies judge differently in a round, with what each says there. */
export async function items(
  client: ApiClient,
  plan: string,
  { differsIn, forgiving, predecessorOf, successorOf, text, under, ...filter }: ItemFilter,
): Promise<{ result: readonly ListedItem[]; text: string }> {
  const sought = { ...(text !== undefined && { text }), ...(forgiving && { forgiving }) };
  const round = differsIn === undefined ? undefined : await roundId(client, differsIn);
  const named = { parentId: under, predecessorOf, successorOf };
  const ids: Record<string, string> = {};
  for (const [name, item] of Object.entries(named)) {
    if (item !== undefined) ids[name] = await itemId(client, item, filter);
  }
  const asked = { ...filter, ...ids, ...textQuery(sought), ...(round && { differsIn: round }) };
  const query = new URLSearchParams(asked).toString();
  const path = `/v1/plans/${await planId(client, plan, filter)}/items${query && `?${query}`}`;
  const result = await client.list<ListedItem>(path);
  if (result.length === 0) return { result, text: toldForgiving('Inget', sought) };
  const told = new Map(
    round ? (await differencesIn(client, round)).items.map((one) => [one.itemId, levelsText(one)]) : [],
  );
  const rows = result.map(({ id, label, statusLabel, title }) => [
    ...[label, statusLabel],
    ...(round ? [told.get(id) ?? ''] : []),
    title,
  ]);
  const list = table([['', 'Status', ...(round ? ['Bedöms olika'] : []), ''], ...rows]);
  return { result, text: toldForgiving(list, sought) };
}
