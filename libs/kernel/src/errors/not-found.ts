import { DomainError } from './domain-error.js';

/** Nothing of that kind has that id. */
export class NotFound extends DomainError {
  readonly code = 'not-found';
  readonly status = 404;
  readonly title = 'The resource does not exist';

  constructor(
    /** Such as `item`. */
    readonly kind: string,
    readonly id: string,
  ) {
    super(`There is no ${kind} ${id}`);
  }
}
