import { stepOn, stepsAfter } from '#kernel';
import type { Held } from '#organisation';
import type { Plan } from './plan.decider.js';

/** A plan as a body owns it from a day on. */
export interface OwnedPlan extends Held {
  readonly owner: { readonly bodyId: string; readonly role: string };
}

/** From which days on a body owns a plan, at a day or after it. */
export function ownershipsOf(plan: Plan, bodyId: string, day: string): readonly OwnedPlan[] {
  if (plan.status !== 'adopted') return [];
  const { owner: series } = plan.series;
  const then = stepOn(series, day);
  const steps = [...(then ? [{ ...then, since: day }] : []), ...stepsAfter(series, day)];
  return steps
    .filter(({ value }) => value.bodyId === bodyId)
    .map(({ since, value: owner }) => ({ since, property: 'owner' as const, bodies: [owner.bodyId], owner }));
}
