import { dayInSweden, isDay, kind } from '#kernel';
import type { Moment } from '#projecting';
import { ValueField } from '../schema/fields.js';
import type { FieldOptions } from '../schema/fields.js';

/** A day, or an instant (RFC 3339). */
export const MomentField = <const Options extends FieldOptions>(options: Options) => ValueField(kind.moment, options);

/** The moment that a query speaks of. What is left out does not limit. */
export class MomentQuery {
  @MomentField({
    description: 'As it was on that day: events that speak of a later day are left out',
    example: '2025-05-01',
    optional: true,
  })
  asOf?: string;

  @MomentField({
    description: 'As it was known then: what was recorded later is left out. A day means its end',
    example: '2025-05-01T12:00:00Z',
    optional: true,
  })
  knownAt?: string;
}

/** A moment as the log compares it. */
export function momentOf({ asOf, knownAt }: MomentQuery): Moment {
  return {
    ...(asOf !== undefined && { asOf: isDay(asOf) ? asOf : dayInSweden(new Date(asOf)) }),
    ...(knownAt !== undefined && { knownAt: instantOf(knownAt) }),
  };
}

/** An instant in UTC with milliseconds; for a day, its last millisecond in Sweden. */
export function instantOf(text: string): string {
  if (!isDay(text)) return new Date(text).toISOString();
  const endOfUtcDay = new Date(`${text}T23:59:59.999Z`);
  for (const hours of [2, 1]) {
    const end = new Date(endOfUtcDay.getTime() - hours * 3_600_000);
    if (dayInSweden(end) === text && dayInSweden(new Date(end.getTime() + 1)) !== text) return end.toISOString();
  }
  return endOfUtcDay.toISOString();
}
