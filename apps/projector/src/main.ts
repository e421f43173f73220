import 'reflect-metadata';
import { keepHeapTight, runProcess, serveSupervision } from '#running';
import { ProjectorModule } from './projector.module.js';

keepHeapTight();
await runProcess({ name: 'sparbar-projector', module: ProjectorModule, serve: serveSupervision });
