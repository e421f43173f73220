import { setImmediate } from 'node:timers/promises';

const longestMilliseconds = 10;

/** Work that is long, cut into slices of time between which timers and others have their turn: leases are renewed by a timer. */
export class TimeSlices {
  #since = performance.now();

  /** @param milliseconds how long a slice lasts at least: ten where it is left out */
  constructor(private readonly milliseconds = longestMilliseconds) {}

  /** Whether others are due. What is done hundreds of thousands of times asks before it awaits. */
  get isOver(): boolean {
    return performance.now() - this.#since >= this.milliseconds;
  }

  /** Resolves at once within a slice, and after the others at its end. To be awaited between pieces of the work. */
  async next(): Promise<void> {
    if (!this.isOver) return;
    await setImmediate();
    this.#since = performance.now();
  }
}
