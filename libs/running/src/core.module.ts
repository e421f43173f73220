import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { LogAdmin, LogWatch } from '#continuity';
import { CLOCK, DecisionRunner, EVENT_STORE } from '#deciding';
import { CostlyWork, TokenVerifier } from '#http-api';
import type { Jobs } from '#jobs';
import { EventCatalog, systemClock } from '#kernel';
import type { Clock } from '#kernel';
import { JOBS } from '#operations';
import { Progress, ProjectionAdmin, ReadModels, Replay, StoredReadModels } from '#projecting';
import { SNAPSHOT_DOCUMENTS } from '#snapshots';
import { eventCatalog, projections } from './contracts.js';
import { Readiness } from './health/readiness.js';
import { Metrics } from './metrics/metrics.js';
import { readinessOfApi } from './adapters/stores.js';
import type { Stores } from './adapters/stores.js';

export interface CoreOptions extends Stores {
  readonly jobs: Jobs;
  readonly verifier: TokenVerifier;
  readonly progress: Progress;
  readonly clock?: Clock;
}

/** What every feature is given: the stores behind their ports, the runner of decisions, the read models, the buses. */
@Module({})
export class CoreModule {
  static with(options: CoreOptions): DynamicModule {
    const { clock = systemClock, documentStore, jobs, log, progress, verifier } = options;
    const metrics = new Metrics();
    const eventStore = metrics.timed(options.eventStore);
    const catalog = eventCatalog();
    const admin = new ProjectionAdmin(eventStore, documentStore, catalog, projections, clock, progress, log.watch);
    metrics.watchProjections(admin);
    metrics.watchLog(log.watch, eventStore);
    metrics.watchKeys(verifier);
    const given: [provide: unknown, useValue: unknown][] = [
      [EVENT_STORE, eventStore],
      [JOBS, jobs],
      [SNAPSHOT_DOCUMENTS, documentStore],
      [CLOCK, clock],
      [EventCatalog, catalog],
      [TokenVerifier, verifier],
      [CostlyWork, new CostlyWork()],
      [DecisionRunner, new DecisionRunner(eventStore, catalog, clock, () => log.watch.prove())],
      [ReadModels, new StoredReadModels(documentStore, projections, progress, log.watch)],
      [Replay, new Replay(eventStore, catalog)],
      [ProjectionAdmin, admin],
      [LogAdmin, log.admin],
      [LogWatch, log.watch],
      [Metrics, metrics],
      [Readiness, readinessOfApi(options, [() => verifier.ready()], [() => metrics.appends()])],
    ];
    const providers = given.map(([provide, useValue]) => ({ provide: provide as symbol, useValue }));
    return {
      module: CoreModule,
      global: true,
      imports: [CqrsModule.forRoot()],
      providers,
      exports: [CqrsModule, ...providers.map(({ provide }) => provide)],
    };
  }
}
