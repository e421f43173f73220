import { START } from '@kurrent/kurrentdb-client';
import type { AllStreamRecordedEvent, Position, ReadPosition } from '@kurrent/kurrentdb-client';
import { startOfLog } from '#kernel';
import type { EventMetadata, JsonObject, StoredEvent } from '#kernel';

/** What a read gives: positions also for one stream, though the client's types leave them out there. */
export interface Resolved {
  readonly event?: Pick<AllStreamRecordedEvent, 'data' | 'id' | 'metadata' | 'revision' | 'streamId' | 'type'> & {
    readonly position?: Position | undefined;
  };
}

/** An event as the log holds it. `created` is the server's own time and is left: ours is in the metadata. */
export const eventOf = ({ event }: Resolved): StoredEvent => ({
  id: event!.id,
  type: event!.type,
  data: event!.data as JsonObject,
  metadata: event!.metadata as unknown as EventMetadata,
  stream: event!.streamId,
  revision: Number(event!.revision),
  position: positionOf(event!.position!),
});

export const positionOf = ({ commit }: Pick<Position, 'commit'>): string => String(commit).padStart(20, '0');

/** The server's form of a position. An append's commit and prepare position are the same. */
export function placeOf(position: string): Exclude<ReadPosition, 'end'> {
  if (position === startOfLog) return START;
  const commit = BigInt(position);
  return { commit, prepare: commit };
}
