import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';
import { dayInSweden, isDay } from '#kernel';
import type { Moment } from '#projecting';

const instant = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})$/;

const isInstant = (text: string): boolean =>
  instant.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));

/** A day, or an instant (RFC 3339). */
export function MomentField({
  description,
  example,
  optional,
}: {
  readonly description: string;
  readonly example: string;
  readonly optional?: true;
}): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ description, example, required: !optional, type: String }),
    ...(optional ? [IsOptional()] : []),
    ValidateBy(
      {
        name: 'isMoment',
        validator: { validate: (value: unknown) => typeof value === 'string' && (isDay(value) || isInstant(value)) },
      },
      { message: 'must be a day as YYYY-MM-DD, or an instant such as 2025-05-01T12:00:00Z' },
    ),
  );
}

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
