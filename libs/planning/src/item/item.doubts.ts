import type { Doubted, StateLookup } from '#deciding';
import { daysFrom, doubt } from '#kernel';
import type { DomainCommand, Doubt } from '#kernel';
import { groupNameOf, groups, membersOn } from '#organisation';
import { doubtsOfDecision, outsidePlan } from '../plan/plan.doubts.js';
import type { Concerned } from './item.events.js';
import { needPlan, planOf } from './item.lookups.js';
import type { ItemState } from './item.state.js';

/** So many days an item usually rests at most. */
const longestHold = 3 * 366;

/** What looks like a mistake in the days of any command to an item: they are held against the plan. */
export async function doubtsOfItem(
  { command: { context, data }, effectiveOn, state, today }: Doubted<DomainCommand, ItemState>,
  lookup: StateLookup,
): Promise<readonly Doubt[]> {
  const { concerned, planId, until } = data as {
    readonly concerned?: Concerned | null;
    readonly planId?: string;
    readonly until?: string;
  };
  const ofGroup = await doubtsOfGroup(concerned, effectiveOn, lookup);
  // A day that nobody wrote is no typing error, and a correction takes the day of what it corrects.
  const day = context.corrects === undefined && context.effectiveOn !== today ? context.effectiveOn : undefined;
  if (day === undefined && context.decision === undefined && until === undefined) return ofGroup;
  const { validity } = await needPlan(state.status === 'adopted' ? planOf(state) : (planId ?? ''), lookup);
  return [
    ...(day === undefined ? [] : outsidePlan('effectiveOn', day, validity)),
    ...doubtsOfDecision(context.decision, validity),
    ...(until === undefined ? [] : doubtsOfHold(until, effectiveOn)),
    ...ofGroup,
  ];
}

/** A group that nobody belongs to by the day concerns nobody, whatever its name says. */
async function doubtsOfGroup(
  concerned: Concerned | null | undefined,
  day: string,
  lookup: StateLookup,
): Promise<readonly Doubt[]> {
  if (!concerned || !('groupId' in concerned) || concerned.groupId === undefined) return [];
  const group = await lookup.need(groups, concerned.groupId);
  if (group.status !== 'defined' || membersOn(group.memberships, day).length > 0) return [];
  return [nobodyYet('concerned', { group: groupNameOf(group), day })];
}

const doubtsOfHold = (until: string, from: string): readonly Doubt[] =>
  daysFrom(from, until) > longestHold ? [longHold('until', { from, until })] : [];

const longHold = doubt(
  'hold-ends-soon',
  'The item would rest from {from} to {until}, which is more than three years',
  'Uppdraget skulle vila från {from} till {until}, vilket är mer än tre år',
);
const nobodyYet = doubt(
  'group-has-members',
  '{group} has no members on {day}, so that it would concern nobody then',
  '{group} har inga medlemmar den {day}, så att ingen skulle beröras då',
);
