import { DomainError } from '#kernel';

/** A body did not come to its end in time. Nothing was done. */
export class BodyTooSlow extends DomainError {
  readonly code = 'body-too-slow';
  readonly status = 408;
  readonly title = 'The request took too long to arrive';

  constructor(readonly milliseconds: number) {
    super(`The body was not whole after ${milliseconds / 1_000} seconds`);
  }

  override get particulars() {
    return { milliseconds: this.milliseconds };
  }
}
