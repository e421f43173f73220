const pollMilliseconds = 50;

/** Tells waiting readers that the log has grown: at once where this process appended, and soon where another did. */
export class LogChanges {
  #count = 0;
  #closed = false;
  readonly #waiting = new Set<() => void>();
  #poll: NodeJS.Timeout | undefined;

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
    for (const wake of this.#waiting) wake();
  }

  /** Resolves when the log has grown since `count`, when the signal aborts, or when the store closes. */
  async beyond(count: number, signal: AbortSignal): Promise<void> {
    if (this.#closed || signal.aborted || this.#count > count) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        if (this.#waiting.size === 0) this.#stopPolling();
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
      this.#poll ??= setInterval(() => {
        if (this.grownElsewhere()) this.announce();
      }, pollMilliseconds);
    });
  }

  close(): void {
    this.#closed = true;
    this.announce();
    this.#stopPolling();
  }

  #stopPolling(): void {
    clearInterval(this.#poll);
    this.#poll = undefined;
  }
}
