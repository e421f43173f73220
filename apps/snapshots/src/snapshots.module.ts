import { Module } from '@nestjs/common';
import {
  CommandsWithoutRoutesModule,
  CoreModule,
  JobsModule,
  StoresModule,
  SupervisionModule,
  WorkModule,
} from '#running';

/** Does what is done later: snapshots, schedules of rounds, reminders, rebuilds. */
@Module({
  imports: [
    StoresModule,
    JobsModule,
    CoreModule,
    CommandsWithoutRoutesModule,
    WorkModule.at(),
    SupervisionModule.ofWorker(),
  ],
})
export class SnapshotsModule {}
