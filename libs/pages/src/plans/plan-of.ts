import type { ItemAnswer, PlanAnswer } from '../api/answers.js';
import type { Api, Query } from '../api/api.js';
import { NoSuchPage } from '../page-request.js';

/** The plan with a key. @throws NoSuchPage */
export async function planOf(api: Api, key: string, moment: Query = {}): Promise<PlanAnswer> {
  const { items } = await api.get<{ items: PlanAnswer[] }>('/v1/plans', { ...moment, key });
  if (!items[0]) throw new NoSuchPage();
  return items[0];
}

/** The item of a plan that a kind and a number stand for, or the word `punkt` and an id. @throws NoSuchPage */
export async function itemOf(
  api: Api,
  plan: PlanAnswer,
  kind: string,
  number: string,
  moment: Query = {},
): Promise<ItemAnswer> {
  if (kind === 'punkt') return api.get<ItemAnswer>(`/v1/items/${encodeURIComponent(number)}`, moment);
  const found = await api.get<{ items: ItemAnswer[] }>(`/v1/plans/${plan.id}/items`, { ...moment, kind, number });
  const [item] = found.items;
  if (!item) throw new NoSuchPage();
  return api.get<ItemAnswer>(`/v1/items/${item.id}`, moment);
}
