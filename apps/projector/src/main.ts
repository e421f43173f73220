import 'reflect-metadata';
import { Progress } from '#projecting';
import { createEngine, createSupervision, runProcess } from '#running';
import { openStores } from '#running/adapters';

await runProcess('sparbar-projector', async (settings, logger) => {
  const stores = await openStores(settings, logger);
  const progress = new Progress();
  const engine = createEngine(stores, progress, logger);
  const supervision = await createSupervision(stores, progress, logger);
  await supervision.listen(settings.port, settings.host);
  engine.start();
  logger.info({ url: await supervision.getUrl() }, 'listening');
  return async () => {
    await supervision.close();
    await engine.stop();
    await stores.eventStore.close();
    await stores.documentStore.close();
  };
});
