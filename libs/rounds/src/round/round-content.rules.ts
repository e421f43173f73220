import { rule } from '#kernel';
import { scaleOf } from '#planning';
import type { AdoptedPlan } from '#planning';
import { deadlineFor } from './round.js';
import type { Extensions, RoundContent, Schedule } from './round.js';

/** A schedule as it is recorded: the days of reminders in order, each once. */
export function scheduleOf({ freezesOn, opensOn, remindsOn = [] }: Partial<Schedule> = {}): Schedule {
  return {
    ...(opensOn !== undefined && { opensOn }),
    remindsOn: [...new Set(remindsOn)].sort(),
    ...(freezesOn !== undefined && { freezesOn }),
  };
}

/** @throws RuleViolation where a round cannot be so in its plan */
export function checkContent({ deadline, label, referenceDate, scope }: RoundContent, plan: AdoptedPlan): void {
  scaleOf(plan);
  if (deadline < referenceDate) {
    throw dueTooEarly({ round: label, deadline, referenceDate });
  }
  if (scope.length === 0) throw noScope({ round: label });
  const codes = plan.kinds.map(({ code }) => code);
  const unknown = scope.find((kind) => !codes.includes(kind));
  if (unknown) {
    throw kindUnknown({ kind: unknown, kinds: codes });
  }
}

/**
 * A round is opened, then reminded of, then frozen, and the last day for assessments is theirs to its end, also of those that
 * have longer.
 * @throws RuleViolation
 */
export function checkSchedule(
  { freezesOn, opensOn, remindsOn }: Schedule,
  { deadline: ofAll, extensions, label }: RoundContent & { readonly extensions: Extensions },
): void {
  const deadline = Object.values(extensions).reduce(deadlineFor, ofAll);
  if (freezesOn !== undefined && freezesOn <= deadline) {
    throw frozenTooEarly({ round: label, freezesOn, deadline });
  }
  const days = [...(opensOn === undefined ? [] : [opensOn]), ...remindsOn, freezesOn ?? deadline];
  const early = days.find((day, index) => index > 0 && day < days[index - 1]!);
  if (early !== undefined) {
    throw scheduleOutOfOrder({ round: label, day: early });
  }
}

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
