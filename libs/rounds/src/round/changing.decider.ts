import { rule, sameWhenStored, whileThereIsRoom } from '#kernel';
import type { DomainCommand } from '#kernel';
import type { AdoptedPlan } from '#planning';
import { checkContent, checkSchedule, scheduleOf } from './round-content.rules.js';
import type { RoundAmended, RoundEvent } from './round.events.js';
import { contentOf, needUnfrozen } from './round.js';
import type { PlannedRound, OpenedRound, Round, RoundContent, Schedule } from './round.js';

/** What is left out stays as it is. A schedule is given whole. */
export type AmendRound = DomainCommand<
  'AmendRound',
  Partial<Pick<RoundContent, 'label' | 'referenceDate' | 'deadline' | 'scope' | 'othersMayContribute'>> & {
    readonly schedule?: Partial<Schedule>;
    readonly reason: string;
  },
  { readonly plan: AdoptedPlan }
>;
/** It should not have been planned or opened. */
export type CancelRound = DomainCommand<'CancelRound', { reason: string }, void>;
/** @param deadline the last day for one body's assessments, after that of the others */
export type ExtendDeadline = DomainCommand<
  'ExtendDeadline',
  { bodyId: string; deadline: string; reason: string },
  void
>;
/** The body has no longer than the others after all. */
export type RecallExtension = DomainCommand<'RecallExtension', { bodyId: string; reason: string }, void>;
export type ChangingCommand = AmendRound | CancelRound | ExtendDeadline | RecallExtension;

/** So many are told with the round. */
const mostAmendments = 100;

/** A round may be moved until it is frozen. What was assessed in it before goes on speaking of the day that it had then. */
export function amend({ data: { reason, ...asked }, facts, id }: AmendRound, round: Round): RoundEvent[] {
  const known = needUnfrozen(round);
  const { schedule, ...content } = asked;
  const changed = changesOf(known, { ...content, ...(schedule && { schedule: scheduleOf(schedule) }) });
  if (Object.keys(changed).length === 0) return [];
  const next = { ...known, ...changed };
  checkContent(next, facts.plan);
  if (next.schedule) checkSchedule(next.schedule, next);
  const amended: RoundEvent = {
    type: 'RoundAmended',
    data: { roundId: id, planId: known.planId, ...changed, reason },
  };
  return whileThereIsRoom([amended], known.amendments, mostAmendments);
}

export function cancel({ data: { reason }, id }: CancelRound, round: Round): RoundEvent[] {
  if (round.status === 'cancelled') return [];
  const { planId } = needUnfrozen(round);
  return [{ type: 'RoundCancelled', data: { roundId: id, planId, reason } }];
}

export function extendDeadline({ data, id }: ExtendDeadline, round: Round): RoundEvent[] {
  const known = needUnfrozen(round);
  const { bodyId, deadline } = data;
  if (known.extensions[bodyId] === deadline) return [];
  if (deadline <= known.deadline) throw noExtension({ round: known.label, deadline: known.deadline, until: deadline });
  const extensions = { ...known.extensions, [bodyId]: deadline };
  if (known.schedule) checkSchedule(known.schedule, { ...known, extensions });
  return [{ type: 'BodyDeadlineExtended', data: { roundId: id, planId: known.planId, ...data } }];
}

export function recallExtension({ data, id }: RecallExtension, round: Round): RoundEvent[] {
  const { extensions, planId } = needUnfrozen(round);
  if (extensions[data.bodyId] === undefined) return [];
  return [{ type: 'BodyExtensionRecalled', data: { roundId: id, planId, ...data } }];
}

type Changes = Omit<RoundAmended['data'], 'roundId' | 'planId' | 'reason'>;

/** What is asked for and is not so already. */
function changesOf(round: PlannedRound | OpenedRound, asked: Changes): Changes {
  const known: Partial<Schedule & RoundContent> = {
    ...contentOf(round),
    ...(round.schedule && { schedule: round.schedule }),
  };
  const differs = ([property, value]: [string, unknown]) =>
    !sameWhenStored(value, known[property as keyof typeof known]);
  return Object.fromEntries(Object.entries(asked).filter(differs));
}

const noExtension = rule(
  'extension-after-deadline',
  '{round} is due {deadline} for all, and an extension ends after that, not on {until}',
  '{round} ska vara klar {deadline} för alla, och ett anstånd slutar efter den dagen, inte {until}',
);
