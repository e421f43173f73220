import { LostRace } from './bookkeeping.js';
import type { EngineLogger } from './projection-engine.js';

const firstPause = 200;
const longestPause = 5_000;

/** What goes wrong while projections run: told once, not at every try, and tried again after longer and longer pauses. */
export class Troubles {
  #count = 0;
  #told: string | undefined;

  constructor(private readonly logger: EngineLogger) {}

  /** @returns the milliseconds to pause before the next try */
  note(error: unknown): number {
    const told = String(error);
    if (told !== this.#told) this.#tell(told, error);
    this.#told = told;
    return Math.min(firstPause * 2 ** this.#count++, longestPause);
  }

  /** It goes well again. */
  end(): void {
    if (this.#count > 0) this.logger.info({ tries: this.#count }, 'the projections run again');
    this.#count = 0;
    this.#told = undefined;
  }

  #tell(told: string, error: unknown): void {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined;
    if (error instanceof LostRace) this.logger.info({ what: told }, 'another runner was first');
    else this.logger.error({ error: told, cause }, 'the projections stopped, and start again');
  }
}
