import { dayInSweden, endOfDayInSweden, isDay, kind, MalformedInput, say } from '#kernel';
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

  @DayField({
    description:
      'What had been said in the world by that day: as is attested, and else as it was recorded. Not together with knownAt',
    example: '2025-05-01',
    optional: true,
  })
  saidBy?: string;
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

    @DayField({ description: 'The day up to which what was said counts. Left out, all does', optional: true })
    saidBy?: string;
  }
  return AnswerOfMoment as new () => InstanceType<Base> & MomentOfDay;
}

/** Whether a query says of which moment it is. */
export const asksMoment = ({ asOf, knownAt, saidBy }: MomentQuery): boolean =>
  asOf !== undefined || knownAt !== undefined || saidBy !== undefined;

/** A moment as the log compares it. What is left out does not limit. @throws MalformedInput */
export function momentOf({ asOf, knownAt, saidBy }: MomentQuery): Moment {
  if (knownAt !== undefined && saidBy !== undefined) {
    throw new MalformedInput([{ field: 'saidBy', said: notBoth() }]);
  }
  return {
    ...(asOf !== undefined && { asOf: isDay(asOf) ? asOf : dayInSweden(new Date(asOf)) }),
    ...(knownAt !== undefined && { knownAt: instantOf(knownAt) }),
    ...(saidBy !== undefined && { saidBy }),
  };
}

/** An instant in UTC with milliseconds; for a day, its last millisecond in Sweden. */
export const instantOf = (text: string): string =>
  isDay(text) ? endOfDayInSweden(text) : new Date(text).toISOString();

const notBoth = say(
  'must not be given together with knownAt: ask either what had been said, or what had been recorded',
  'får inte anges tillsammans med knownAt: fråga antingen vad som hade sagts eller vad som hade registrerats',
  'said-by-or-known-at',
);
