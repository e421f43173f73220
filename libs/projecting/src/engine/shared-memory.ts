import { memoryBounds } from './held-documents.js';
import type { MemoryBounds } from './held-documents.js';

/** How much the documents that were touched and not written take of a process at most, in bytes, about. */
const touchedByAll = 128 * 2 ** 20;
/** A run may touch so much, however many there are. */
const leastTouched = 512 * 2 ** 10;
const kept = 2 ** 19;

/** The memory of a process, which the runs of all its partitions share: who has written everything leaves it to the others. */
export class SharedMemory {
  readonly #using = new Set<object>();

  /** The bounds of one run, which move with the number of those that share. */
  readonly bounds: MemoryBounds;

  constructor() {
    const touched = () => {
      const share = touchedByAll / Math.max(1, this.#using.size);
      return Math.min(memoryBounds.touched, Math.max(leastTouched, share));
    };
    this.bounds = {
      kept,
      atOnce: memoryBounds.atOnce,
      get touched() {
        return touched();
      },
    };
  }

  /** Somebody holds documents that are not written. */
  enter(user: object): void {
    this.#using.add(user);
  }

  leave(user: object): void {
    this.#using.delete(user);
  }
}
