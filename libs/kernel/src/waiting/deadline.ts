/** The time that something may take, on a clock that nobody sets. */
export class Deadline {
  readonly #until: number;

  /** @param milliseconds from now on */
  constructor(milliseconds: number) {
    this.#until = performance.now() + milliseconds;
  }

  /** How many milliseconds are left; 0 once it has passed. */
  get left(): number {
    return Math.max(0, this.#until - performance.now());
  }

  get hasPassed(): boolean {
    return this.left === 0;
  }
}
