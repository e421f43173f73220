import { DomainError } from '#kernel';

/** There is such a route, but not for this method. Nothing was done. */
export class MethodNotAllowed extends DomainError {
  readonly code = 'method-not-allowed';
  readonly status = 405;
  readonly title = 'The route does not take this method';

  constructor(readonly allowed: readonly string[]) {
    super(`It takes ${[...allowed].join(', ')}`);
  }

  override get particulars() {
    return { allowed: this.allowed };
  }
}
