import type { EventStore } from '#event-store';
import type { EventCatalog } from '#kernel';
import type { Lane } from './lane.js';
import { LogStretch } from './log-part.js';

/** A lane in which more events wait than that is left behind, where it is what the others would wait for. */
const mostInLane = { events: 1_000, bytes: 4 * 2 ** 20 };
/** So much waits in all lanes together before the log is read on. */
const mostInAll = { events: 5_000, bytes: 16 * 2 ** 20 };

export interface TailOptions {
  readonly eventStore: EventStore;
  readonly catalog: EventCatalog;
  readonly batchSize: number;
  /** Is given a lane that falls behind, which is to read for itself until it meets the tail again. */
  readonly leaveBehind: (lane: Lane) => void;
}

/**
 * Follows the log as it grows, once for all partitions that are near its end, and gives each what is its own. It does not
 * wait for a partition that has far more to do than the others.
 */
export class Tail {
  readonly #lanes = new Set<Lane>();

  /** @param position what was read already */
  constructor(
    private readonly options: TailOptions,
    /** Up to here everything was given to the lanes that go along. */
    public position: string,
  ) {}

  /** Lets a lane go along that was given everything up to the position. */
  join(lane: Lane): void {
    lane.reach(this.position);
    this.#lanes.add(lane);
  }

  /** @returns whether it went along */
  leave(lane: Lane): boolean {
    return this.#lanes.delete(lane);
  }

  /** Follows the log until the signal aborts. */
  async follow(signal: AbortSignal): Promise<void> {
    const { batchSize, catalog, eventStore } = this.options;
    for await (const batch of eventStore.subscribe({ after: this.position, batchSize, signal })) {
      // A full batch may be the last one all the same: nothing may wait in memory for the next event to come.
      const more = batch.length >= batchSize && (await eventStore.head()) > batch.at(-1)!.position;
      const stretch = new LogStretch(batch, catalog, more);
      this.position = stretch.last.position;
      for (const lane of this.#lanes) lane.give(stretch.of(lane.partition));
      await this.#untilRoom(signal);
    }
  }

  async #untilRoom(signal: AbortSignal): Promise<void> {
    for (;;) {
      const lanes = [...this.#lanes];
      const events = lanes.reduce((sum, { waiting }) => sum + waiting, 0);
      const bytes = lanes.reduce((sum, { waitingBytes }) => sum + waitingBytes, 0);
      const heaviest = lanes.find(
        (lane) => isFarBehind(lane) && (lane.waiting > events / 3 || lane.waitingBytes > bytes / 3),
      );
      if (heaviest) {
        this.#lanes.delete(heaviest);
        this.options.leaveBehind(heaviest);
      } else if (signal.aborted || (events <= mostInAll.events && bytes <= mostInAll.bytes)) return;
      else await Promise.race(lanes.filter(({ waiting }) => waiting > 0).map((lane) => lane.untilTaken(signal)));
    }
  }
}

const isFarBehind = ({ waiting, waitingBytes }: Lane): boolean =>
  waiting > mostInLane.events || waitingBytes > mostInLane.bytes;
