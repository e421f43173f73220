import { DomainError } from './domain-error.js';

/** An event id that the log already holds came with another stream or place. Nothing of the append was recorded. */
export class EventIdReused extends DomainError {
  readonly code = 'event-id-reused';
  readonly status = 500;
  readonly title = 'An event id is in the log already';

  constructor(readonly stream: string) {
    super(`An event id of the append to ${stream} is already in the log elsewhere`);
  }
}
