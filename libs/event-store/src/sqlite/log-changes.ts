import { WakeUp } from '#kernel';

const pollMilliseconds = 50;

/** Tells waiting readers that the log has grown: at once where this process appended, and soon where another did. */
export class LogChanges {
  #count = 0;
  #closed = false;
  readonly #growth = new WakeUp();

  /** @param grownElsewhere whether another process has appended since it was last asked */
  constructor(private readonly grownElsewhere: () => boolean) {}

  /** Changes whenever the log has grown. Take it before reading, and wait on it after. */
  get count(): number {
    return this.#count;
  }

  get closed(): boolean {
    return this.#closed;
  }

  announce(): void {
    this.#count++;
    this.#growth.wake();
  }

  /** Resolves when the log has grown since `count`, when the signal aborts, or when the store closes. */
  async beyond(count: number, signal: AbortSignal): Promise<void> {
    const nothingNew = () => !this.#closed && !signal.aborted && this.#count <= count;
    while (nothingNew()) {
      await this.#growth.wait(pollMilliseconds, signal);
      if (nothingNew() && this.grownElsewhere()) this.announce();
    }
  }

  close(): void {
    this.#closed = true;
    this.announce();
  }
}
