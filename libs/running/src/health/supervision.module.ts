import { Inject, Module, Optional } from '@nestjs/common';
import type { DynamicModule, FactoryProvider, OnModuleInit } from '@nestjs/common';
import { TokenVerifier } from '#http-api';
import type { Jobs } from '#jobs';
import { JOBS } from '#operations';
import { ProjectionAdmin } from '#projecting';
import { STORES } from '../adapters/stores.module.js';
import type { Stores } from '../adapters/stores.js';
import { MetricsController } from '../metrics/metrics.controller.js';
import { Metrics } from '../metrics/metrics.js';
import { Work } from '../work/work.js';
import { HealthController } from './health.controller.js';
import { Readiness } from './readiness.js';

/**
 * The API is ready where the documents answer, and the keys that tokens are checked by are there. It has questions to answer
 * also while the log is away, so that no replica is taken away for that: commands wait, and are told so.
 */
const ofApi: FactoryProvider<Readiness> = {
  provide: Readiness,
  inject: [STORES, TokenVerifier, Metrics],
  useFactory: ({ documentStore, eventStore, log }: Stores, verifier: TokenVerifier, metrics: Metrics) =>
    new Readiness(
      [() => documentStore.count('projections', {}), () => verifier.ready()],
      [() => eventStore.head(), () => log.watch.look(), () => metrics.appends()],
    ),
};

/** A process that works on the log is ready where both stores answer, the log is known, and its jobs and its work go on. */
const ofWorker: FactoryProvider<Readiness> = {
  provide: Readiness,
  inject: [STORES, { token: JOBS, optional: true }, { token: Work, optional: true }],
  useFactory: ({ documentStore, eventStore, log }: Stores, jobs?: Jobs, work?: Work) =>
    new Readiness([
      () => eventStore.head(),
      () => documentStore.count('projections', {}),
      () => log.watch.prove(),
      ...(jobs ? [() => jobs.check()] : []),
      ...(work ? [() => work.check()] : []),
    ]),
};

/** What a supervisor asks of a process: its health and its metrics. */
@Module({})
export class SupervisionModule implements OnModuleInit {
  constructor(
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(ProjectionAdmin) private readonly admin: ProjectionAdmin,
    @Inject(STORES) private readonly stores: Stores,
    @Optional() @Inject(TokenVerifier) private readonly verifier?: TokenVerifier,
  ) {}

  static ofApi(): DynamicModule {
    return supervisionWith(ofApi);
  }

  static ofWorker(): DynamicModule {
    return supervisionWith(ofWorker);
  }

  onModuleInit(): void {
    const { eventStore, log } = this.stores;
    this.metrics.watchProjections(this.admin);
    this.metrics.watchLog(log.watch, eventStore);
    if (this.verifier) this.metrics.watchKeys(this.verifier);
  }
}

const supervisionWith = (readiness: FactoryProvider<Readiness>): DynamicModule => ({
  module: SupervisionModule,
  controllers: [HealthController, MetricsController],
  providers: [readiness],
});
