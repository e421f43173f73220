import { describeError, ToldFaults } from '#kernel';

import type { EngineLogger } from './engine-logger.js';
import { LostRace } from './lost-race.js';

const firstPause = 200;
const longestPause = 5_000;

/**
 * What goes wrong while projections run: told once for each cause, not at every try, and tried again after longer and
 * longer pauses.
 */
export class Troubles {
  #count = 0;
  readonly #told = new ToldFaults();

  constructor(private readonly logger: EngineLogger) {}

  /** @returns the milliseconds to pause before the next try */
  note(error: unknown): number {
    if (this.#told.isNews(error)) this.#tell(error);
    return Math.min(firstPause * 2 ** this.#count++, longestPause);
  }

  /** It goes well again. */
  end(): void {
    if (this.#count > 0) this.logger.info({ tries: this.#count }, 'the projections run again');
    this.#count = 0;
    this.#told.forget();
  }

  #tell(error: unknown): void {
    if (error instanceof LostRace) this.logger.info({ what: error.message }, 'another runner was first');
    else this.logger.error({ error: describeError(error) }, 'the projections stopped, and start again');
  }
}
