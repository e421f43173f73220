import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CLOCK, DecisionRunner, EVENT_STORE } from '#deciding';
import { SNAPSHOT_DOCUMENTS } from '#follow-up';
import { TokenVerifier } from '#http-api';
import { EventCatalog, systemClock } from '#kernel';
import type { Clock } from '#kernel';
import { Progress, ProjectionAdmin, ReadModels, Replay, StoredReadModels } from '#projecting';
import { eventCatalog, projections } from './contracts.js';
import type { Stores } from './stores.js';

export interface CoreOptions extends Stores {
  readonly verifier: TokenVerifier;
  readonly progress: Progress;
  readonly clock?: Clock;
}

/** What every feature is given: the stores behind their ports, the runner of decisions, the read models, the buses. */
@Module({})
export class CoreModule {
  static with({ clock = systemClock, documentStore, eventStore, progress, verifier }: CoreOptions): DynamicModule {
    const catalog = eventCatalog();
    const given: [provide: unknown, useValue: unknown][] = [
      [EVENT_STORE, eventStore],
      [SNAPSHOT_DOCUMENTS, documentStore],
      [CLOCK, clock],
      [EventCatalog, catalog],
      [TokenVerifier, verifier],
      [DecisionRunner, new DecisionRunner(eventStore, catalog, clock)],
      [ReadModels, new StoredReadModels(documentStore, projections, progress)],
      [Replay, new Replay(eventStore, catalog)],
      [ProjectionAdmin, new ProjectionAdmin(eventStore, documentStore, catalog, projections, clock, progress)],
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
