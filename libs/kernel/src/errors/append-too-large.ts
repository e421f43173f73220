import { DomainError } from './domain-error.js';

/** The events of one append take more room than the store gives one append. Nothing of it was recorded. */
export class AppendTooLarge extends DomainError {
  readonly code = 'append-too-large';
  readonly status = 413;
  readonly title = 'The request is too large';

  constructor(
    readonly stream: string,
    /** What the events take, in bytes. */
    readonly size: number,
    /** What one append may take, in bytes. */
    readonly limit: number,
  ) {
    super(`An append to ${stream} takes ${size} bytes, and the event store takes at most ${limit} bytes at once`);
  }
}
