import { inLanguage, joined, paramsIn, say } from '../texts/said.js';
import type { Language, Said } from '../texts/said.js';
import { DomainError } from './domain-error.js';

/** One thing that is wrong with what a caller sent. */
export interface InputFault {
  /** Such as `evidence[0].itemId`; the empty text where the whole is at fault. */
  readonly field: string;
  /** What would be right. */
  readonly said: Said;
}

/** What a caller sent cannot be understood. Every fault is listed at once. */
export class MalformedInput extends DomainError {
  readonly code = 'malformed-input';
  readonly status = 400;
  readonly title = { en: 'The request cannot be understood', sv: 'Begäran kan inte tolkas' };

  constructor(readonly faults: readonly InputFault[]) {
    super(
      joined(
        faults.map(({ field, said }) => (field ? inField({ field, fault: said }) : said)),
        '; ',
      ),
    );
  }

  /** Each fault has its own. */
  override paramsIn(): Readonly<Record<string, unknown>> {
    return {};
  }

  override particularsIn(language: Language) {
    return {
      faults: this.faults.map(({ field, said }) => ({
        field,
        message: inLanguage(language, said),
        ...(said.code !== undefined && { code: said.code }),
        params: paramsIn(language, said),
      })),
    };
  }
}

const inField = say('{field}: {fault}', '{field}: {fault}');
