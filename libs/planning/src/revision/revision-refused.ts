import { faultOfPart, PartsRefused } from '#deciding';
import type { DomainError, Language } from '#kernel';

/** A step that cannot be carried out, and why. */
export interface RefusedStep {
  /** Its place among the steps, from 0. */
  readonly step: number;
  readonly itemId: string;
  readonly error: DomainError;
}

/** Some steps of a revision cannot be carried out. Every one of them is told, and nothing was recorded. */
export class RevisionRefused extends PartsRefused {
  readonly code = 'revision-refused';
  readonly title = {
    en: 'Steps of the revision cannot be carried out',
    sv: 'Steg i revideringen kan inte genomföras',
  };

  constructor(readonly refused: readonly RefusedStep[]) {
    super(refused.map(partOf));
  }
}

/** A refused step as a fault of what was asked. */
export const faultOf = (refused: RefusedStep, language: Language) => faultOfPart(partOf(refused), language);

const partOf = ({ error, step }: RefusedStep) => ({ field: `steps[${step}]`, error });
