import { DomainError, say } from '#kernel';

/** There is such a route, but not for this method. Nothing was done. */
export class MethodNotAllowed extends DomainError {
  readonly code = 'method-not-allowed';
  readonly status = 405;
  readonly title = { en: 'The route does not take this method', sv: 'Adressen tar inte emot denna metod' };

  constructor(readonly allowed: readonly string[]) {
    super(takes({ allowed }));
  }

  override particularsIn() {
    return { allowed: this.allowed };
  }
}

const takes = say('It takes {allowed}', 'Den tar emot {allowed}');
