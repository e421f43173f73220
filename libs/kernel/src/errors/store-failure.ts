import { DomainError } from './domain-error.js';

/**
 * A store did not do what it was asked, through no fault of the request: the same request may be sent again once the
 * reason is gone. Whether it was carried out is not known, unless the kind of failure says so.
 */
export abstract class StoreFailure extends DomainError {
  constructor(
    /** Such as `event store`. */
    readonly store: string,
    message: string,
    cause: unknown,
  ) {
    super(message, { cause });
  }

  override get transient(): boolean {
    return true;
  }
}
