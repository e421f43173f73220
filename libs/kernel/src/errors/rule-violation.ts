import { say } from '../texts/said.js';
import type { Given, Said } from '../texts/said.js';
import { DomainError } from './domain-error.js';

/** A decider says no. `rule` names the rule in lower-case words with hyphens; the message says why it stood in the way. */
export class RuleViolation extends DomainError {
  readonly code = 'rule-violation';
  readonly status = 409;
  readonly title = { en: 'A rule does not allow it', sv: 'En regel tillåter det inte' };

  constructor(
    readonly rule: string,
    said: Said,
  ) {
    super(said);
  }

  override particularsIn() {
    return { rule: this.rule };
  }
}

const known = new Set<string>();

/** The codes of all rules that have been declared. */
export const knownRules = (): readonly string[] => [...known].sort();

/**
 * Declares a rule, or one of several reasons for which it stands in the way.
 * @param code in lower-case words with hyphens; callers decide by it, so it never changes
 * @returns makes what is thrown of a case
 */
export function rule<const En extends string, const Sv extends string>(
  code: string,
  en: En,
  sv: Parameters<typeof say<En, Sv>>[1],
): (...given: Given<En>) => RuleViolation {
  const of = say<En, Sv>(en, sv);
  known.add(code);
  return (...given) => new RuleViolation(code, of(...given));
}
