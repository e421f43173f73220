import { kindOfError } from './describe-error.js';

const againMilliseconds = 60_000;

/** What was said of an outage, so that it is said once for each cause, and not at every try. */
export class ToldFaults {
  readonly #told = new Map<string, number>();
  #last: string | undefined;

  /**
   * Whether it should be said: it is not what was said last. Where causes take turns, each is said once a minute at most.
   * @param error what is about to be told
   */
  isNews(error: unknown): boolean {
    const kind = kindOfError(error);
    const now = performance.now();
    const changed = kind !== this.#last;
    this.#last = kind;
    if (!changed || now - (this.#told.get(kind) ?? -Infinity) < againMilliseconds) return false;
    this.#told.set(kind, now);
    return true;
  }

  /** It goes well again: whatever comes next is news. */
  forget(): void {
    this.#told.clear();
    this.#last = undefined;
  }
}
