import 'reflect-metadata';
import { Progress } from '#projecting';
import { openJobs, workOnJobs } from '../../composition/src/jobs.js';
import { createEngine, runProcess } from '../../composition/src/run.js';
import { openStores } from '../../composition/src/stores.js';

await runProcess('sparbar-projector', async (settings, logger) => {
  const stores = openStores(settings);
  const jobs = openJobs(settings, logger);
  const progress = new Progress();
  const engine = createEngine(stores, progress, logger);
  engine.start();
  workOnJobs(jobs, stores, progress, logger);
  return async () => {
    await jobs.close();
    await engine.stop();
    await stores.eventStore.close();
    await stores.documentStore.close();
  };
});
