/** Wakes those who wait for something to happen, and who sleep no longer than they choose. */
export class WakeUp {
  readonly #sleepers = new Set<() => void>();

  /** Wakes everybody who waits at this moment. */
  wake(): void {
    for (const wake of this.#sleepers) wake();
  }

  /** Resolves at the next wake-up, after so many milliseconds, or when the signal aborts. Leaves nothing behind on it. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        this.#sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      signal?.addEventListener('abort', wake);
      this.#sleepers.add(wake);
    });
  }
}
