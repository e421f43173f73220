import { dayInSweden, isDay, kind } from '#kernel';
import type { Moment, MomentOfDay } from '#projecting';
import { DayField, InstantField, ValueField } from '../schema/fields.js';
import type { FieldOptions } from '../schema/fields.js';

/** A day, or an instant (RFC 3339). */
export const MomentField = <const Options extends FieldOptions>(options: Options) => ValueField(kind.moment, options);

/** The moment that a query speaks of. */
export class MomentQuery {
  @MomentField({
    description: 'As it was on that day: what speaks of a later day is left out. Today where it is not given',
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

/** An answer that says which times it is of, beside all else. Extend it to give it a name. */
export function OfMoment<Base extends new () => object>(base: Base) {
  class AnswerOfMoment extends (base as new () => object) {
    @DayField({ description: 'The day that it is told of: today, where no other was asked for' })
    asOf!: string;

    @InstantField({
      description: 'The instant up to which what was recorded counts. Left out, all does',
      optional: true,
    })
    knownAt?: string;
  }
  return AnswerOfMoment as new () => InstanceType<Base> & MomentOfDay;
}

/** A moment as the log compares it. What is left out does not limit. */
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
