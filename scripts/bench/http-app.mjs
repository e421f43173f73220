import 'reflect-metadata';
import { Controller, HttpCode, Post } from '@nestjs/common';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { pino } from 'pino';
import { TokenVerifier } from '../../dist/libs/http-api/src/index.js';
import { Progress } from '../../dist/libs/projecting/src/index.js';
import { ApiModule } from '../../dist/libs/running/src/index.js';
import { openJobs } from '../../dist/libs/running/src/adapters/index.js';
import { createApi } from '../../dist/libs/running/src/index.js';
import { readSettings } from '../../dist/libs/running/src/index.js';
import { openStores } from '../../dist/libs/running/src/adapters/index.js';

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
const composed = ApiModule.with;
ApiModule.with = (options) => {
  const module = composed.call(ApiModule, options);
  return { ...module, controllers: [...module.controllers, NothingController] };
};

const settings = await readSettings(process.env);
const stores = await openStores(settings);
const { privateKey, publicKey } = await generateKeyPair('ES256');
const verifier = TokenVerifier.fromKeys({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] });
const parts = { ...stores, jobs: await openJobs(settings), verifier, progress: new Progress() };
const app = await createApi(parts, pino({ level: 'warn' }, pino.destination(2)), { explorer: false });
await app.listen(0, '127.0.0.1');
const token = await new SignJWT({ tenant: 'uppsala', role: 'controller' })
  .setProtectedHeader({ alg: 'ES256' })
  .setSubject('bench')
  .setExpirationTime('5m')
  .sign(privateKey);
console.log(JSON.stringify({ url: await app.getUrl(), token }));
process.stdin.resume().on('end', () => process.exit(0));
