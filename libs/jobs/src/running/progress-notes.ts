import type { JobProgress } from '../jobs.port.js';

const pauseMilliseconds = 100;

/** Writes the newest note of progress, one at a time and not too often. A note that cannot be written is dropped. */
export class ProgressNotes {
  #newest: JobProgress | undefined;
  #writing: Promise<void> | undefined;
  #done = false;
  #wake: () => void = () => undefined;

  constructor(private readonly write: (progress: JobProgress) => Promise<void>) {}

  note(done: number, total: number, note?: string): void {
    if (this.#done) return;
    this.#newest = { done, total, ...(note !== undefined && { note }) };
    this.#writing ??= this.#writeAll();
  }

  /** Writes what is left, and takes no more. */
  async finish(): Promise<void> {
    this.#done = true;
    this.#wake();
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#newest) {
      const progress = this.#newest;
      this.#newest = undefined;
      await this.write(progress).catch(() => undefined);
      if (!this.#done) await this.#pause();
    }
    this.#writing = undefined;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pauseMilliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
