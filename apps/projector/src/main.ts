import 'reflect-metadata';
import { runProcess, serveSupervision } from '#running';
import { ProjectorModule } from './projector.module.js';

await runProcess({ name: 'sparbar-projector', module: ProjectorModule, serve: serveSupervision });
