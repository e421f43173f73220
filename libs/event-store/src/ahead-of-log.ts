import { DomainError } from '#kernel';

/** Whoever follows a log has seen what the log does not hold: it was restored from an older copy, or is another one. */
export class AheadOfLog extends DomainError {
  readonly code = 'ahead-of-log';
  readonly status = 503;
  readonly title = 'The log is another one than before';

  constructor(readonly position: string) {
    super(
      `The log does not hold what was read from it up to ${position}: it was restored from an older copy, or is another`,
    );
  }
}
