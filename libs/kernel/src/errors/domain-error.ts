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
  abstract readonly title: string;

  /** What the API tells of the case. */
  get detail(): string {
    return this.message;
  }

  /** What a program can read of the case beside the message: members of the problem, under names of their own. */
  get particulars(): Readonly<Record<string, unknown>> {
    return {};
  }

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }

  /** Whether it passes by itself: nothing is wrong with what was asked, and the same may be asked again for as long as it takes. */
  get transient(): boolean {
    return false;
  }
}
