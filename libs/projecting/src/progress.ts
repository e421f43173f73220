import { EventEmitter } from 'node:events';

/** Wakes those in this process that wait for projections, whenever one has come further. */
export class Progress {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  announce(): void {
    this.#emitter.emit('further');
  }

  /**
   * Resolves at the next announcement, when the signal aborts, and at the latest after some milliseconds, for what other
   * processes do.
   */
  async next(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#emitter.off('further', done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#emitter.once('further', done);
      signal?.addEventListener('abort', done);
    });
  }
}
