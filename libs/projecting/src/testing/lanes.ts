import type { DocumentStore } from '#document-store';
import type { EventStore } from '#event-store';
import { TimeSlices } from '#kernel';
import { catchUp } from '../engine/catch-up.js';
import { PartitionCheckpoints, StoredCheckpoints } from '../engine/checkpoints.js';
import type { MemoryBounds } from '../engine/held-documents.js';
import { Lane } from '../engine/lane.js';
import { ProjectionRun } from '../engine/projection-run.js';
import { SharedMemory } from '../engine/shared-memory.js';
import type { Projection } from '../projection.js';
import { tallyCatalog } from './tallies.js';

export interface LanesGiven {
  readonly projection: Projection;
  readonly collection: string;
  readonly store: DocumentStore;
  readonly log: EventStore;
  readonly batchSize: number;
  readonly bounds?: MemoryBounds;
}

/** Lanes of one projection that take up where their checkpoints are, one for each of some partitions. */
export const lanesOf = async (partitions: readonly number[], given: LanesGiven): Promise<Lane[]> =>
  (await lanesBeside(partitions, [given.collection], given))[0]!;

/** Lanes that fill several collections in one process: those of a partition move the same checkpoints. */
export async function lanesBeside(
  partitions: readonly number[],
  collections: readonly string[],
  { batchSize, bounds, log, projection, store }: Omit<LanesGiven, 'collection'>,
): Promise<Lane[][]> {
  const stored = await StoredCheckpoints.read(store, partitions);
  const memory = new SharedMemory();
  const slices = new TimeSlices();
  const checkpoints = partitions.map((partition) => new PartitionCheckpoints(store, partition, stored));
  const laneOf = (collection: string, its: PartitionCheckpoints) => {
    const run = new ProjectionRun(projection, collection, store, {
      now: () => new Date(0),
      bounds: bounds ?? memory.bounds,
      slices,
    });
    run.resume(its.of(collection));
    return new Lane(its, [run], {
      log: { catalog: tallyCatalog, eventStore: log },
      memory,
      slices,
      batchSize,
      // Nothing says that another one runs: each takes itself for the only one.
      mayWrite: async () => {},
      flushed: () => {},
    });
  };
  return collections.map((collection) => checkpoints.map((its) => laneOf(collection, its)));
}

/** Reads the log up to its end, as far as it is when that is reached. */
export async function catchUpTo(log: EventStore, lanes: readonly Lane[], batchSize: number): Promise<void> {
  const end = await log.head();
  const meets = (lane: Lane, position: string) => lane.position === undefined || position >= end;
  const options = { catalog: tallyCatalog, eventStore: log, batchSize, unflushedMilliseconds: Infinity, meets };
  await catchUp(lanes, { ...options, join: () => {} }, new AbortController().signal);
}
