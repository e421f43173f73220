import { decidesOn, DecisionCommand } from '#deciding';
import type { StateLookup } from '#deciding';
import { NotFound } from '#kernel';
import type { Role } from '#kernel';
import { bodies, groups } from '#organisation';
import { plans } from '../plan/plan.decider.js';
import type { AdoptedPlan } from '../plan/plan.decider.js';
import type { AssessItem, CorrectAssessment, WithdrawAssessment } from './assessment.decider.js';
import { items } from './item.decider.js';
import type {
  AdoptItem,
  ChangeConcerned,
  ChangeResponsible,
  CompleteItem,
  DiscontinueItem,
  MoveItem,
  PlacingFacts,
  RenumberItem,
  RetainItem,
  RewordItem,
  SucceedItem,
} from './item.decider.js';
import type { AdoptedItem, Item } from './item.js';
import type { Concerned } from './item.events.js';

const permitted: readonly Role[] = ['controller'];
const assessing: readonly Role[] = ['reporter', 'controller'];

export class AdoptItemCommand extends DecisionCommand<AdoptItem> {
  static readonly permitted = permitted;
  static readonly creates = true;
  readonly type = 'AdoptItem';
}
export class RewordItemCommand extends DecisionCommand<RewordItem> {
  static readonly permitted = permitted;
  readonly type = 'RewordItem';
}
export class RenumberItemCommand extends DecisionCommand<RenumberItem> {
  static readonly permitted = permitted;
  readonly type = 'RenumberItem';
}
export class MoveItemCommand extends DecisionCommand<MoveItem> {
  static readonly permitted = permitted;
  readonly type = 'MoveItem';
}
export class ChangeConcernedCommand extends DecisionCommand<ChangeConcerned> {
  static readonly permitted = permitted;
  readonly type = 'ChangeConcerned';
}
export class ChangeResponsibleCommand extends DecisionCommand<ChangeResponsible> {
  static readonly permitted = permitted;
  readonly type = 'ChangeResponsible';
}
export class RetainItemCommand extends DecisionCommand<RetainItem> {
  static readonly permitted = permitted;
  readonly type = 'RetainItem';
}
export class CompleteItemCommand extends DecisionCommand<CompleteItem> {
  static readonly permitted = permitted;
  readonly type = 'CompleteItem';
}
export class DiscontinueItemCommand extends DecisionCommand<DiscontinueItem> {
  static readonly permitted = permitted;
  readonly type = 'DiscontinueItem';
}
export class SucceedItemCommand extends DecisionCommand<SucceedItem> {
  static readonly permitted = permitted;
  readonly type = 'SucceedItem';
}

/** Its handlers are where rounds are known. */
export class AssessItemCommand extends DecisionCommand<AssessItem> {
  static readonly permitted = assessing;
  readonly type = 'AssessItem';
}
export class CorrectAssessmentCommand extends DecisionCommand<CorrectAssessment> {
  static readonly permitted = assessing;
  readonly type = 'CorrectAssessment';
}
export class WithdrawAssessmentCommand extends DecisionCommand<WithdrawAssessment> {
  static readonly permitted = assessing;
  readonly type = 'WithdrawAssessment';
}

export const itemCommandHandlers = [
  decidesOn(AdoptItemCommand, items, {
    facts: async ({ data }, lookup) => {
      await needBodies(data.responsible ?? [], lookup);
      await needConcerned(data.concerned, lookup);
      return placing(data.planId, data.parents ?? [], lookup);
    },
    // An item of a plan is in force from the day that the plan is, unless it is said otherwise.
    effectiveOn: ({ plan }) => plan.validity.from,
  }),
  decidesOn(RewordItemCommand, items, {
    facts: async (_, lookup, item: Item) => ({ plan: await needPlan(planOf(item), lookup) }),
  }),
  decidesOn(RenumberItemCommand, items),
  decidesOn(MoveItemCommand, items, {
    facts: ({ data }, lookup, item: Item) => placing(planOf(item), data.parents, lookup),
  }),
  decidesOn(ChangeConcernedCommand, items, { facts: ({ data }, lookup) => needConcerned(data.concerned, lookup) }),
  decidesOn(ChangeResponsibleCommand, items, { facts: ({ data }, lookup) => needBodies(data.responsible, lookup) }),
  decidesOn(RetainItemCommand, items),
  decidesOn(CompleteItemCommand, items),
  decidesOn(DiscontinueItemCommand, items),
  decidesOn(SucceedItemCommand, items, {
    facts: async ({ data }, lookup) => ({ successor: await needItem(data.successorId, lookup) }),
  }),
];

const planOf = (item: Item): string => (item.status === 'adopted' ? item.planId : '');

/** @throws NotFound */
export async function needPlan(planId: string, lookup: StateLookup): Promise<AdoptedPlan> {
  const plan = await lookup.need(plans, planId);
  if (plan.status === 'unadopted') throw new NotFound('plan', planId);
  return plan;
}

/** @throws NotFound */
export async function needItem(itemId: string, lookup: StateLookup): Promise<AdoptedItem> {
  const item = await lookup.need(items, itemId);
  if (item.status === 'unadopted') throw new NotFound('item', itemId);
  return item;
}

async function placing(planId: string, parentIds: readonly string[], lookup: StateLookup): Promise<PlacingFacts> {
  const plan = await needPlan(planId, lookup);
  const parents = [];
  for (const itemId of parentIds) {
    const item = await needItem(itemId, lookup);
    parents.push({ itemId, item, ancestors: await ancestorsOf(item, lookup) });
  }
  return { plan, parents };
}

async function ancestorsOf(item: AdoptedItem, lookup: StateLookup): Promise<string[]> {
  const found = new Set<string>();
  for (let next = [...item.parents.value]; next.length > 0;) {
    const id = next.pop()!;
    if (found.has(id)) continue;
    found.add(id);
    next = [...next, ...(await needItem(id, lookup)).parents.value];
  }
  return [...found];
}

async function needConcerned(concerned: Concerned | undefined, lookup: StateLookup): Promise<void> {
  if (!concerned) return;
  // A request carries every field of its class, also those that were left out.
  if ('groupId' in concerned && concerned.groupId !== undefined) await lookup.need(groups, concerned.groupId);
  if ('bodies' in concerned && concerned.bodies !== undefined) await needBodies(concerned.bodies, lookup);
}

async function needBodies(ids: readonly string[], lookup: StateLookup): Promise<void> {
  for (const id of ids) await lookup.need(bodies, id);
}
