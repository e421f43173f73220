import { DomainError, say } from '#kernel';

/** A body did not come to its end in time. Nothing was done. */
export class BodyTooSlow extends DomainError {
  readonly code = 'body-too-slow';
  readonly status = 408;
  readonly title = { en: 'The request took too long to arrive', sv: 'Begäran tog för lång tid att komma fram' };

  constructor(readonly milliseconds: number) {
    super(late({ seconds: milliseconds / 1_000 }));
  }

  override particularsIn() {
    return { milliseconds: this.milliseconds };
  }
}

const late = say('The body was not whole after {seconds} seconds', 'Begäran var inte hel efter {seconds} sekunder');
