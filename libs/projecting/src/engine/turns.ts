import { setImmediate } from 'node:timers/promises';

const longestTurn = 10;

/** Lets timers and others have their turn while there is much to do: leases are renewed by a timer. */
export class Turns {
  #since = performance.now();

  /** Resolves at once, or after the others, where the work has gone on for ten milliseconds. */
  async give(): Promise<void> {
    if (performance.now() - this.#since < longestTurn) return;
    await setImmediate();
    this.#since = performance.now();
  }
}
