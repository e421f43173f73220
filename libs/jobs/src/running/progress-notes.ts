import { pause } from '#kernel';
import type { Said } from '#kernel';
import type { JobProgress } from '../jobs.port.js';

const pauseMilliseconds = 100;

/** Writes the newest note of progress, one at a time and not too often. A note that cannot be written is dropped. */
export class ProgressNotes {
  #newest: JobProgress | undefined;
  #writing: Promise<void> | undefined;
  readonly #done = new AbortController();

  constructor(private readonly write: (progress: JobProgress) => Promise<void>) {}

  note(done: number, total: number, note?: Said | string): void {
    if (this.#done.signal.aborted) return;
    this.#newest = { done, total, ...(note !== undefined && { note }) };
    this.#writing ??= this.#writeAll();
  }

  /** Writes what is left, and takes no more. */
  async finish(): Promise<void> {
    this.#done.abort();
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#newest) {
      const progress = this.#newest;
      this.#newest = undefined;
      await this.write(progress).catch(() => undefined);
      await pause(pauseMilliseconds, this.#done.signal);
    }
    this.#writing = undefined;
  }
}
