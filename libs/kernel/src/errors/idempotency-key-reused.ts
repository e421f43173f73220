import { DomainError } from './domain-error.js';

/** The key of an earlier command came with another command. */
export class IdempotencyKeyReused extends DomainError {
  readonly code = 'idempotency-key-reused';
  readonly status = 422;
  readonly title = 'The Idempotency-Key was used for another request';

  constructor() {
    super('This Idempotency-Key belongs to an earlier command with other content; give every new command a new key');
  }
}
