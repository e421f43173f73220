import { rule, sameWhenStored } from '#kernel';
import type { DomainCommand } from '#kernel';
import type { AdoptedPlan } from '#planning';
import type { RoundEvent } from './round.events.js';
import { checkContent, checkSchedule, scheduleOf } from './round-content.rules.js';
import { contentOf, refuseEnded } from './round.js';
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
/**
 * Opens a round with the content of the command. One that was planned opens with the content that was planned. Where it is
 * left out whether others may contribute, that is as it was planned, and else they may.
 */
export type OpenRound = DomainCommand<
  'OpenRound',
  Omit<RoundContent, 'othersMayContribute'> & Partial<Pick<RoundContent, 'othersMayContribute'>>,
  OpeningFacts
>;
/** Opens a round as it was planned. */
export type OpenPlannedRound = DomainCommand<'OpenPlannedRound', object, void>;
export type OpeningCommand = PlanRound | OpenRound | OpenPlannedRound;

/** A round may be planned again, with other days or another scope, until it is opened. */
export function plan({ data, facts, id }: PlanRound, round: Round): RoundEvent[] {
  refuseOpened(round);
  refuseSameOccasion(data, facts);
  const content = foreseen(data, facts.plan);
  checkContent(content, facts.plan);
  const schedule = scheduleOf(data.schedule);
  checkSchedule(schedule, { ...content, extensions: round.status === 'planned' ? round.extensions : {} });
  const planned = { ...content, schedule };
  if (round.status === 'planned' && sameWhenStored(planned, plannedOf(round))) return [];
  return [{ type: 'RoundPlanned', data: { roundId: id, ...planned } }];
}

export function open({ data, facts, id }: OpenRound, round: Round): RoundEvent[] {
  refuseOpened(round);
  refuseSameOccasion(data, facts);
  const planned = round.status === 'planned' ? round : undefined;
  const { othersMayContribute = planned?.othersMayContribute ?? true } = data;
  const content = { ...data, othersMayContribute };
  checkContent(content, facts.plan);
  if (planned && !sameWhenStored(contentOf(content), contentOf(planned))) {
    throw plannedOtherwise({ round: planned.label });
  }
  return [{ type: 'RoundOpened', data: { roundId: id, ...content } }];
}

export function openPlanned({ id }: OpenPlannedRound, round: Round): RoundEvent[] {
  refuseOpened(round);
  if (round.status !== 'planned') throw notPlanned();
  return [{ type: 'RoundOpened', data: { roundId: id, ...contentOf(round) } }];
}

function refuseOpened(round: Round): void {
  refuseEnded(round);
  if (round.status === 'open') throw openAlready({ round: round.label });
}

function refuseSameOccasion({ kind, year }: Pick<RoundContent, 'kind' | 'year'>, { sameOccasion }: OpeningFacts): void {
  if (sameOccasion === undefined) return;
  throw onceAYear({ round: sameOccasion, kind, year });
}

/** What a round is planned as: what is not said is as the calendar foresees it. */
function foreseen({ schedule: _, ...data }: PlanRound['data'], { calendar }: AdoptedPlan): RoundContent {
  const { kind, year } = data;
  const occasion = calendar.find((one) => one.kind === kind && one.year === year);
  const {
    deadline = occasion?.deadline,
    label = occasion?.label,
    othersMayContribute = true,
    referenceDate = occasion?.referenceDate,
    scope = occasion?.scope,
  } = data;
  if (deadline === undefined || label === undefined || referenceDate === undefined || scope === undefined) {
    throw notInCalendar({ kind, year });
  }
  return { ...data, label, referenceDate, deadline, scope: [...scope], othersMayContribute };
}

function plannedOf(round: PlannedRound): RoundContent & { schedule: Schedule } {
  return { ...contentOf(round), schedule: round.schedule };
}

const plannedOtherwise = rule(
  'opened-as-planned',
  '{round} was planned otherwise; plan it anew, and open it then',
  '{round} planerades på annat sätt; planera om den och öppna den sedan',
);
const notPlanned = rule('round-planned', 'The round was not planned', 'Uppföljningen är inte planerad');
const openAlready = rule('round-opened-once', '{round} is open already', '{round} är redan öppen');
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
