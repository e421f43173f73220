import { DomainError } from './domain-error.js';
import { say } from '../texts/said.js';

/** The key of an earlier command came with another command. */
export class IdempotencyKeyReused extends DomainError {
  readonly code = 'idempotency-key-reused';
  readonly status = 422;
  readonly title = {
    en: 'The Idempotency-Key was used for another request',
    sv: 'Nyckeln (Idempotency-Key) har använts för en annan begäran',
  };

  constructor() {
    super(reused());
  }
}

const reused = say(
  'This Idempotency-Key belongs to an earlier command with other content; give every new command a new key',
  'Nyckeln (Idempotency-Key) hör till ett tidigare kommando med annat innehåll; ge varje nytt kommando en egen nyckel',
);
