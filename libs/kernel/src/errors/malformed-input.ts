import { DomainError } from './domain-error.js';

/** One thing that is wrong with what a caller sent. */
export interface InputFault {
  /** Such as `evidence[0].itemId`; the empty text where the whole is at fault. */
  readonly field: string;
  /** What would be right. */
  readonly message: string;
}

/** What a caller sent cannot be understood. Every fault is listed at once. */
export class MalformedInput extends DomainError {
  readonly code = 'malformed-input';
  readonly status = 400;
  readonly title = 'The request cannot be understood';

  constructor(readonly faults: readonly InputFault[]) {
    super(faults.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('; '));
  }

  override get particulars() {
    return { faults: this.faults };
  }
}
