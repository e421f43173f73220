import 'reflect-metadata';
import { keepHeapTight, PlansAtStart, runProcess, serveApi, Welcome } from '#running';
import { StandaloneModule } from './standalone.module.js';

keepHeapTight();
await runProcess({
  name: 'sparbar',
  module: StandaloneModule,
  serve: serveApi(),
  started: async (app) => {
    await app.get(PlansAtStart).load();
    process.stdout.write(await app.get(Welcome).text(await app.getUrl()));
  },
});
