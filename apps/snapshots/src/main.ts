import 'reflect-metadata';
import { runProcess, serveSupervision } from '#running';
import { SnapshotsModule } from './snapshots.module.js';

await runProcess({ name: 'sparbar-snapshots', module: SnapshotsModule, serve: serveSupervision });
