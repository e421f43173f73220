import { DomainError } from './domain-error.js';

/** Nothing of that kind has that id. */
export class NotFound extends DomainError {
  readonly code = 'not-found';

  constructor(
    /** Such as `item`. */
    readonly kind: string,
    readonly id: string,
  ) {
    super(`There is no ${kind} ${id}`);
  }
}
