import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TokenVerifier } from '#http-api';
import { PlanLoader } from '#importing';
import { describeError, LogReplaced } from '#kernel';
import { Progress } from '#projecting';
import { openJobs, openStores } from '#running/adapters';
import { createApi, createEngine, runProcess, welcome, Work } from '#running';
import { SigningKey } from '#running/signing-key';

/** The plans that come with Spårbar, in the order in which they rest on each other. */
const ownPlans = [
  'uppsala-organisation.yaml',
  'uppsala-fokusmal-4.yaml',
  'amn-verksamhetsplan-2025.yaml',
  'amn-scenario-2025.yaml',
].map((name) => fileURLToPath(new URL(`../../../../data/${name}`, import.meta.url)));

await runProcess('sparbar', async (settings, logger) => {
  const { data, host, plans = ownPlans, port, tenant } = settings;
  const key = await SigningKey.in(data);
  const stores = await openStores(settings, logger);
  const jobs = await openJobs(settings, logger);
  const progress = new Progress();
  const verifier = TokenVerifier.fromKeys(key.publicKeys);
  const app = await createApi({ ...stores, jobs, verifier, progress }, logger);
  const engine = createEngine(stores, progress, logger);
  const work = new Work(app, { stores, jobs, logger, ...settings });
  const stop = async () => {
    await app.close();
    await work.stop();
    await jobs.close();
    await engine.stop();
    await stores.eventStore.close();
    await stores.documentStore.close();
  };
  try {
    await app.listen(port, host);
    engine.start();
    work.start();
    const loader = app.get(PlanLoader);
    for (const file of plans) {
      const actor = { id: 'standalone-loader', role: 'controller' as const };
      try {
        const report = await loader.load(await readFile(file, 'utf8'), basename(file), { tenant, actor });
        logger.info(report, 'loaded a plan file');
      } catch (error) {
        // Who is to bring the log back, or to accept this one, asks a process that runs.
        if (!(error instanceof LogReplaced)) throw error;
        logger.error({ file, error: describeError(error) }, 'a plan file was not loaded');
      }
    }
  } catch (error) {
    await stop();
    throw error;
  }
  process.stdout.write(await welcome(await app.getUrl(), tenant, key));
  return stop;
});
