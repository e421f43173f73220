import 'reflect-metadata';
import { Progress } from '#projecting';
import { openJobs } from '../../composition/src/jobs.js';
import { createApi, runProcess } from '../../composition/src/run.js';
import { openStores } from '../../composition/src/stores.js';
import { verifierOf } from '../../composition/src/verifier.js';

await runProcess('sparbar-api', async (settings, logger) => {
  const verifier = await verifierOf(settings, logger);
  const stores = await openStores(settings, logger);
  const jobs = await openJobs(settings, logger);
  const app = await createApi({ ...stores, jobs, verifier, progress: new Progress() }, logger);
  await app.listen(settings.port, settings.host);
  logger.info({ url: await app.getUrl() }, 'listening');
  return async () => {
    await app.close();
    await jobs.close();
    await stores.eventStore.close();
    await stores.documentStore.close();
  };
});
