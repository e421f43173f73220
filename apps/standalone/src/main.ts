import 'reflect-metadata';
import { keepHeapTight, PlansAtStart, runProcess, serveStandalone, Welcome } from '#running';
import { StandaloneModule } from './standalone.module.js';

// It runs beside what else somebody has on a desk, and makes few documents once its plans are loaded.
keepHeapTight(40);
await runProcess({
  name: 'sparbar',
  module: StandaloneModule,
  serve: serveStandalone,
  started: async (app) => {
    await app.get(PlansAtStart).load();
    process.stdout.write(await app.get(Welcome).text(await app.getUrl()));
  },
});
