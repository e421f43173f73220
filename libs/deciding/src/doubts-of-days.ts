import { doubt, rule, say, swappedDay, yearsAfter } from '#kernel';
import type { Doubt, Said } from '#kernel';
import type { CommandContext } from './command-context.js';

/** So many years before and after the day of recording a command may speak of. */
const yearsBack = 30;
const yearsAhead = 10;
/** So many years ahead is what is decided now at the most, nearly always. */
const yearsSoon = 3;

/** @throws RuleViolation where the day that the caller gave is so far from today that it cannot be meant */
export function refuseFarDay({ effectiveOn: day }: Pick<CommandContext, 'effectiveOn'>, today: string): void {
  if (day !== undefined && !isWithinReach(day, today)) throw farDay({ day, today, yearsBack, yearsAhead });
}

/** Whether a day can be meant at all by who records something on another. */
export const isWithinReach = (day: string, today: string): boolean =>
  day >= yearsAfter(today, -yearsBack) && day <= yearsAfter(today, yearsAhead);

/** What looks like a mistake in the days that a caller gave, whatever the command. What nobody wrote is not doubted. */
export function doubtsOfDays(
  { corrects, decision, effectiveOn }: Pick<CommandContext, 'corrects' | 'decision' | 'effectiveOn'>,
  today: string,
): readonly Doubt[] {
  const soon = yearsAfter(today, yearsSoon);
  // A correction takes the day of what it corrects.
  const isFarAhead = corrects === undefined && effectiveOn !== undefined && effectiveOn > soon;
  return [
    ...(isFarAhead ? [farAhead('effectiveOn', { day: effectiveOn, today, years: yearsSoon })] : []),
    ...(decision === undefined || decision.date <= today ? [] : [toCome(decision.date, today)]),
  ];
}

const toCome = (day: string, today: string): Doubt =>
  decisionToCome('decision.date', { day, today, instead: orSwapped(day, (other) => other <= today) });

/** What to say of the day that is meant where day and month were taken for each other: nothing where that is as doubtful. */
export function orSwapped(day: string, isPlausible: (day: string) => boolean): Said | '' {
  const swapped = swappedDay(day);
  return swapped !== undefined && isPlausible(swapped) ? otherWayRound({ day, swapped }) : '';
}

const otherWayRound = say(
  '; is it {day} or, with day and month the other way round, {swapped}',
  '; är det {day} eller, med dag och månad omkastade, {swapped}',
);

const farDay = rule(
  'day-within-reach',
  'The day {day} is not between {yearsBack} years before and {yearsAhead} years after today, {today}',
  'Dagen {day} ligger inte mellan {yearsBack} år före och {yearsAhead} år efter dagens datum, {today}',
);
const farAhead = doubt(
  'day-soon',
  'The day {day} is more than {years} years after today, {today}',
  'Dagen {day} ligger mer än {years} år efter dagens datum, {today}',
);
const decisionToCome = doubt(
  'decision-made',
  'The decision is dated {day}, and today is {today}{instead}',
  'Beslutet är daterat {day}, och i dag är det {today}{instead}',
);
