import 'reflect-metadata';
import { runProcess, serveApi } from '#running';
import { ApiModule } from './api.module.js';

await runProcess({ name: 'sparbar-api', module: ApiModule, serve: serveApi() });
