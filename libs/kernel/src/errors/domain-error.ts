/**
 * A failure that a caller can act on. Each kind has a class of its own and a code that never changes, from which the
 * API makes a problem (RFC 9457) in one place.
 */
export abstract class DomainError extends Error {
  /** Lower-case words with hyphens. Callers decide by it, so it never changes. */
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }

  /** Whether it passes by itself: nothing is wrong with what was asked, and the same may be asked again for as long as it takes. */
  get passing(): boolean {
    return false;
  }
}
