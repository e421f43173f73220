import { Module } from '@nestjs/common';
import { JobsController } from './jobs.controller.js';
import { LogController } from './log/log.controller.js';
import { ProjectionsController } from './projections/projections.controller.js';

/** What operators see of the system at work, and ask of it. `JOBS` comes from the app. */
@Module({ controllers: [JobsController, ProjectionsController, LogController] })
export class OperationsModule {}
