import type { StateLookup } from '#deciding';
import { NotFound } from '#kernel';
import { needBody, needGroup } from '#organisation';
import { plans } from '../plan/plan.decider.js';
import type { AdoptedPlan } from '../plan/plan.decider.js';
import { items } from './item.aggregate.js';
import type { ItemProperties } from './item.properties.js';
import type { ItemState } from './item.state.js';
import type { Concerned } from './item.events.js';
import type { PlacingFacts } from './item.rules.js';

/** The plan of an item; none that there is where the item is not adopted. */
export const planOf = (item: ItemState): string => (item.status === 'adopted' ? item.planId : '');

/** @throws NotFound, also where it was cancelled */
export async function needPlan(planId: string, lookup: StateLookup): Promise<AdoptedPlan> {
  const plan = await lookup.need(plans, planId);
  if (plan.status !== 'adopted') throw new NotFound('plan', planId);
  return plan;
}

/** @throws NotFound, also where it was cancelled */
export async function needItem(itemId: string, lookup: StateLookup): Promise<ItemProperties> {
  const item = await lookup.need(items, itemId);
  if (item.status === 'unadopted' || item.cancelled) throw new NotFound('item', itemId);
  return item;
}

/** What is known of a plan and of items that something is to lie under. @throws NotFound */
export async function placing(
  planId: string,
  parentIds: readonly string[],
  lookup: StateLookup,
): Promise<PlacingFacts> {
  const plan = await needPlan(planId, lookup);
  const parents = [];
  for (const itemId of parentIds) {
    const item = await needItem(itemId, lookup);
    parents.push({ itemId, item, ancestors: await ancestorsOf(item, lookup) });
  }
  return { plan, parents };
}

async function ancestorsOf(item: ItemProperties, lookup: StateLookup): Promise<string[]> {
  const found = new Set<string>();
  for (let next = [...item.parents.value]; next.length > 0;) {
    const id = next.pop()!;
    if (found.has(id)) continue;
    found.add(id);
    next = [...next, ...(await needItem(id, lookup)).parents.value];
  }
  return [...found];
}

/** @throws NotFound where a body or the group is none */
export async function needConcerned(concerned: Concerned | null | undefined, lookup: StateLookup): Promise<void> {
  if (!concerned) return;
  // A request carries every field of its class, also those that were left out.
  if ('groupId' in concerned && concerned.groupId !== undefined) await needGroup(concerned.groupId, lookup);
  if ('bodies' in concerned && concerned.bodies !== undefined) await needBodies(concerned.bodies, lookup);
}

/** @throws NotFound */
export async function needBodies(ids: readonly string[], lookup: StateLookup): Promise<void> {
  for (const id of ids) await needBody(id, lookup);
}
