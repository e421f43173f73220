import type { RecordedEvent } from '#kernel';
import type { BodyRef } from '../../format/snapshot.js';
import type { AnyEvent } from '../rule-1/fact.js';
import { Log } from '../rule-1/log.js';
import { Names } from '../rule-1/names.js';

/** What bodies were called, as rule 1 has it: of those that a snapshot by an earlier rule does not name. */
export class BodyNames {
  readonly #log = new Log();

  take(event: RecordedEvent): void {
    this.#log.take(event as RecordedEvent<AnyEvent>);
  }

  /** @returns what a body was called on a day, by its id */
  on(day: string): (bodyId: string) => BodyRef {
    const names = new Names(this.#log, day);
    return (bodyId) => names.body(bodyId);
  }
}
