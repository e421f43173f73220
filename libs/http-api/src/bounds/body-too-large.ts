import { DomainError } from '#kernel';
import type { BodyLimits } from './body-limits.js';

const inWords: Readonly<Record<keyof BodyLimits, string>> = {
  bytes: 'The body is longer than it may be, in bytes',
  keys: 'The body has more keys than it may have',
  depth: 'The body nests objects and lists deeper than it may',
  items: 'A list in the body has more items than it may have',
  allItems: 'The lists in the body have more items together than they may have',
};

/** A body is more than the route takes. It was not read to its end, and nothing was done. */
export class BodyTooLarge extends DomainError {
  readonly code = 'body-too-large';
  readonly status = 413;
  readonly title = 'The request is too large';

  constructor(
    readonly limit: keyof BodyLimits,
    readonly most: number,
  ) {
    super(`${inWords[limit]}: this route takes ${most} at most`);
  }

  override get particulars() {
    return { limit: this.limit, most: this.most };
  }
}
