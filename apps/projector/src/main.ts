import 'reflect-metadata';
import { Progress } from '#projecting';
import { createEngine, runProcess } from '../../composition/src/run.js';
import { openStores } from '../../composition/src/stores.js';

await runProcess('sparbar-projector', async (settings, logger) => {
  const stores = openStores(settings);
  const engine = createEngine(stores, new Progress(), logger);
  engine.start();
  return async () => {
    await engine.stop();
    await stores.eventStore.close();
    await stores.documentStore.close();
  };
});
