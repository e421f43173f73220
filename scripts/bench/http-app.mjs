import 'reflect-metadata';
import { Controller, HttpCode, Post } from '@nestjs/common';
import { apiWith } from './api.mjs';

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

const { app, token } = await apiWith(process.env, { module: NothingModule, controllers: [NothingController] });
await app.listen(0, '127.0.0.1');
console.log(JSON.stringify({ url: await app.getUrl(), token }));
process.stdin.resume().on('end', () => process.exit(0));
