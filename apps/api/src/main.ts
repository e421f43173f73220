import 'reflect-metadata';
import { keepHeapTight, runProcess, serveApi } from '#running';
import { ApiModule } from './api.module.js';

keepHeapTight();
await runProcess({ name: 'sparbar-api', module: ApiModule, serve: serveApi() });
