import { DomainError, inLanguage, joined, paramsIn, RuleViolation, say } from '#kernel';
import type { Language, Said } from '#kernel';

/** Something in a decision over many streams that cannot be carried out, and why. */
export interface RefusedPart {
  /** Where it stands in what was asked, such as `steps[3]`. */
  readonly field: string;
  readonly error: DomainError;
}

/** The rule that stood in the way, where one did. */
export const ruleOf = (error: DomainError): string | undefined =>
  error instanceof RuleViolation ? error.rule : undefined;

/** A refused part as a fault of what was asked. */
export const faultOfPart = ({ error, field }: RefusedPart, language: Language) => ({
  field,
  message: inLanguage(language, error.detail),
  code: ruleOf(error) ?? error.code,
  params: paramsIn(language, error.detail),
});

/** Parts of a decision over many streams cannot be carried out. Every one of them is told, and nothing was recorded. */
export abstract class PartsRefused extends DomainError {
  readonly status = 409;

  constructor(private readonly parts: readonly RefusedPart[]) {
    super(joined(parts.map(told), '; '));
  }

  /** Each part has its own. */
  override paramsIn(): Readonly<Record<string, unknown>> {
    return {};
  }

  override particularsIn(language: Language) {
    return { faults: this.parts.map((part) => faultOfPart(part, language)) };
  }
}

const told = ({ error, field }: RefusedPart): Said => inField({ field, fault: error.detail });

const inField = say('{field}: {fault}', '{field}: {fault}');
