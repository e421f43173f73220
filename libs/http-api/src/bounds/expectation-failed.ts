import { DomainError, say } from '#kernel';

/** A request expects of the server what it does not offer (RFC 9110, 10.1.1). Nothing was done. */
export class ExpectationFailed extends DomainError {
  readonly code = 'expectation-failed';
  readonly status = 417;
  readonly title = {
    en: 'The request expects what is not offered here',
    sv: 'Begäran förväntar sig något som inte erbjuds här',
  };

  constructor() {
    super(unknown());
  }
}

const unknown = say('Of Expect, 100-continue alone is understood', 'Av Expect förstås bara 100-continue');
