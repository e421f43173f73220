import type { Document } from '#document-store';
import type { RecordedEvent } from '#kernel';
import { ignored } from '#projecting';
import type { Projection } from '#projecting';
import type { RoundEvent, RoundFrozen, SnapshotReissued } from '#rounds';
import { snapshotIdOf } from '../../shelf/snapshot-id.js';

/** Which issue of which round an id stands for. */
export interface SnapshotPlace extends Document {
  readonly tenant: string;
  readonly roundId: string;
  readonly issue: number;
}

type Issued = RoundFrozen | SnapshotReissued;

const idOfIssue = ({ data: { issue, roundId }, metadata: { tenant } }: RecordedEvent<Issued>): string =>
  snapshotIdOf(tenant, roundId, issue);

const issued = {
  key: idOfIssue,
  evolve: (_: SnapshotPlace | undefined, event: RecordedEvent<Issued>): SnapshotPlace => {
    const { data, metadata } = event;
    return { _id: idOfIssue(event), tenant: metadata.tenant, roundId: data.roundId, issue: data.issue };
  },
};

/** Answers: which round has a snapshot with that id? Its stream tells the rest. */
export const snapshotDirectory: Projection<SnapshotPlace, RoundEvent> = {
  name: 'snapshot-directory',
  version: 1,
  on: {
    RoundFrozen: issued,
    SnapshotReissued: issued,
    RoundPlanned: ignored,
    RoundOpened: ignored,
    RoundAmended: ignored,
    RoundCancelled: ignored,
    BodyDeadlineExtended: ignored,
    BodyExtensionRecalled: ignored,
    BodyReported: ignored,
    BodyReportRecalled: ignored,
    RoundMissingListed: ignored,
    RoundReminded: ignored,
    SnapshotRecorded: ignored,
    RoundDecided: ignored,
  },
};
