import 'reflect-metadata';
import { Progress } from '#projecting';
import { createEngine, createOperations, runProcess } from '../../composition/src/run.js';
import { openStores } from '../../composition/src/stores.js';

await runProcess('sparbar-projector', async (settings, logger) => {
  const stores = openStores(settings);
  const progress = new Progress();
  const engine = createEngine(stores, progress, logger);
  const operations = await createOperations(stores, progress, logger);
  await operations.listen(settings.port, settings.host);
  engine.start();
  logger.info({ url: await operations.getUrl() }, 'listening');
  return async () => {
    await operations.close();
    await engine.stop();
    await stores.eventStore.close();
    await stores.documentStore.close();
  };
});
