import { daysFrom, doubt } from '#kernel';
import type { DomainEvent, Doubt } from '#kernel';
import { doubtsOfDeadline, doubtsOfOccasion } from '#planning';
import type { AdoptedPlan } from '#planning';
import type { Round, RoundContent, Schedule } from './round.js';

/** So many days before and after its own days a round is usually opened and frozen. */
const mostDays = 270;

/**
 * What looks like a mistake in a round as it is planned, opened or amended.
 * @param events what would be recorded: what is left out of it is as it was
 */
export function doubtsOfRound(events: readonly DomainEvent[], before: Round, plan: AdoptedPlan): readonly Doubt[] {
  const said = events[0]!.data as Partial<RoundContent> & { readonly schedule?: Schedule };
  const isOfDays = (['label', 'year', 'referenceDate', 'deadline'] as const).some((name) => said[name] !== undefined);
  const content = { ...(before.status === 'unopened' ? {} : before), ...said } as RoundContent;
  return [
    ...(isOfDays ? doubtsOfOccasion(content, plan) : []),
    ...(said.schedule ? doubtsOfSchedule(said.schedule, content) : []),
  ];
}

function doubtsOfSchedule(
  { freezesOn, opensOn }: Schedule,
  { deadline, referenceDate }: RoundContent,
): readonly Doubt[] {
  return [
    ...(opensOn !== undefined && daysFrom(opensOn, referenceDate) > mostDays
      ? [farFromRound('schedule.opensOn', { day: opensOn, referenceDate, deadline })]
      : []),
    ...(freezesOn !== undefined && daysFrom(deadline, freezesOn) > mostDays
      ? [farFromRound('schedule.freezesOn', { day: freezesOn, referenceDate, deadline })]
      : []),
  ];
}

/** What looks like a mistake in the last day of one body. */
export const doubtsOfExtension = (deadline: string, round: Round): readonly Doubt[] =>
  round.status === 'unopened' ? [] : doubtsOfDeadline(deadline, round.referenceDate);

const farFromRound = doubt(
  'schedule-near-round',
  'The day {day} of the schedule is far from the round, which speaks of {referenceDate} and is due {deadline}',
  'Dagen {day} i schemat ligger långt från uppföljningen, som avser {referenceDate} och ska vara klar {deadline}',
);
