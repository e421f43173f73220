import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { LogWatch } from '#continuity';
import type { EventStore } from '#event-store';
import { ProjectionAdmin } from '#projecting';
import { HealthController } from './health/health.controller.js';
import { Readiness } from './health/readiness.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { Metrics } from './metrics/metrics.js';

/** What a supervisor asks of a process that serves nobody else. */
@Module({})
export class SupervisionModule {
  static with(
    admin: ProjectionAdmin,
    readiness: Readiness,
    log: LogWatch,
    store: Pick<EventStore, 'passedOver'>,
  ): DynamicModule {
    const metrics = new Metrics();
    metrics.watchProjections(admin);
    metrics.watchLog(log, store);
    return {
      module: SupervisionModule,
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: ProjectionAdmin, useValue: admin },
        { provide: LogWatch, useValue: log },
        { provide: Readiness, useValue: readiness },
        { provide: Metrics, useValue: metrics },
      ],
    };
  }
}
