import { inLanguage, paramsIn, usualLanguage } from '../texts/said.js';
import type { Language, Said, Text } from '../texts/said.js';

/**
 * A failure that a caller can act on. Each kind has a class of its own and a code that never changes, from which the
 * API makes a problem (RFC 9457) in one place.
 */
export abstract class DomainError extends Error {
  /** Lower-case words with hyphens. Callers decide by it, so it never changes. */
  abstract readonly code: string;

  /** The status (RFC 9110) with which the API answers. */
  abstract readonly status: number;

  /** The kind of failure, for a stranger; the message tells of the one case. */
  abstract readonly title: Text;

  /** What the API tells of the case. */
  get detail(): Said {
    return this.said;
  }

  /** The parameters of what the API tells of the case. @param language of those that are texts themselves */
  paramsIn(language: Language): Readonly<Record<string, unknown>> {
    return paramsIn(language, this.detail);
  }

  /** What a program can read of the case beside its parameters: members of the problem, under names of their own. */
  particularsIn(_language: Language): Readonly<Record<string, unknown>> {
    return {};
  }

  /** @param said of the case; the message is that in the usual language */
  constructor(
    readonly said: Said,
    options?: ErrorOptions,
  ) {
    super(inLanguage(usualLanguage, said), options);
    this.name = new.target.name;
  }

  /** Whether it passes by itself: nothing is wrong with what was asked, and the same may be asked again for as long as it takes. */
  get transient(): boolean {
    return false;
  }
}
