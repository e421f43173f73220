import 'reflect-metadata';
import { Controller, HttpCode, Post } from '@nestjs/common';
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

// The API as it is, and beside its routes one that takes a POST, checks its token as all do, and does nothing.
class NothingController {
  nothing() {
    return {};
  }
}
const method = Object.getOwnPropertyDescriptor(NothingController.prototype, 'nothing');
Post()(NothingController.prototype, 'nothing', method);
HttpCode(200)(NothingController.prototype, 'nothing', method);
Controller('nothing')(NothingController);
class NothingModule {}

const settings = await readSettings(process.env);
const logger = pino({ level: 'warn' }, pino.destination(2));
const { privateKey, publicKey } = await generateKeyPair('ES256');
const verifier = TokenVerifier.fromKeys({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] });
const app = await createApp(
  { settings, logger },
  [
    TokensModule.checkedBy(verifier),
    StoresModule,
    JobsModule,
    CoreModule,
    FeaturesModule,
    { module: NothingModule, controllers: [NothingController] },
  ],
  serveApi({ explorer: false }),
);
await app.listen(0, '127.0.0.1');
const token = await new SignJWT({ tenant: 'uppsala', role: 'controller' })
  .setProtectedHeader({ alg: 'ES256' })
  .setSubject('bench')
  .setExpirationTime('5m')
  .sign(privateKey);
console.log(JSON.stringify({ url: await app.getUrl(), token }));
process.stdin.resume().on('end', () => process.exit(0));
