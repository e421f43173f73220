import { rule, sameWhenStored } from '#kernel';
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
    throw plannedOtherwise({ round: round.label });
  }
  return [{ type: 'RoundOpened', data: { roundId: id, ...data } }];
}

export function openPlanned({ id }: OpenPlannedRound, round: Round): RoundEvent[] {
  refuseOpened(round);
  if (round.status !== 'planned') throw notPlanned();
  return [{ type: 'RoundOpened', data: { roundId: id, ...contentIn(round) } }];
}

function refuseOpened(round: Round): void {
  if (round.status === 'open') throw openAlready({ round: round.label });
  if (isFrozen(round)) throw frozenAlready({ round: round.label });
}

function refuseSameOccasion({ kind, year }: Pick<RoundContent, 'kind' | 'year'>, { sameOccasion }: OpeningFacts): void {
  if (sameOccasion === undefined) return;
  throw onceAYear({ round: sameOccasion, kind, year });
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
    throw notInCalendar({ kind, year });
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
    throw dueTooEarly({ round: label, deadline, referenceDate });
  }
  if (scope.length === 0) throw noScope({ round: label });
  const codes = kinds.map(({ code }) => code);
  const unknown = scope.find((kind) => !codes.includes(kind));
  if (unknown) {
    throw kindUnknown({ kind: unknown, kinds: codes });
  }
}

/** A round is opened, then reminded of, then frozen, and the last day for assessments is theirs to its end. */
function checkSchedule({ freezesOn, opensOn, remindsOn }: Schedule, { deadline, label }: RoundContent): void {
  if (freezesOn !== undefined && freezesOn <= deadline) {
    throw frozenTooEarly({ round: label, freezesOn, deadline });
  }
  const days = [...(opensOn === undefined ? [] : [opensOn]), ...remindsOn, freezesOn ?? deadline];
  const early = days.find((day, index) => index > 0 && day < days[index - 1]!);
  if (early !== undefined) {
    throw scheduleOutOfOrder({ round: label, day: early });
  }
}

function contentIn({ deadline, key, kind, label, planId, referenceDate, scope, year }: RoundContent): RoundContent {
  return { planId, ...(key !== undefined && { key }), kind, label, year, referenceDate, deadline, scope: [...scope] };
}

function plannedOf(round: PlannedRound): RoundContent & { schedule: Schedule } {
  return { ...contentIn(round), schedule: round.schedule };
}

const plannedOtherwise = rule(
  'opened-as-planned',
  '{round} was planned otherwise; plan it anew, and open it then',
  '{round} planerades på annat sätt; planera om den och öppna den sedan',
);
const notPlanned = rule('round-planned', 'The round was not planned', 'Uppföljningen är inte planerad');
const openAlready = rule('round-opened-once', '{round} is open already', '{round} är redan öppen');
const frozenAlready = rule(
  'round-not-frozen',
  '{round} is frozen; nothing is reopened',
  '{round} är fryst och öppnas inte igen',
);
const onceAYear = rule(
  'round-once',
  '{round} is the round {kind} of {year} already',
  '{round} är redan uppföljningen {kind} {year}',
);
const notInCalendar = rule(
  'occasion-in-calendar',
  "The plan's calendar has no {kind} of {year}; give label, referenceDate, deadline and scope",
  'Planens kalender har ingen {kind} {year}; ange label, referenceDate, deadline och scope',
);
const dueTooEarly = rule(
  'deadline-after-reference',
  '{round} is due {deadline}, before the day {referenceDate} it speaks of',
  '{round} ska vara klar {deadline}, före den dag {referenceDate} som den avser',
);
const noScope = rule('round-has-scope', '{round} would assess nothing', '{round} skulle inte bedöma något');
const kindUnknown = rule(
  'kind-of-plan',
  '{kind} is no kind of the plan; its kinds are {kinds}',
  '{kind} är inget slag i planen; dess slag är {kinds}',
);
const frozenTooEarly = rule(
  'frozen-after-deadline',
  '{round} would be frozen on {freezesOn}, and assessments are due {deadline}',
  '{round} skulle frysas {freezesOn}, och bedömningarna ska vara klara {deadline}',
);
const scheduleOutOfOrder = rule(
  'schedule-in-order',
  '{round} has the day {day} in its schedule after a later one',
  '{round} har dagen {day} i sitt schema efter en senare dag',
);
