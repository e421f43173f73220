import { DomainError } from '#kernel';

/** Whoever follows a log has seen what the log does not hold: it was restored from an older copy, or is another one. */
export class AheadOfLog extends DomainError {
  readonly code = 'ahead-of-log';
  readonly status = 503;
  readonly title = 'The log is another one than before';

  /** @param position up to where it was read; left out where the store alone knows what it was asked for */
  constructor(readonly position?: string) {
    const upTo = position === undefined ? '' : ` up to ${position}`;
    super(`The log does not hold what was read from it${upTo}: it was restored from an older copy, or is another`);
  }

  override get transient(): boolean {
    return true;
  }
}
