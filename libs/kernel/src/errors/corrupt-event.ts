import { DomainError } from './domain-error.js';

/** An event that this version of the code cannot read, or should never have tried to write. */
export class CorruptEvent extends DomainError {
  readonly code = 'corrupt-event';
  readonly status = 500;
  readonly title = 'A recorded event cannot be read';

  constructor(
    readonly type: string,
    fault: string,
    readonly position?: string,
  ) {
    super(`The event ${type}${position ? ` at ${position}` : ''} ${fault}`);
  }
}
