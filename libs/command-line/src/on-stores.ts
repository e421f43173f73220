import 'reflect-metadata';
import { statSync } from 'node:fs';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { pino } from 'pino';
import { TokenVerifier } from '#http-api';
import { say } from '#kernel';
import { ReadModels } from '#projecting';
import {
  CoreModule,
  createApp,
  EngineModule,
  FeaturesModule,
  JobsModule,
  readSettings,
  serveApi,
  SettingsFaults,
  STORES,
  StoresModule,
  TokensModule,
  WorkModule,
} from '#running';
import type { Settings } from '#running';
import type { Stores } from '#running/adapters';
import type { Transport } from './api-client.js';
import { UsageError } from './usage-error.js';

/** How long read models may take that are made from a long log. */
const catchUpMilliseconds = 600_000;

export interface OnStoresOptions {
  readonly tenant: string;
  /** The id of who answers for what is recorded; left out by who only reads. */
  readonly as?: string;
  /** Whether stores are made where there are none. */
  readonly makes: boolean;
}

/**
 * The API within this process, straight on the stores of a folder. A process that runs there already goes on leading.
 * @throws UsageError where there is no such folder
 */
export async function onStores(folder: string, { as = 'cli', makes, tenant }: OnStoresOptions): Promise<Transport> {
  checkFolder(folder, makes);
  const settings = await settingsOf(folder);
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const verifier = TokenVerifier.fromKeys({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] });
  const app = await createApp(
    { settings, logger: pino({ level: 'silent' }) },
    [
      TokensModule.checkedBy(verifier),
      StoresModule,
      JobsModule,
      CoreModule,
      FeaturesModule,
      EngineModule,
      WorkModule.at(),
    ],
    serveApi({ explorer: false }),
  );
  const close = () => app.close();
  try {
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    const { eventStore, log } = app.get<Stores>(STORES);
    await log.watch.look();
    // The documents of a log that is gone come no further: it is asked all the same, and may be told to go on.
    if (!log.watch.replaced)
      await app.get(ReadModels).waitFor(await eventStore.head(), { milliseconds: catchUpMilliseconds });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    worksHere: true,
    close,
    async request({ body, language, method, path, role }) {
      const token = await new SignJWT({ tenant, role })
        .setProtectedHeader({ alg: 'ES256' })
        .setSubject(as)
        .setExpirationTime('5m')
        .sign(privateKey);
      const { headers, rawPayload, statusCode } = await app.inject({
        method,
        url: path,
        headers: {
          authorization: `Bearer ${token}`,
          ...(language && { 'accept-language': language }),
          ...(body && { 'content-type': body.type }),
        },
        ...(body && { payload: body.text }),
      });
      return {
        status: statusCode,
        bytes: rawPayload,
        type: String(headers['content-type'] ?? ''),
        log: headers['sparbar-log'] as string | undefined,
      };
    },
  };
}

/** @throws UsageError where the environment cannot be used */
async function settingsOf(folder: string): Promise<Settings> {
  try {
    return await readSettings({ ...process.env, SPARBAR_DATA: folder });
  } catch (error) {
    throw error instanceof SettingsFaults ? new UsageError(error.said) : error;
  }
}

function checkFolder(folder: string, makes: boolean): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found && !found.isDirectory()) throw new UsageError(isFile({ folder }));
  if (!found && !makes) throw new UsageError(isMissing({ folder }));
}

const isFile = say(
  '--data must be a folder, and {folder} is a file',
  '--data ska vara en mapp, och {folder} är en fil',
);
const isMissing = say(
  '--data must be a folder that is there, and there is no {folder}',
  '--data ska vara en mapp som finns, och {folder} finns inte',
);
