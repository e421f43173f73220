import { DomainError } from './domain-error.js';

/** A decider says no. `rule` names the rule in lower-case words with hyphens; the message says why it stood in the way. */
export class RuleViolation extends DomainError {
  readonly code = 'rule-violation';
  readonly status = 409;
  readonly title = 'A rule does not allow it';

  constructor(
    readonly rule: string,
    message: string,
  ) {
    super(message);
  }

  override get particulars() {
    return { rule: this.rule };
  }
}
