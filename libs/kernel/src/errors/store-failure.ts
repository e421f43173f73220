import { DomainError } from './domain-error.js';
import type { Said } from '../texts/said.js';

/**
 * A store did not do what it was asked, through no fault of the request: the same request may be sent again once the
 * reason is gone. Whether it was carried out is not known, unless the kind of failure says so.
 */
export abstract class StoreFailure extends DomainError {
  constructor(
    /** Such as `event store`. */
    readonly store: string,
    said: Said,
    cause: unknown,
  ) {
    super(said, { cause });
  }

  override get transient(): boolean {
    return true;
  }
}
