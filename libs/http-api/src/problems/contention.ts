import { DomainError, say } from '#kernel';

/** Others kept changing the same thing, and the caller had not said which revision it had seen. Nothing was recorded, and it may be sent again. */
export class Contention extends DomainError {
  readonly code = 'conflict';
  readonly status = 409;
  readonly title = { en: 'Others changed the same thing at the same time', sv: 'Andra ändrade samma sak samtidigt' };

  constructor() {
    super(again());
  }
}

const again = say(
  'Others changed the same thing at the same time; send the request again',
  'Andra ändrade samma sak samtidigt; skicka begäran igen',
);
