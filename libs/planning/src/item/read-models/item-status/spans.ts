/** So many days do spans last at the most, class by class; there are longer ones. */
const lengths = [32, 256, 2_048];
const longer = 'longer';

/** A condition on two indexed fields: which class of spans, and between which ends. */
interface EndsOfSpans {
  readonly span: string;
  readonly ends: { readonly $gt: string; readonly $lte?: string };
}

/**
 * By what a span of time is found: whose it is, and about how long it lasts. Of each length only the ends that follow
 * soon on a moment are looked at, however many spans there were before it and after it.
 * @param from a day or an instant; empty for a span without a beginning
 * @returns undefined where it ends as it begins, so that no moment lies in it
 */
export function spanOf(whose: string, from: string, until: string): string | undefined {
  if (from >= until) return undefined;
  return named(
    whose,
    lengths.find((days) => plusDays(from, days) >= until),
  );
}

/** Of which spans do those end soon enough after a moment that it may lie in them? In all of the others it does not. */
export const spansAt = (whose: string, moment: string): EndsOfSpans[] => [
  ...lengths.map((days) => ({ span: named(whose, days), ends: { $gt: moment, $lte: plusDays(moment, days) } })),
  { span: named(whose, undefined), ends: { $gt: moment } },
];

const named = (whose: string, days: number | undefined): string => `${whose}|${days ?? longer}`;

const millisecondsOfDay = 86_400_000;
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');

/** A day or an instant so many days later, written as it is; nothing is later than the last that can be written. */
export function plusDays(moment: string, days: number): string {
  if (moment === '') return '';
  const later = Math.min(Date.parse(moment) + days * millisecondsOfDay, lastInstant);
  return new Date(later).toISOString().slice(0, moment.length);
}
