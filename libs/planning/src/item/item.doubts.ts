import type { Doubted, StateLookup } from '#deciding';
import { daysFrom, doubt } from '#kernel';
import type { DomainCommand, Doubt } from '#kernel';
import { doubtsOfDecision, outsidePlan } from '../plan/plan.doubts.js';
import { needPlan, planOf } from './item.lookups.js';
import type { ItemState } from './item.state.js';

/** So many days an item usually rests at most. */
const longestHold = 3 * 366;

/** What looks like a mistake in the days of any command to an item: they are held against the plan. */
export async function doubtsOfItem(
  { command: { context, data }, effectiveOn, state, today }: Doubted<DomainCommand, ItemState>,
  lookup: StateLookup,
): Promise<readonly Doubt[]> {
  const { planId, until } = data as { readonly planId?: string; readonly until?: string };
  // A day that nobody wrote is no typing error, and a correction takes the day of what it corrects.
  const day = context.corrects === undefined && context.effectiveOn !== today ? context.effectiveOn : undefined;
  if (day === undefined && context.decision === undefined && until === undefined) return [];
  const { validity } = await needPlan(state.status === 'adopted' ? planOf(state) : (planId ?? ''), lookup);
  return [
    ...(day === undefined ? [] : outsidePlan('effectiveOn', day, validity)),
    ...doubtsOfDecision(context.decision, validity),
    ...(until === undefined ? [] : doubtsOfHold(until, effectiveOn)),
  ];
}

const doubtsOfHold = (until: string, from: string): readonly Doubt[] =>
  daysFrom(from, until) > longestHold ? [longHold('until', { from, until })] : [];

const longHold = doubt(
  'hold-ends-soon',
  'The item would rest from {from} to {until}, which is more than three years',
  'Uppdraget skulle vila från {from} till {until}, vilket är mer än tre år',
);
