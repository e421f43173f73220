import { WakeUp } from '#kernel';

/** Wakes those in this process that wait for projections, whenever one has come further. */
export class Progress {
  readonly #further = new WakeUp();

  announce(): void {
    this.#further.wake();
  }

  /**
   * Resolves at the next announcement, when the signal aborts, and at the latest after some milliseconds, for what other
   * processes do.
   */
  next(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return this.#further.wait(milliseconds, signal);
  }
}
