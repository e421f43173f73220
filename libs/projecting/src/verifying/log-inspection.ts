import { Revisions } from '#event-store';
import type { EventStore } from '#event-store';
import { startOfLog } from '#kernel';
import type { Damage, StoredEvent } from '#kernel';
import { partitionCount, partitionOfStream } from '../partitions.js';
import { damageOf } from './damage.js';

const pageSize = 1_000;

/** Reads the log through, and finds what it has lost. */
export class LogInspection {
  /** Up to where it was read. */
  position = startOfLog;
  /** How many events the log holds up to there. */
  events = 0;
  /** What is missing between the events of a stream. */
  readonly gaps = new Map<string, Damage>();
  readonly #revisions = new Revisions();
  readonly #marks: readonly string[];
  /** How many events of each partition there are so far. */
  readonly #counts = new Array<number>(partitionCount).fill(0);
  /** The same, up to each of the marks that were passed. */
  readonly #counted: (readonly number[])[] = [];

  /**
   * @param marks positions up to which the events are counted
   * @param partitions whose streams are looked at; all of them where it is left out
   */
  constructor(
    private readonly eventStore: Pick<EventStore, 'readAll' | 'readStream'>,
    marks: readonly string[] = [],
    private readonly partitions?: ReadonlySet<number>,
  ) {
    this.#marks = [...new Set(marks)].sort();
  }

  /** How many events the log holds up to a mark, as far as it was read. @param partition of all where it is left out */
  eventsUpTo(mark: string, partition?: number): number {
    const counts = this.#counted[this.#marks.indexOf(mark)] ?? this.#counts;
    return partition === undefined ? counts.reduce((sum, count) => sum + count, 0) : counts[partition]!;
  }

  /**
   * Reads on, up to a position or the end of the log.
   * @param signal ends it, with its reason
   * @param take is given each event, after it was looked whether one is missing before it
   */
  async upTo(end: string, signal?: AbortSignal, take?: (event: StoredEvent) => void): Promise<void> {
    while (this.position < end) {
      signal?.throwIfAborted();
      const page = await this.eventStore.readAll({ after: this.position, limit: pageSize });
      const within = page.filter(({ position }) => position <= end);
      this.follow(this.position, within, take);
      if (within.length < page.length || page.length === 0) return;
    }
  }

  /** Takes what somebody else has read, where it goes on from here. @param after the position that was read on from */
  follow(after: string, events: readonly StoredEvent[], take?: (event: StoredEvent) => void): void {
    if (after !== this.position) return;
    for (const event of events) {
      while (this.#counted.length < this.#marks.length && this.#marks[this.#counted.length]! < event.position) {
        this.#counted.push([...this.#counts]);
      }
      this.position = event.position;
      this.events++;
      const partition = partitionOfStream(event.stream);
      this.#counts[partition]!++;
      const gap = this.partitions?.has(partition) === false ? undefined : this.#revisions.follow(event);
      if (gap) this.gaps.set(gap.stream, gap);
      take?.(event);
    }
  }

  /** The streams that are not whole, as far as the log was read. */
  async damaged(signal?: AbortSignal): Promise<Damage[]> {
    const whole = new Map([...this.#revisions.newest].filter(([stream]) => !this.gaps.has(stream)));
    return [...this.gaps.values(), ...(await damageOf(this.eventStore, whole, signal))];
  }
}
