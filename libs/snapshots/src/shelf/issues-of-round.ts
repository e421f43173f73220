import { NotFound, streamName } from '#kernel';
import type { EventCatalog, RecordedEvent } from '#kernel';
import type { RoundEvent } from '#rounds';
import type { SnapshotLog } from '../rules/fold-snapshot.js';
import { snapshotIdOf } from './snapshot-id.js';

/** An issue of a round's snapshot, as the round's own stream tells of it. */
export interface RoundIssue {
  readonly snapshotId: string;
  readonly roundId: string;
  readonly planId: string;
  /** The name of the round. */
  readonly round: string;
  readonly issue: number;
  /** The event that bounds it: another log may hold another one for the same issue. */
  readonly boundBy: string;
  readonly rule: number;
  readonly frozenAt: string;
  readonly replaces?: number;
  readonly reason?: string;
  readonly override?: string;
  /** What was recorded of the snapshot; undefined until it has been made. */
  readonly recorded?: { readonly sha256: string; readonly bytes: number; readonly at: string };
}

/**
 * The issues of a round, oldest first; none before it is frozen. Asked of the log, so that no read model needs to be
 * trusted or waited for.
 * @throws NotFound where there is no such round
 */
export async function issuesOfRound(
  log: Pick<SnapshotLog, 'readStream'>,
  catalog: EventCatalog,
  tenant: string,
  roundId: string,
): Promise<RoundIssue[]> {
  const stored = await log.readStream(streamName(tenant, 'round', roundId));
  if (stored.length === 0) throw new NotFound('round', roundId);
  const events = stored.map((event) => catalog.decode(event) as unknown as RecordedEvent<RoundEvent>);
  const issues = new Map<number, RoundIssue>();
  let round = '';
  for (const { data, id: boundBy, metadata, type } of events) {
    if (type === 'RoundPlanned' || type === 'RoundOpened') round = data.label;
    if (type === 'RoundFrozen' || type === 'SnapshotReissued') {
      const { issue, planId, rule } = data;
      const snapshotId = snapshotIdOf(tenant, roundId, issue);
      const why =
        type === 'RoundFrozen'
          ? data.override !== undefined && { override: data.override }
          : { replaces: data.replaces, reason: data.reason };
      const frozenAt = metadata.recordedAt;
      issues.set(issue, { snapshotId, roundId, planId, round, issue, boundBy, rule, frozenAt, ...why });
    }
    if (type === 'SnapshotRecorded') {
      const { bytes, issue, sha256 } = data;
      const known = issues.get(issue);
      if (known) issues.set(issue, { ...known, recorded: { sha256, bytes, at: metadata.recordedAt } });
    }
  }
  return [...issues.values()];
}
