import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AuditModule } from '#audit';
import { ApiInfoController } from '#http-api';
import { ImportingModule } from '#importing';
import { IndicatorsModule } from '#indicators';
import { OperationsModule } from '#operations';
import { OrganisationModule } from '#organisation';
import { PlanningModule } from '#planning';
import { ReadingModule } from '#reading';
import { assessmentGrounds, RoundsModule } from '#rounds';
import { SnapshotsModule } from '#snapshots';
import { CoreModule } from './core.module.js';
import type { CoreOptions } from './core.module.js';
import { HealthController } from './health/health.controller.js';
import { MetricsController } from './metrics/metrics.controller.js';

/** The whole API: commands and queries of every feature. */
@Module({})
export class ApiModule {
  static with(options: CoreOptions): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        CoreModule.with(options),
        OrganisationModule,
        PlanningModule.with(assessmentGrounds),
        RoundsModule,
        ReadingModule,
        SnapshotsModule,
        IndicatorsModule,
        AuditModule,
        ImportingModule,
        OperationsModule,
      ],
      controllers: [ApiInfoController, HealthController, MetricsController],
    };
  }
}
