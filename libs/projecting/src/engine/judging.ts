import type { DocumentStore } from '#document-store';
import type { EventStore } from '#event-store';
import { LogInspection } from '../verifying/log-inspection.js';
import { progressionOf } from './checkpoints.js';
import type { Control } from './bookkeeping.js';
import type { Lane } from './lane.js';
import type { ProjectionRun } from './projection-run.js';
import { lossTold, startOfLog } from '#kernel';
import type { Said } from '#kernel';

/** A collection that was made anew, in the partitions that a runner leads. */
export interface Built {
  readonly control: Control;
  readonly parts: readonly { readonly lane: Lane; readonly run: ProjectionRun }[];
}

/** How many events documents hold that answer, and up to where: of one partition, or of all where they are not divided. */
interface Held {
  readonly events: number;
  readonly position: string;
  readonly partition?: number;
}

/**
 * Finds out whether the log is whole that collections are made anew from, and holds all that the documents hold which they
 * are to take the place of: of a stream that is gone altogether the log itself says nothing.
 */
export class Judging {
  private constructor(
    private readonly eventStore: EventStore,
    private readonly held: ReadonlyMap<string, readonly Held[]>,
    readonly inspection: LogInspection,
  ) {}

  /** @param built before they are filled, so that the log is read once for both */
  static async of(eventStore: EventStore, store: DocumentStore, built: readonly Built[]): Promise<Judging> {
    const held = new Map<string, readonly Held[]>();
    for (const { control, parts } of built) {
      held.set(
        control._id,
        await heldByLive(
          store,
          control,
          parts.map(({ lane }) => lane.partition),
        ),
      );
    }
    const marks = [...held.values()].flat().map(({ position }) => position);
    const partitions = new Set(built.flatMap(({ parts }) => parts.map(({ lane }) => lane.partition)));
    return new Judging(eventStore, held, new LogInspection(eventStore, marks, partitions));
  }

  /** Reads what is still to be read of the log, and tells what keeps each of them from taking over. */
  async lossesOf(built: readonly Built[], signal: AbortSignal): Promise<(Said | undefined)[]> {
    await this.inspection.upTo(await this.eventStore.head(), signal);
    const damaged = await this.inspection.damaged(signal);
    return built.map(({ control: { _id: name } }) => {
      const lost = (this.held.get(name) ?? []).map(({ events, partition, position }) =>
        Math.max(0, events - this.inspection.eventsUpTo(position, partition)),
      );
      const lostEvents = lost.reduce((sum, each) => sum + each, 0);
      return lossTold({ damaged, damagedStreams: damaged.length, lostEvents }, name);
    });
  }
}

async function heldByLive(
  store: DocumentStore,
  { building, live }: Control,
  partitions: readonly number[],
): Promise<Held[]> {
  if (live.log !== building?.log) return [];
  const { checkpoints } = await progressionOf(store, live, undefined, partitions);
  return checkpoints.map(({ events = 0, position }, index) => ({
    events,
    position: position || startOfLog,
    ...(live.partitions !== undefined && { partition: partitions[index]! }),
  }));
}
