import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { pino } from 'pino';
import { TokenVerifier } from '#http-api';
import { Progress, ReadModels } from '#projecting';
import { openJobs, openStores } from '#running/adapters';
import { createApi, createEngine, readSettings, Work } from '#running';
import type { Transport } from './api-client.js';

/** How long read models may take that are made from a long log. */
const catchUpMilliseconds = 600_000;

/** The API within this process, straight on the stores of a folder. A process that runs there already goes on leading. */
export async function onStores(folder: string, tenant: string): Promise<Transport> {
  const settings = await readSettings({ ...process.env, SPARBAR_DATA: folder });
  const stores = await openStores(settings);
  const jobs = await openJobs(settings);
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const verifier = TokenVerifier.fromKeys({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] });
  const progress = new Progress();
  const logger = pino({ level: 'silent' });
  const app = await createApi({ ...stores, jobs, verifier, progress }, logger, { explorer: false });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const engine = createEngine(stores, progress, logger);
  engine.start();
  const work = new Work(app, { stores, jobs, logger });
  work.start();
  const close = async () => {
    await app.close();
    await work.stop();
    await jobs.close();
    await engine.stop();
    await stores.eventStore.close();
    await stores.documentStore.close();
  };
  try {
    await stores.log.watch.look();
    // The documents of a log that is gone come no further: it is asked all the same, and may be told to go on.
    if (!stores.log.watch.replaced) {
      await app.get(ReadModels).waitFor(await stores.eventStore.head(), catchUpMilliseconds);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    worksHere: true,
    close,
    async request({ body, method, path, role }) {
      const token = await new SignJWT({ tenant, role })
        .setProtectedHeader({ alg: 'ES256' })
        .setSubject('cli')
        .setExpirationTime('5m')
        .sign(privateKey);
      const { headers, rawPayload, statusCode } = await app.inject({
        method,
        url: path,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body && { 'content-type': body.type }),
        },
        ...(body && { payload: body.text }),
      });
      return { status: statusCode, bytes: rawPayload, log: headers['sparbar-log'] as string | undefined };
    },
  };
}
