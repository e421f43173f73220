import { Module } from '@nestjs/common';
import { IssueGrounds } from '#rounds';
import { SnapshotMaking } from './jobs/snapshot-making.js';
import { PlanStreams } from './read-models/plan-streams/plan-streams.js';
import { LoggedGrounds } from './shelf/logged-grounds.js';
import { SnapshotArchive } from './shelf/snapshot-archive.js';
import { SnapshotController } from './snapshot.controller.js';

/** What frozen rounds leave behind. `Jobs`, the log and the documents of snapshots come from the app. */
@Module({
  controllers: [SnapshotController],
  providers: [PlanStreams, SnapshotArchive, SnapshotMaking, { provide: IssueGrounds, useClass: LoggedGrounds }],
  exports: [SnapshotArchive],
})
export class SnapshotsModule {}
