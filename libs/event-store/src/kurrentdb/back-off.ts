import { pause } from '#kernel';

const firstMilliseconds = 50;
const longestMilliseconds = 5_000;

/** Waits longer after every failure in a row, and never all waiters at once. */
export class BackOff {
  #failures = 0;

  async wait(signal: AbortSignal): Promise<void> {
    const longest = Math.min(longestMilliseconds, firstMilliseconds * 2 ** this.#failures++);
    await pause(longest * (0.5 + Math.random() / 2), signal);
  }

  succeeded(): void {
    this.#failures = 0;
  }
}
