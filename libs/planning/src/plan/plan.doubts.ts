import { orSwapped } from '#deciding';
import { daysFrom, doubt, includesDay, yearsAfter } from '#kernel';
import type { Doubt, FormalDecision, Period } from '#kernel';
import type { PlanContent } from './plan.decider.js';

/** So many years at most a plan usually holds. */
const longestYears = 15;
/** So far from today a plan may begin, in years. */
const yearsBack = 30;
const yearsAhead = 10;
/** So long before a plan begins it is decided on at the earliest, in years. */
const yearsOfWork = 2;
/** So many days after the day that a round speaks of its assessments are usually due. */
const mostDaysToDeadline = 270;

/** A round, or one that a plan foresees. */
interface Occasion {
  readonly kind: string;
  readonly label: string;
  readonly year: number;
  readonly referenceDate: string;
  readonly deadline: string;
}

/**
 * What looks like a mistake in a plan as it is adopted, or in what of it is amended.
 * @param said what is told of it now
 * @param plan the whole of it
 */
export function doubtsOfPlan(
  said: Partial<PlanContent>,
  plan: PlanContent,
  decision: FormalDecision | undefined,
  today: string,
): readonly Doubt[] {
  const { validity } = plan;
  return [
    ...(said.validity ? doubtsOfValidity(validity, today) : []),
    ...((said.title ?? said.validity) ? doubtsOfTitle(plan) : []),
    ...doubtsOfDecision(decision, validity),
    ...(said.calendar ?? []).flatMap((occasion, index) =>
      isDated(occasion)
        ? doubtsOfOccasion(occasion, { validity }).map((one) => ({ ...one, field: `calendar[${index}].${one.field}` }))
        : [],
    ),
  ];
}

/** Of an occasion without days there is nothing to doubt. */
const isDated = (occasion: PlanContent['calendar'][number]): occasion is PlanContent['calendar'][number] & Occasion =>
  [occasion.year, occasion.referenceDate, occasion.deadline].every((told) => told !== undefined);

function doubtsOfValidity({ from, to }: PlanContent['validity'], today: string): readonly Doubt[] {
  if (from === undefined) return [];
  const isFar = from < yearsAfter(today, -yearsBack) || from > yearsAfter(today, yearsAhead);
  return [
    ...(isFar ? [farPlan('validity.from', { from, today })] : []),
    ...(to !== undefined && to > yearsAfter(from, longestYears)
      ? [longPlan('validity.to', { from, to, years: longestYears })]
      : []),
  ];
}

function doubtsOfTitle({ title, validity: { from, to = from } }: PlanContent): readonly Doubt[] {
  if (from === undefined || to === undefined) return [];
  const years = yearsIn(title);
  const isOfThem = years.some((year) => year >= from.slice(0, 4) && year <= to.slice(0, 4));
  return years.length === 0 || isOfThem ? [] : [yearsOfTitle('title', { title, from, to })];
}

/** A decision about a plan, or about what belongs to it, is made within the years of work on it or while it holds. */
export function doubtsOfDecision(decision: FormalDecision | undefined, { from }: Period): readonly Doubt[] {
  if (decision === undefined || from === undefined || decision.date >= yearsAfter(from, -yearsOfWork)) return [];
  return [earlyDecision('decision.date', { day: decision.date, from, years: yearsOfWork })];
}

/** What looks like a mistake in the days of a round of a plan. */
export function doubtsOfOccasion(
  { deadline, kind, label, referenceDate, year }: Occasion,
  { calendar = [], validity }: { readonly validity: Period; readonly calendar?: PlanContent['calendar'] },
): readonly Doubt[] {
  const years = yearsIn(label);
  const foreseen = calendar.find((one) => one.kind === kind && one.year === year)?.referenceDate;
  return [
    ...(years.length > 0 && !years.includes(String(year)) ? [yearOfLabel('year', { label, year })] : []),
    ...(referenceDate.startsWith(String(year)) ? [] : [otherYear('referenceDate', { referenceDate, year })]),
    ...outsidePlan('referenceDate', referenceDate, validity),
    ...(foreseen !== undefined && orSwapped(referenceDate, (day) => day === foreseen) !== ''
      ? [foreseenSwapped('referenceDate', { referenceDate, foreseen })]
      : []),
    ...doubtsOfDeadline(deadline, referenceDate),
  ];
}

/** A deadline long after the day that the assessments speak of is one of another year. */
export function doubtsOfDeadline(deadline: string, referenceDate: string): readonly Doubt[] {
  const isNear = (day: string) => day >= referenceDate && daysFrom(referenceDate, day) <= mostDaysToDeadline;
  return isNear(deadline)
    ? []
    : [lateDeadline('deadline', { deadline, referenceDate, instead: orSwapped(deadline, isNear) })];
}

/** A day of something in a plan lies within the plan, or is the first one after it. */
export function outsidePlan(field: string, day: string, { from, to }: Period): readonly Doubt[] {
  const isWithin = (one: string) => includesDay({ ...(from && { from }), ...(to && { to }) }, one);
  if (isWithin(day) || (to !== undefined && daysFrom(to, day) === 1)) return [];
  return [dayOutside(field, { day, from: from ?? '', to: to ?? '…', instead: orSwapped(day, isWithin) })];
}

/** The years that a text names, in four digits. */
const yearsIn = (text: string): readonly string[] => text.match(/(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])/g) ?? [];

const farPlan = doubt(
  'plan-near-today',
  'The plan would hold from {from}, and today is {today}',
  'Planen skulle gälla från {from}, och i dag är det {today}',
);
const longPlan = doubt(
  'plan-term',
  'The plan would hold from {from} to {to}, which is more than {years} years',
  'Planen skulle gälla från {from} till {to}, vilket är mer än {years} år',
);
const yearsOfTitle = doubt(
  'year-of-title',
  'The title “{title}” names no year of the time that the plan holds, {from} to {to}',
  'Titeln ”{title}” anger inget år av den tid som planen gäller, {from} till {to}',
);
const earlyDecision = doubt(
  'decision-near-plan',
  'The decision is dated {day}, more than {years} years before the plan holds, from {from}',
  'Beslutet är daterat {day}, mer än {years} år innan planen gäller, från {from}',
);
const yearOfLabel = doubt(
  'year-of-label',
  '“{label}” names another year than the one that is followed up, {year}',
  '”{label}” anger ett annat år än det som följs upp, {year}',
);
const otherYear = doubt(
  'round-year',
  'The day that it speaks of, {referenceDate}, is not of the year that is followed up, {year}',
  'Dagen som den avser, {referenceDate}, ligger inte i det år som följs upp, {year}',
);
const dayOutside = doubt(
  'day-in-plan',
  'The day {day} is outside of the time that the plan holds, {from} to {to}{instead}',
  'Dagen {day} ligger utanför den tid som planen gäller, {from} till {to}{instead}',
);
const foreseenSwapped = doubt(
  'day-as-foreseen',
  'The day that it speaks of is {referenceDate}, and the plan’s calendar says {foreseen}: were day and month exchanged',
  'Dagen som den avser är {referenceDate}, och planens kalender anger {foreseen}: har dag och månad bytt plats',
);
const lateDeadline = doubt(
  'deadline-near-reference',
  'The deadline, {deadline}, is far from the day that the assessments speak of, {referenceDate}{instead}',
  'Sista dagen, {deadline}, ligger långt från den dag som bedömningarna avser, {referenceDate}{instead}',
);
