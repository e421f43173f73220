import { DomainError } from '#kernel';

/** A body has a form that is not taken. It was not read, and nothing was done. */
export class UnsupportedBody extends DomainError {
  readonly code = 'unsupported-body';
  readonly status = 415;
  readonly title = {
    en: 'The request has a form that is not taken here',
    sv: 'Begäran har en form som inte tas emot här',
  };
}
