import { Revisions } from '#event-store';
import type { EventStore } from '#event-store';
import { describeDamage, startOfLog } from '#kernel';
import type { Damage, StoredEvent } from '#kernel';
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
  /** How many events there are up to each of the marks that were passed. */
  readonly #counted: number[] = [];

  /** @param marks positions up to which the events are counted */
  constructor(
    private readonly eventStore: Pick<EventStore, 'readAll' | 'readStream'>,
    marks: readonly string[] = [],
  ) {
    this.#marks = [...new Set(marks)].sort();
  }

  /** How many events the log holds up to a mark, as far as it was read. */
  eventsUpTo(mark: string): number {
    return this.#counted[this.#marks.indexOf(mark)] ?? this.events;
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
        this.#counted.push(this.events);
      }
      this.position = event.position;
      this.events++;
      const gap = this.#revisions.follow(event);
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

/** What a log has lost. */
export interface Loss {
  /** Streams that are not whole, the first of them. */
  readonly damaged: readonly Damage[];
  readonly damagedStreams: number;
  /** How many events documents hold of which the log says nothing any longer. */
  readonly lostEvents: number;
}

/** In words; undefined where nothing is lost. @param name the projection whose documents hold what is lost */
export function describeLoss({ damaged, damagedStreams, lostEvents }: Loss, name: string): string | undefined {
  const more = damagedStreams > 1 ? `, and ${damagedStreams - 1} more streams` : '';
  const events = lostEvents === 1 ? '1 event' : `${lostEvents} events`;
  const told = [
    ...(damagedStreams > 0 ? [`${describeDamage(damaged[0]!)}${more}`] : []),
    ...(lostEvents > 0 ? [`The log lacks ${events} that the documents of ${name} hold`] : []),
  ];
  return told.length === 0 ? undefined : told.join('. ');
}
