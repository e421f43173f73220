import type { Type } from '@nestjs/common';
import { IntegerField, ObjectsField } from '../schema/fields.js';

/** A query that says beside its own fields which part of a list is wanted. */
export function Paged<Base extends new () => object>(base: Base) {
  class PagedQuery extends (base as new () => object) {
    @IntegerField({ description: 'At most so many', min: 1, max: 500, example: 20, default: 20 })
    limit: number = 20;

    @IntegerField({ description: 'After so many', min: 0, max: 1_000_000, example: 0, default: 0 })
    offset: number = 0;
  }
  return PagedQuery as new () => InstanceType<Base> & PagePart;
}

/** Which part of a list is wanted. */
export class PageQuery extends Paged(class {}) {}

/** A part of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** How many the whole list holds. */
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
}

/** Which part of a list a page is. */
export interface PagePart {
  limit: number;
  offset: number;
}

/** The class of a page's answer, for the API's description. Extend it to give it a name. */
export function PageOf<T extends object>(view: Type<T>, description: string): Type<Page<T>> {
  class PageResponse implements Page<T> {
    @ObjectsField(() => view, { description })
    items!: readonly T[];
    @IntegerField({ min: 0, example: 42, description: 'How many there are in all' })
    total!: number;
    @IntegerField({ min: 0, example: 20, description: 'At most so many are told' })
    limit!: number;
    @IntegerField({ min: 0, example: 0, description: 'After so many' })
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
