import { Transform } from 'class-transformer';
import { IntegerField } from './fields.js';

const asNumber = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^-?[0-9]+$/.test(value) ? Number(value) : value;

/** Which part of a list is wanted. */
export class PageQuery {
  @Transform(asNumber)
  @IntegerField({ description: 'At most so many', min: 1, max: 500, example: 20, optional: true })
  limit: number = 20;

  @Transform(asNumber)
  @IntegerField({ description: 'After so many', min: 0, max: 1_000_000, example: 0, optional: true })
  offset: number = 0;
}

/** A part of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** How many the whole list holds. */
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
}

/** The part of a whole list that a query wants. */
export const pageOf = <T>(all: readonly T[], { limit, offset }: { limit: number; offset: number }): Page<T> => ({
  items: all.slice(offset, offset + limit),
  total: all.length,
  limit,
  offset,
});
