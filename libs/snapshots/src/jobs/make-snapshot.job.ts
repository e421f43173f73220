import { skippedBecause } from '#jobs';
import type { JobHandler, NewJob } from '#jobs';
import { say } from '#kernel';
import type { EventCatalog, JsonObject, StoredEvent } from '#kernel';
import type { RoundFrozen, SnapshotReissued } from '#rounds';
import type { SnapshotWriter, WantedSnapshot } from './snapshot-writer.js';

const name = 'make-snapshot';

/**
 * The job that a freeze and a new issue lead to, once for each such event; undefined for any other one.
 * @throws CorruptEvent where the event cannot be read
 */
export function snapshotJobOf(event: StoredEvent, catalog: EventCatalog): NewJob | undefined {
  const { id: boundBy, metadata, type } = event;
  if (type !== 'RoundFrozen' && type !== 'SnapshotReissued') return undefined;
  const { issue, roundId } = catalog.decode<(RoundFrozen | SnapshotReissued)['data']>(event).data;
  return snapshotJob({ tenant: metadata.tenant, roundId, issue, boundBy });
}

/** The one job that makes an issue of a round's snapshot. Long ago its key did not name the event that bounds the issue. */
export const snapshotJob = (wanted: WantedSnapshot): NewJob => ({
  name,
  key: [wanted.roundId, wanted.issue, ...(wanted.boundBy === undefined ? [] : [wanted.boundBy])].join('/'),
  tenant: wanted.tenant,
  data: { ...wanted },
});

/** The handler of that work, for whichever way jobs are run. */
export const makeSnapshotHandler = (writer: Pick<SnapshotWriter, 'make'>): JobHandler => ({
  name,
  attempts: 5,
  backoffMilliseconds: 1_000,

  /** @param data `tenant`, `roundId`, `issue`, and the event that bounds it */
  async run(data, { progress, signal }) {
    const wanted = wantedIn(data);
    const made = await writer.make(wanted, {
      signal,
      read: (events, total) => progress(events, total, eventsAreRead),
    });
    if (!made) return skippedBecause(eventIsGone());
    const { bytes, sha256, snapshotId } = made;
    return { snapshotId, sha256, bytes };
  },
});

/** @throws TypeError where the data is not that of such a job */
function wantedIn({ boundBy, issue, roundId, tenant }: JsonObject): WantedSnapshot {
  if (typeof tenant !== 'string' || typeof roundId !== 'string' || typeof issue !== 'number') {
    throw new TypeError(`${name} needs a tenant, a roundId and an issue`);
  }
  return { tenant, roundId, issue, ...(typeof boundBy === 'string' && { boundBy }) };
}

const eventsAreRead = say('events', 'händelser')();
const eventIsGone = say(
  'The log does not hold the event that led to it',
  'Loggen har inte den händelse som ledde till det',
);
