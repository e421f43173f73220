import { DomainError, say } from '#kernel';

/** The connection ended before the body did. Nothing was done. */
export class BodyIncomplete extends DomainError {
  readonly code = 'body-incomplete';
  readonly status = 400;
  readonly title = { en: 'The request broke off', sv: 'Begäran bröts' };

  constructor() {
    super(cut());
  }
}

const cut = say('The body ended before it was whole', 'Begäran slutade innan den var hel');
