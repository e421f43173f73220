import 'reflect-metadata';
import { Progress } from '#projecting';
import { openJobs, openStores } from '#running/adapters';
import { createApi, runProcess, verifierOf } from '#running';

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
