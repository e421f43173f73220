import { stepOn, stepsAfter } from '#kernel';
import type { Held } from '#organisation';
import type { PlanContent } from './plan.events.js';
import type { PlanSeries } from './plan.series.js';

/** A plan, as far as it says who owns it. */
type SomePlan =
  { readonly status: 'unadopted' | 'cancelled' } | { readonly status: 'adopted'; readonly series: PlanSeries };

/** A plan as a body owns it from a day on. */
export interface OwnedPlan extends Held {
  readonly owner: PlanContent['owner'];
}

/** From which days on a body owns a plan, at a day or after it. */
export function ownershipsOf(plan: SomePlan, bodyId: string, day: string): readonly OwnedPlan[] {
  if (plan.status !== 'adopted') return [];
  const { owner: series } = plan.series;
  const then = stepOn(series, day);
  const steps = [...(then ? [{ ...then, since: day }] : []), ...stepsAfter(series, day)];
  return steps
    .filter(({ value }) => value.bodyId === bodyId)
    .map(({ since, value: owner }) => ({ since, property: 'owner' as const, bodies: [owner.bodyId], owner }));
}
