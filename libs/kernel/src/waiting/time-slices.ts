import { setImmediate } from 'node:timers/promises';

const longestMilliseconds = 10;

/**
 * Work that is long, cut into slices of time between which timers and others have their turn: leases are renewed by a timer.
 * What several do at once may share the slices: together they take no longer than one.
 */
export class TimeSlices {
  #since = performance.now();
  /** Those who wait, one behind the other: each sees what the one before it has left of the slice. */
  #line: Promise<void> = Promise.resolve();

  /** @param milliseconds how long a slice lasts at least: ten where it is left out */
  constructor(private readonly milliseconds = longestMilliseconds) {}

  /** Whether others are due. What is done hundreds of thousands of times asks before it awaits. */
  get isOver(): boolean {
    return performance.now() - this.#since >= this.milliseconds;
  }

  /** Resolves at once within a slice, and after the others at its end. To be awaited between pieces of the work. */
  next(): Promise<void> {
    if (!this.isOver) return Promise.resolve();
    this.#line = this.#line.then(() => (this.isOver ? this.#others() : undefined));
    return this.#line;
  }

  async #others(): Promise<void> {
    await setImmediate();
    this.#since = performance.now();
  }
}
