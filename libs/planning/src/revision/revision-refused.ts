import { DomainError, inLanguage, joined, paramsIn, RuleViolation, say } from '#kernel';
import type { Language, Said } from '#kernel';

/** A step that cannot be carried out, and why. */
export interface RefusedStep {
  /** Its place among the steps, from 0. */
  readonly step: number;
  readonly itemId: string;
  readonly error: DomainError;
}

/** The rule that stood in the way, where one did. */
export const ruleOf = (error: DomainError): string | undefined =>
  error instanceof RuleViolation ? error.rule : undefined;

/** Some steps of a revision cannot be carried out. Every one of them is told, and nothing was recorded. */
export class RevisionRefused extends DomainError {
  readonly code = 'revision-refused';
  readonly status = 409;
  readonly title = {
    en: 'Steps of the revision cannot be carried out',
    sv: 'Steg i revideringen kan inte genomföras',
  };

  constructor(readonly refused: readonly RefusedStep[]) {
    super(joined(refused.map(told), '; '));
  }

  /** Each step has its own. */
  override paramsIn(): Readonly<Record<string, unknown>> {
    return {};
  }

  override particularsIn(language: Language) {
    return { faults: this.refused.map((refused) => faultOf(refused, language)) };
  }
}

/** A refused step as a fault of what was asked. */
export const faultOf = ({ error, step }: RefusedStep, language: Language) => ({
  field: fieldOf(step),
  message: inLanguage(language, error.detail),
  code: ruleOf(error) ?? error.code,
  params: paramsIn(language, error.detail),
});

const told = ({ error, step }: RefusedStep): Said => inField({ field: fieldOf(step), fault: error.detail });

const inField = say('{field}: {fault}', '{field}: {fault}');

const fieldOf = (step: number): string => `steps[${step}]`;
