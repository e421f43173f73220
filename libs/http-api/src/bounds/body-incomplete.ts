import { DomainError } from '#kernel';

/** The connection ended before the body did. Nothing was done. */
export class BodyIncomplete extends DomainError {
  readonly code = 'body-incomplete';
  readonly status = 400;
  readonly title = 'The request broke off';

  constructor() {
    super('The body ended before it was whole');
  }
}
