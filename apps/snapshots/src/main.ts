import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { TokenVerifier } from '#http-api';
import { Progress } from '#projecting';
import { ApiModule, createSupervision, runProcess, Work } from '#running';
import { openJobs, openStores } from '#running/adapters';

await runProcess('sparbar-snapshots', async (settings, logger) => {
  const stores = await openStores(settings, logger);
  const jobs = await openJobs(settings, logger);
  const progress = new Progress();
  // The features without their routes: nobody asks this process anything, and no token would hold.
  const verifier = TokenVerifier.fromKeys({ keys: [] });
  const features = await NestFactory.createApplicationContext(ApiModule.with({ ...stores, jobs, verifier, progress }), {
    logger: false,
    abortOnError: false,
  });
  const work = new Work(features, { stores, jobs, logger, ...settings });
  const supervision = await createSupervision(stores, progress, logger, [
    () => jobs.list({ limit: 1, offset: 0 }),
    () => work.check(),
  ]);
  await supervision.listen(settings.port, settings.host);
  work.start();
  logger.info({ url: await supervision.getUrl() }, 'listening');
  return async () => {
    await supervision.close();
    await work.stop();
    await jobs.close();
    await features.close();
    await stores.eventStore.close();
    await stores.documentStore.close();
  };
});
