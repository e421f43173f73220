import { setImmediate } from 'node:timers/promises';

const longestTurn = 10;

/** Lets timers and others have their turn while there is much to do: leases are renewed by a timer. */
export class Turns {
  #since = performance.now();

  /** @param milliseconds how long a turn lasts at most: ten where it is left out */
  constructor(private readonly milliseconds = longestTurn) {}

  /** Resolves at once, or after the others, where the work has gone on for a whole turn. */
  async give(): Promise<void> {
    if (performance.now() - this.#since < this.milliseconds) return;
    await setImmediate();
    this.#since = performance.now();
  }
}
