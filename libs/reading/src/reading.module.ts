import { Module } from '@nestjs/common';
import { ItemReader } from '#planning';
import { StatusController } from './status/status.controller.js';

/** How plans and items stand, now or at any moment. `ReadModels` and `Replay` come from the app. */
@Module({
  controllers: [StatusController],
  providers: [ItemReader],
  exports: [ItemReader],
})
export class ReadingModule {}
