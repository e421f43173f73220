import type { EventStore } from '#event-store';
import { pause, startOfLog } from '#kernel';
import type { EventCatalog } from '#kernel';
import type { LogInspection } from '../verifying/log-inspection.js';
import type { Lane } from './lane.js';
import { LogStretch } from './log-part.js';

const pauseAtEnd = 5;

export interface CatchUpOptions {
  readonly eventStore: Pick<EventStore, 'head' | 'readAll'>;
  readonly catalog: EventCatalog;
  readonly batchSize: number;
  /** After how long it is written how far all of them are, while there is more. */
  readonly unflushedMilliseconds: number;
  /** Is shown what is read, so that nobody reads it twice. */
  readonly inspection?: LogInspection;
  /** Whether a lane that was given everything up to a position can go on elsewhere. It is asked, and then told, in one go. */
  readonly meets: (lane: Lane, position: string) => boolean;
  readonly join: (lane: Lane) => void;
}

/**
 * Reads the log from where some lanes are, once for all of them and batch by batch, until each of them has met those that
 * are further.
 */
export async function catchUp(lanes: readonly Lane[], options: CatchUpOptions, signal: AbortSignal): Promise<void> {
  const { batchSize, catalog, eventStore, inspection, join, meets, unflushedMilliseconds } = options;
  let left = [...lanes];
  let flushedAt = performance.now();
  let after = left.map(({ position }) => position ?? startOfLog).sort()[0] ?? startOfLog;
  const letGo = async () => {
    const met = left.filter((lane) => meets(lane, after));
    for (const lane of met) await lane.flush();
    // While they were writing the others may have moved on.
    for (const lane of met) {
      if (!meets(lane, after)) continue;
      join(lane);
      left = left.filter((each) => each !== lane);
    }
  };
  while (!signal.aborted) {
    await letGo();
    if (left.length === 0) break;
    const batch = await eventStore.readAll({ after, limit: batchSize });
    if (batch.length === 0) {
      await pause(pauseAtEnd, signal);
      continue;
    }
    inspection?.follow(after, batch);
    const stretch = new LogStretch(batch, catalog, true);
    await Promise.all(left.map((lane) => lane.take(stretch.of(lane.partition))));
    after = stretch.last.position;
    const isTime = performance.now() - flushedAt >= unflushedMilliseconds;
    for (const lane of left) await (isTime ? lane.flush() : lane.flushIfMuch());
    if (isTime) flushedAt = performance.now();
  }
  for (const lane of left) await lane.flush();
}
