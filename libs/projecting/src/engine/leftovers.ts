import type { DocumentStore } from '#document-store';
import { describeError, pause } from '#kernel';
import { leftoversOf, readControl } from './bookkeeping.js';
import type { Control } from './bookkeeping.js';
import type { EngineLogger } from './engine-logger.js';
import { liveLookupMilliseconds } from './engine-options.js';

/** Removes collections that were replaced. */
export class Leftovers {
  constructor(
    private readonly store: DocumentStore,
    private readonly logger: EngineLogger,
    private readonly stopping: AbortSignal,
  ) {}

  /** Those that were replaced by a runner that did not live to remove them. */
  async removeOf(controls: Iterable<Control>): Promise<void> {
    const collections = await this.store.collections();
    for (const control of controls) {
      for (const name of leftoversOf(control, collections)) this.dropLater(control._id, name);
    }
  }

  /** Removes a collection that has been replaced, when no query looks into it any longer. */
  dropLater(projection: string, collection: string): void {
    const removal = pause(4 * liveLookupMilliseconds, this.stopping).then(async () => {
      if (!this.stopping.aborted) await this.#drop(projection, collection);
    });
    removal.catch((error: unknown) => {
      this.logger.warn({ collection, error: describeError(error) }, 'a replaced collection stays until the next start');
    });
  }

  /** Where the documents were restored from an older copy in the meantime, what had been replaced answers again. */
  async #drop(projection: string, collection: string): Promise<void> {
    const control = await readControl(this.store, projection);
    if (control && leftoversOf(control, [collection]).length > 0) await this.store.drop(collection);
  }
}
