import type { JsonObject } from '#kernel';
import type { SnapshotWriter, WantedSnapshot } from './snapshot-writer.js';

/** What is enqueued when a round is frozen or its snapshot issued anew. */
export const makeSnapshotJob = 'make-snapshot';

/** The key for which there is one job. */
export const makeSnapshotKey = ({ issue, roundId }: WantedSnapshot): string => `${roundId}/${issue}`;

/** The handler of that work, for whichever way jobs are run. */
export const makeSnapshotHandler = (writer: SnapshotWriter) => ({
  name: makeSnapshotJob,
  attempts: 5,
  backoffMilliseconds: 1_000,

  /** @param data `tenant`, `roundId` and `issue` */
  async run(data: JsonObject, { progress, signal }: Running): Promise<JsonObject> {
    const wanted = wantedIn(data);
    const { bytes, sha256, snapshotId } = await writer.make(wanted, {
      signal,
      read: (events, total) => progress(events, total, 'events'),
    });
    return { snapshotId, sha256, bytes };
  },
});

interface Running {
  readonly progress: (done: number, total: number, note?: string) => void;
  readonly signal: AbortSignal;
}

/** @throws TypeError where the data is not that of such a job */
function wantedIn({ issue, roundId, tenant }: JsonObject): WantedSnapshot {
  if (typeof tenant !== 'string' || typeof roundId !== 'string' || typeof issue !== 'number') {
    throw new TypeError(`${makeSnapshotJob} needs a tenant, a roundId and an issue`);
  }
  return { tenant, roundId, issue };
}
