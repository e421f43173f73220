import { decidesOn, DecisionCommand, Resting } from '#deciding';
import type { StateLookup } from '#deciding';
import { NotFound } from '#kernel';
import type { Role } from '#kernel';
import { needBody } from '#organisation';
import { scales } from '../scale/scale.decider.js';
import { plans } from './plan.decider.js';
import { doubtsOfPlan } from './plan.doubts.js';
import type { PlanEvent } from './plan.events.js';
import { checkAmendment, toldAdoption, toldAmendment } from './plan.told.js';
import type { ToldAmendment } from './plan.told.js';
import type {
  AdoptedPlan,
  AdoptPlan,
  AmendPlan,
  CancelPlan,
  HandOverPlan,
  Plan,
  PlanContent,
  PlanFacts,
} from './plan.decider.js';

const permitted: readonly Role[] = ['controller'];

export class AdoptPlanCommand extends DecisionCommand<AdoptPlan> {
  static readonly permitted = permitted;
  static readonly creates = true;
  readonly type = 'AdoptPlan';
}

export class AmendPlanCommand extends DecisionCommand<AmendPlan> {
  static readonly permitted = permitted;
  readonly type = 'AmendPlan';
}

export class CancelPlanCommand extends DecisionCommand<CancelPlan> {
  static readonly permitted = permitted;
  readonly type = 'CancelPlan';
}

/** A part of a reorganisation; no route takes it. */
export class HandOverPlanCommand extends DecisionCommand<HandOverPlan> {
  static readonly permitted = permitted;
  readonly type = 'HandOverPlan';
}

export const planCommandHandlers = [
  decidesOn(HandOverPlanCommand, plans, {
    facts: async ({ data }, lookup) => {
      for (const successor of data.successors) await needBody(successor, lookup);
    },
  }),
  decidesOn(AdoptPlanCommand, plans, {
    facts: ({ data }, lookup) => planFacts(data, lookup),
    doubts: ({ command: { context, data }, today }) => doubtsOfPlan(data, data, context.decision, today),
  }),
  decidesOn<AmendPlan, Plan, PlanEvent, ToldAmendment | undefined>(AmendPlanCommand, plans, {
    about: async (_data, lookup, corrects) => (corrects === undefined ? undefined : toldAmendment(corrects, lookup)),
    facts: async ({ context, data }, lookup, _plan, told) => {
      const { corrects, decision, effectiveOn } = context;
      if (corrects !== undefined) checkAmendment(told, corrects, effectiveOn);
      return { ...(await planFacts(data, lookup)), correctsDecision: corrects !== undefined && decision !== undefined };
    },
    effectiveOn: (_facts, _plan, _data, told) => told?.effectiveOn,
    corrects: (_facts, told) => told?.id,
    saidAfter: (told) => told?.said,
    doubts: ({ command: { context, data }, state, today }) =>
      doubtsOfPlan(data, { ...(state as AdoptedPlan), ...data }, context.decision, today),
  }),
  decidesOn<CancelPlan, Plan, PlanEvent, ToldAmendment | undefined>(CancelPlanCommand, plans, {
    about: (_data, lookup) => toldAdoption(lookup),
    facts: async ({ context: { examined, tenant }, id }, lookup, _plan, adoption) => ({
      adoption,
      resting: await lookup.reader(Resting).on({ tenant, category: plans.category, id }, examined),
    }),
    effectiveOn: (_facts, _plan, _data, adoption) => adoption?.effectiveOn,
    corrects: (_facts, adoption) => adoption?.id,
  }),
];

/** @throws NotFound where the owner or the scale does not exist */
async function planFacts({ owner, scale }: Partial<PlanContent>, lookup: StateLookup): Promise<PlanFacts> {
  if (owner) await needBody(owner.bodyId, lookup);
  if (!scale) return { scaleVersions: [] };
  const found = await lookup.need(scales, scale.scaleId);
  if (found.status === 'undefined') throw new NotFound('scale', scale.scaleId);
  return { scaleVersions: Object.keys(found.versions).map(Number) };
}
