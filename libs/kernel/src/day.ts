const stockholm = new Intl.DateTimeFormat('en', {
  timeZone: 'Europe/Stockholm',
  calendar: 'iso8601',
  numberingSystem: 'latn',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

const hourMilliseconds = 3_600_000;
/** A day begins on a whole hour of UTC, in summer and in winter: an instant of the same hour falls on the same day. */
let newest = { hour: NaN, day: '' };

/** The ISO day that an instant falls on in Sweden. */
export function dayInSweden(instant: Date): string {
  const hour = Math.floor(instant.getTime() / hourMilliseconds);
  if (hour !== newest.hour) newest = { hour, day: isoDayOf(instant) };
  return newest.day;
}

/** How a language writes a day may change with the next release of its data; of which parts it consists may not. */
function isoDayOf(instant: Date): string {
  const parts = Object.fromEntries(stockholm.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts['year']}-${parts['month']}-${parts['day']}`;
}

/** How a day is written, whether it exists or not. */
export const dayPattern = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$';

const pattern = new RegExp(dayPattern);

/** Whether a text is a day that exists, as YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!pattern.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

/** The last millisecond of an ISO day in Sweden, in UTC. */
export function endOfDayInSweden(day: string): string {
  const endOfUtcDay = new Date(`${day}T23:59:59.999Z`);
  for (const hours of [2, 1]) {
    const end = new Date(endOfUtcDay.getTime() - hours * hourMilliseconds);
    if (dayInSweden(end) === day && dayInSweden(new Date(end.getTime() + 1)) !== day) return end.toISOString();
  }
  return endOfUtcDay.toISOString();
}

/** The day before an ISO day. */
export function dayBefore(day: string): string {
  const instant = new Date(`${day}T00:00:00Z`);
  instant.setUTCDate(instant.getUTCDate() - 1);
  return instant.toISOString().slice(0, 10);
}

/** How many days an ISO day lies after another; below zero where it lies before it. */
export const daysFrom = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / (24 * hourMilliseconds));

/** The same day of another year; the last of February where that year lacks the day. @param years below zero: so many years before */
export function yearsAfter(day: string, years: number): string {
  const moved = `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`;
  return isDay(moved) ? moved : `${moved.slice(0, 8)}28`;
}

/** The day that is meant where day and month were taken for each other; undefined where there is none, or the same. */
export function swappedDay(day: string): string | undefined {
  const [year, month, date] = day.split('-');
  const swapped = `${year}-${date}-${month}`;
  return swapped !== day && isDay(swapped) ? swapped : undefined;
}
