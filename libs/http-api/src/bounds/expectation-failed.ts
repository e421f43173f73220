import { DomainError } from '#kernel';

/** A request expects of the server what it does not offer (RFC 9110, 10.1.1). Nothing was done. */
export class ExpectationFailed extends DomainError {
  readonly code = 'expectation-failed';
  readonly status = 417;
  readonly title = 'The request expects what is not offered here';

  constructor() {
    super('Of Expect, 100-continue alone is understood');
  }
}
