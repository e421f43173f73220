import { Module } from '@nestjs/common';
import { CoreModule, EngineModule, StoresModule, SupervisionModule } from '#running';

/** Runs the projections. */
@Module({ imports: [StoresModule, CoreModule, EngineModule, SupervisionModule.ofWorker()] })
export class ProjectorModule {}
