import { Revisions } from '#event-store';
import type { ReadAllOptions, ReadStreamOptions } from '#event-store';
import { LogDamaged, StoreFailure } from '#kernel';
import type { Damage, StoredEvent } from '#kernel';
import { damageOf } from '#projecting';
import type { SnapshotLog } from '../rules/fold-snapshot.js';

/**
 * A log that is read once, and tells afterwards which of the streams that were met are not whole. A stream that is read by its
 * name tells so itself.
 */
export class InspectedLog implements SnapshotLog {
  readonly #revisions = new Revisions();
  readonly #gaps = new Map<string, Damage>();
  /** Where each stream was met first. */
  readonly #beginnings = new Map<string, string>();

  constructor(private readonly log: SnapshotLog) {}

  async readAll(options: ReadAllOptions): Promise<StoredEvent[]> {
    const page = await this.log.readAll(options);
    for (const event of page) {
      if (!this.#beginnings.has(event.stream)) this.#beginnings.set(event.stream, event.position);
      const gap = this.#revisions.follow(event);
      if (gap) this.#gaps.set(gap.stream, gap);
    }
    return page;
  }

  readStream(stream: string, options?: ReadStreamOptions): Promise<StoredEvent[]> {
    return this.log.readStream(stream, options);
  }

  head(): Promise<string> {
    return this.log.head();
  }

  /** @throws LogDamaged where the work fails over a log that lacks events, whatever it failed with */
  async whileWhole<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      const [gap] = this.#gaps.values();
      if (!gap || error instanceof StoreFailure) throw error;
      throw new LogDamaged(gap);
    }
  }

  /** @param end streams that begin after this position, at which a page was read beyond what was asked for, do not count */
  async damaged(end: string): Promise<Damage[]> {
    const counts = (stream: string) => this.#beginnings.get(stream)! <= end;
    const gaps = [...this.#gaps.values()].filter(({ stream }) => counts(stream));
    const rest = [...this.#revisions.newest].filter(([stream]) => counts(stream) && !this.#gaps.has(stream));
    return [...gaps, ...(await damageOf(this.log, new Map(rest)))];
  }
}
