import { Module } from '@nestjs/common';
import { JobsController } from './jobs.controller.js';

/** What operators see of the system at work. `JOBS` comes from the app. */
@Module({ controllers: [JobsController] })
export class OperationsModule {}
