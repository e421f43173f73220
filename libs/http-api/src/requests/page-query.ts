import type { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
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

/** Which part of a list a page is. */
export type PagePart = Pick<Page<unknown>, 'limit' | 'offset'>;

/** The class of a page's answer, for the API's description. Extend it to give it a name. */
export function PageOf<T>(view: Type<T>, description: string): Type<Page<T>> {
  class PageResponse implements Page<T> {
    @ApiProperty({ type: [view], description })
    items!: T[];
    @ApiProperty({ type: 'integer', example: 42, description: 'How many there are in all' })
    total!: number;
    @ApiProperty({ type: 'integer', example: 20, description: 'At most so many are told' })
    limit!: number;
    @ApiProperty({ type: 'integer', example: 0, description: 'After so many' })
    offset!: number;
  }
  return PageResponse;
}

/** The part of a whole list that a query wants. */
export const pageOf = <T>(all: readonly T[], { limit, offset }: PagePart): Page<T> => ({
  items: all.slice(offset, offset + limit),
  total: all.length,
  limit,
  offset,
});
