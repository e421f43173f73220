import { AsyncLocalStorage } from 'node:async_hooks';
import type { Damage } from '#kernel';

const noted = new AsyncLocalStorage<Map<string, Damage>>();

/** What was found damaged on the way to an answer, so that whoever gives the answer says so beside it. */
export class DamageNotes {
  readonly #found = new Map<string, Damage>();

  /** Does something, and notes what is found damaged meanwhile. */
  during<Answer>(work: () => Answer): Answer {
    return noted.run(this.#found, work);
  }

  /** Each stream once. */
  get found(): readonly Damage[] {
    return [...this.#found.values()];
  }
}

/** Notes a stream of which only a part can be told. */
export function noteDamage(damage: Damage): void {
  noted.getStore()?.set(damage.stream, damage);
}
