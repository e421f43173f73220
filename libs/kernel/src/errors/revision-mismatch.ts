import { DomainError } from './domain-error.js';

/** The stream has moved on since the caller read it. */
export class RevisionMismatch extends DomainError {
  readonly code = 'revision-mismatch';
  readonly status = 412;
  readonly title = 'The resource was changed in the meantime';

  constructor(
    readonly stream: string,
    readonly expected: number | 'no-stream',
    /** The revision that the stream has; undefined where the store did not say. */
    readonly actual?: number | 'no-stream',
  ) {
    super(`${stream} was expected at ${expected}${actual === undefined ? '' : ` and is at ${actual}`}`);
  }

  override get transient(): boolean {
    return true;
  }
}
