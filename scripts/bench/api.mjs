import 'reflect-metadata';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { pino } from 'pino';
import { TokenVerifier } from '../../dist/libs/http-api/src/index.js';
import {
  CoreModule,
  createApp,
  FeaturesModule,
  JobsModule,
  readSettings,
  serveApi,
  StoresModule,
  TokensModule,
} from '../../dist/libs/running/src/index.js';

/** The API as it is, not listening yet, and a controller's token for it. @param others modules beside its own */
export async function apiWith(environment, ...others) {
  const settings = await readSettings(environment);
  const logger = pino({ level: 'warn' }, pino.destination(2));
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const verifier = TokenVerifier.fromKeys({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] });
  const own = [TokensModule.checkedBy(verifier), StoresModule, JobsModule, CoreModule, FeaturesModule];
  const app = await createApp({ settings, logger }, [...own, ...others], serveApi({ explorer: false }));
  const token = await new SignJWT({ tenant: 'uppsala', role: 'controller' })
    .setProtectedHeader({ alg: 'ES256' })
    .setSubject('bench')
    .setExpirationTime('1h')
    .sign(privateKey);
  return { app, token };
}
