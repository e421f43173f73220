/** Periods that a value is told of: a year, a part of it, or a school year (läsår), which begins in July. */

const parts = '0[1-9]|1[0-2]|Q[1-4]|T[1-3]|H[12]';

/** How a period is written, whether it exists or not: `2025`, `2025-03`, `2025-Q1`, `2025-T1`, `2025-H1`, `2024/25`. */
export const followedPeriodPattern = `^[0-9]{4}(-(${parts})|/[0-9]{2})?$`;

const pattern = new RegExp(followedPeriodPattern);

/** Of which sort a period is: others than those of one sort do not follow one another. */
export type PeriodSort = 'year' | 'half-year' | 'third' | 'quarter' | 'month' | 'school-year';

const monthsOf: Readonly<Record<string, { readonly sort: PeriodSort; readonly months: number }>> = {
  H: { sort: 'half-year', months: 6 },
  T: { sort: 'third', months: 4 },
  Q: { sort: 'quarter', months: 3 },
};

/** Whether a text is a period: of a school year, the second year follows the first. */
export function isFollowedPeriod(text: string): boolean {
  if (!pattern.test(text)) return false;
  const [year = '', next] = text.split('/');
  return next === undefined || String(Number(year) + 1).slice(-2) === next;
}

/** @param period one that exists */
export function sortOfPeriod(period: string): PeriodSort {
  if (period.includes('/')) return 'school-year';
  const part = period.split('-')[1];
  return part === undefined ? 'year' : (monthsOf[part.charAt(0)]?.sort ?? 'month');
}

/**
 * The first and the last day of a period. A school year is from July to June.
 * @param period one that exists
 */
export function spanOfPeriod(period: string): { readonly from: string; readonly to: string } {
  const year = Number(period.slice(0, 4));
  const part = period.split('-')[1];
  if (period.includes('/')) return daysOf(year, 7, 12);
  if (part === undefined) return daysOf(year, 1, 12);
  const months = monthsOf[part.charAt(0)]?.months;
  return months === undefined
    ? daysOf(year, Number(part), 1)
    : daysOf(year, (Number(part.slice(1)) - 1) * months + 1, months);
}

/** @param first the month that it begins with, from 1 on */
function daysOf(year: number, first: number, months: number) {
  const day = (month: number, date: number) => new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);
  return { from: day(first - 1, 1), to: day(first - 1 + months, 0) };
}
