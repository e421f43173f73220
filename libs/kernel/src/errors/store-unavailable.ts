import { DomainError } from './domain-error.js';

/** A store cannot be reached or is too busy. The same request may be sent again, after a moment. */
export class StoreUnavailable extends DomainError {
  readonly code = 'store-unavailable';

  constructor(
    /** Such as `event store`. */
    readonly store: string,
    cause: unknown,
  ) {
    super(`The ${store} does not answer`, { cause });
  }
}
