import { doubt, spanOfPeriod, yearsAfter } from '#kernel';
import type { Doubt } from '#kernel';
import type { Observation } from '../indicator.decider.js';
import { columns } from './series-before.js';
import type { Entry } from './series-before.js';

/** So many years a period may lie from all others that were recorded, and from today where there are none. */
const yearsFromOthers = 5;
const yearsFromToday = 30;
/** So many years before it was defined the first value of an indicator may lie. */
const yearsBeforeDefined = 15;

/** From which day an indicator is followed, and from which it is not any longer. */
interface Life {
  readonly since: string;
  readonly retiredOn?: string | undefined;
}

/** What looks like a mistake in the period of a value. @param others the other periods of the indicator, oldest first */
export function doubtsOfPeriod(
  period: string,
  told: Observation,
  others: readonly Entry[],
  { life, today }: { readonly life: Life; readonly today: string },
): readonly Doubt[] {
  const { retiredOn } = life;
  const isAfterLife = retiredOn !== undefined && spanOfPeriod(period).from >= retiredOn;
  return [
    ...(isToCome(period, today) ? [toCome('period', { period, today })] : farFromOthers(period, others, life, today)),
    ...(isAfterLife ? [afterLife('period', { period, retiredOn })] : []),
    ...doubtsOfProvisional(period, told, today),
  ];
}

const isToCome = (period: string, today: string): boolean => spanOfPeriod(period).from > today;

function farFromOthers(period: string, others: readonly Entry[], { since }: Life, today: string): readonly Doubt[] {
  const year = yearOf(period);
  const [oldest, newest] = [others[0], others.at(-1)];
  if (!oldest || !newest) {
    const { to } = spanOfPeriod(period);
    if (to < yearsAfter(today, -yearsFromToday))
      return [farFromToday('period', { period, today, years: yearsFromToday })];
    const isFar = to < yearsAfter(since, -yearsBeforeDefined);
    return isFar ? [beforeLife('period', { period, since, years: yearsBeforeDefined })] : [];
  }
  const isFar = yearOf(oldest.period) - year >= yearsFromOthers || year - yearOf(newest.period) >= yearsFromOthers;
  return isFar ? [farFromSeries('period', { period, oldest: oldest.period, newest: newest.period })] : [];
}

const yearOf = (period: string): number => Number(period.slice(0, 4));

/** A provisional value is counted up to a month of its own period, and not up to one to come. */
function doubtsOfProvisional(period: string, told: Observation, today: string): readonly Doubt[] {
  const { from, to } = spanOfPeriod(period);
  const [first, last] = [from, to].map((day) => day.slice(0, 7)) as [string, string];
  return columns.flatMap((column) => {
    const cell = told[column];
    const month = cell && 'value' in cell ? cell.provisionalAsOf : undefined;
    if (month === undefined) return [];
    const field = `${column}.provisionalAsOf`;
    if (month < first || month > last) return [monthElsewhere(field, { month, period })];
    return month > today.slice(0, 7) ? [monthToCome(field, { month, today })] : [];
  });
}

const toCome = doubt(
  'period-has-begun',
  'The period {period} has not begun, and today is {today}',
  'Perioden {period} har inte börjat, och i dag är det {today}',
);
const farFromSeries = doubt(
  'period-near-others',
  'The period {period} lies years from those that are recorded, {oldest} to {newest}',
  'Perioden {period} ligger flera år från dem som är registrerade, {oldest} till {newest}',
);
const farFromToday = doubt(
  'period-near-others',
  'The period {period} lies more than {years} years before today, {today}',
  'Perioden {period} ligger mer än {years} år före dagens datum, {today}',
);
const beforeLife = doubt(
  'period-in-life',
  'The period {period} lies more than {years} years before the indicator is followed, from {since}',
  'Perioden {period} ligger mer än {years} år innan indikatorn följs, från {since}',
);
const afterLife = doubt(
  'period-in-life',
  'The indicator is not followed from {retiredOn}, and the period {period} begins after that',
  'Indikatorn följs inte längre från {retiredOn}, och perioden {period} börjar därefter',
);
const monthElsewhere = doubt(
  'month-of-period',
  'The month {month}, up to which the value is provisional, is no month of the period {period}',
  'Månaden {month}, som värdet är preliminärt till och med, hör inte till perioden {period}',
);
const monthToCome = doubt(
  'month-of-period',
  'The month {month}, up to which the value is provisional, is still to come: today is {today}',
  'Månaden {month}, som värdet är preliminärt till och med, har inte börjat: i dag är det {today}',
);
