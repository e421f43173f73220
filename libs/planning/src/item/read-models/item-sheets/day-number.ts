import { dayInSweden } from '#kernel';
import type { SaidWhen } from '#kernel';

const millisecondsOfDay = 86_400_000;
/** How many days a day comes after 1970-01-01: many are kept and compared. */
export const dayNumber = (day: string): number => Date.parse(day) / millisecondsOfDay;

/** The day on which something was said before that of its record (`dayNumber`); undefined where it was not. */
export function saidBefore({ attested, recordedAt }: SaidWhen): number | undefined {
  const isBefore = attested !== undefined && attested.on < dayInSweden(new Date(recordedAt));
  return isBefore ? dayNumber(attested.on) : undefined;
}
