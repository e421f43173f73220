import { RuleViolation, sameWhenStored } from '#kernel';
import type { DomainCommand } from '#kernel';
import type { AdoptedPlan } from '#planning';
import type { RoundEvent } from './round.events.js';
import { isFrozen } from './round.js';
import type { PlannedRound, Round, RoundContent, Schedule } from './round.js';

export interface OpeningFacts {
  readonly plan: AdoptedPlan;
  /** The name of another round of the same kind and year. */
  readonly sameOccasion: string | undefined;
}

/** What is left out is taken from the plan's calendar: from its occasion of that kind and year. */
export type PlanRound = DomainCommand<
  'PlanRound',
  Pick<RoundContent, 'planId' | 'kind' | 'year'> &
    Partial<RoundContent> & { readonly schedule?: Partial<Schedule> | undefined },
  OpeningFacts
>;
/** Opens a round with the content of the command. One that was planned opens with the content that was planned. */
export type OpenRound = DomainCommand<'OpenRound', RoundContent, OpeningFacts>;
/** Opens a round as it was planned. */
export type OpenPlannedRound = DomainCommand<'OpenPlannedRound', object, void>;
export type OpeningCommand = PlanRound | OpenRound | OpenPlannedRound;

/** A round may be planned again, with other days or another scope, until it is opened. */
export function plan({ data, facts, id }: PlanRound, round: Round): RoundEvent[] {
  refuseOpened(round);
  refuseSameOccasion(data, facts);
  const content = contentOf(data, facts.plan);
  checkContent(content, facts.plan);
  const schedule = scheduleOf(data.schedule);
  checkSchedule(schedule, content);
  const planned = { ...content, schedule };
  if (round.status === 'planned' && sameWhenStored(planned, plannedOf(round))) return [];
  return [{ type: 'RoundPlanned', data: { roundId: id, ...planned } }];
}

export function open({ data, facts, id }: OpenRound, round: Round): RoundEvent[] {
  refuseOpened(round);
  refuseSameOccasion(data, facts);
  checkContent(data, facts.plan);
  if (round.status === 'planned' && !sameWhenStored(contentIn(data), contentIn(round))) {
    throw new RuleViolation(
      'opened-as-planned',
      `${round.label} was planned otherwise; plan it anew, and open it then`,
    );
  }
  return [{ type: 'RoundOpened', data: { roundId: id, ...data } }];
}

export function openPlanned({ id }: OpenPlannedRound, round: Round): RoundEvent[] {
  refuseOpened(round);
  if (round.status !== 'planned') throw new RuleViolation('round-planned', 'The round was not planned');
  return [{ type: 'RoundOpened', data: { roundId: id, ...contentIn(round) } }];
}

function refuseOpened(round: Round): void {
  if (round.status === 'open') throw new RuleViolation('round-opened-once', `${round.label} is open already`);
  if (isFrozen(round)) throw new RuleViolation('round-not-frozen', `${round.label} is frozen; nothing is reopened`);
}

function refuseSameOccasion({ kind, year }: Pick<RoundContent, 'kind' | 'year'>, { sameOccasion }: OpeningFacts): void {
  if (sameOccasion === undefined) return;
  throw new RuleViolation('round-once', `${sameOccasion} is the round ${kind} of ${year} already`);
}

function contentOf({ schedule: _, ...data }: PlanRound['data'], { calendar }: AdoptedPlan): RoundContent {
  const { kind, year } = data;
  const occasion = calendar.find((foreseen) => foreseen.kind === kind && foreseen.year === year);
  const {
    deadline = occasion?.deadline,
    label = occasion?.label,
    referenceDate = occasion?.referenceDate,
    scope = occasion?.scope,
  } = data;
  if (deadline === undefined || label === undefined || referenceDate === undefined || scope === undefined) {
    throw new RuleViolation(
      'occasion-in-calendar',
      `The plan's calendar has no ${kind} of ${year}; give label, referenceDate, deadline and scope`,
    );
  }
  return { ...data, label, referenceDate, deadline, scope: [...scope] };
}

function scheduleOf({ freezesOn, opensOn, remindsOn = [] }: Partial<Schedule> = {}): Schedule {
  return {
    ...(opensOn !== undefined && { opensOn }),
    remindsOn: [...new Set(remindsOn)].sort(),
    ...(freezesOn !== undefined && { freezesOn }),
  };
}

function checkContent({ deadline, label, referenceDate, scope }: RoundContent, { kinds }: AdoptedPlan): void {
  if (deadline < referenceDate) {
    throw new RuleViolation(
      'deadline-after-reference',
      `${label} is due ${deadline}, before the day ${referenceDate} it speaks of`,
    );
  }
  if (scope.length === 0) throw new RuleViolation('round-has-scope', `${label} would assess nothing`);
  const codes = kinds.map(({ code }) => code);
  const unknown = scope.find((kind) => !codes.includes(kind));
  if (unknown) {
    throw new RuleViolation('kind-of-plan', `${unknown} is no kind of the plan; its kinds are ${codes.join(', ')}`);
  }
}

/** A round is opened, then reminded of, then frozen, and the last day for assessments is theirs to its end. */
function checkSchedule({ freezesOn, opensOn, remindsOn }: Schedule, { deadline, label }: RoundContent): void {
  if (freezesOn !== undefined && freezesOn <= deadline) {
    throw new RuleViolation(
      'frozen-after-deadline',
      `${label} would be frozen on ${freezesOn}, and assessments are due ${deadline}`,
    );
  }
  const days = [...(opensOn === undefined ? [] : [opensOn]), ...remindsOn, freezesOn ?? deadline];
  const early = days.find((day, index) => index > 0 && day < days[index - 1]!);
  if (early !== undefined) {
    throw new RuleViolation('schedule-in-order', `${label} has the day ${early} in its schedule after a later one`);
  }
}

function contentIn({ deadline, key, kind, label, planId, referenceDate, scope, year }: RoundContent): RoundContent {
  return { planId, ...(key !== undefined && { key }), kind, label, year, referenceDate, deadline, scope: [...scope] };
}

function plannedOf(round: PlannedRound): RoundContent & { schedule: Schedule } {
  return { ...contentIn(round), schedule: round.schedule };
}
