import { Global, Module } from '@nestjs/common';
import type { FactoryProvider, InjectionToken } from '@nestjs/common';
import { LogAdmin, LogWatch } from '#continuity';
import { CLOCK, DecisionRunner, EVENT_STORE, KeptStates } from '#deciding';
import type { EventStore } from '#event-store';
import { CostlyWork, Problems } from '#http-api';
import type { FailureLogger } from '#http-api';
import { EventCatalog } from '#kernel';
import type { Clock } from '#kernel';
import { Progress, ProjectionAdmin, ReadModels, Replay, StoredReadModels } from '#projecting';
import { SNAPSHOT_DOCUMENTS } from '#snapshots';
import { STORES } from '../adapters/stores.module.js';
import type { Stores } from '../adapters/stores.js';
import { eventCatalog, projections } from '../contracts.js';
import { LOGGER } from '../process/tokens.js';

const fromStores: FactoryProvider[] = [
  { provide: EVENT_STORE, inject: [STORES], useFactory: ({ eventStore }: Stores) => eventStore },
  { provide: SNAPSHOT_DOCUMENTS, inject: [STORES], useFactory: ({ documentStore }: Stores) => documentStore },
  { provide: LogWatch, inject: [STORES], useFactory: ({ log }: Stores) => log.watch },
  { provide: LogAdmin, inject: [STORES], useFactory: ({ log }: Stores) => log.admin },
];

const made: FactoryProvider[] = [
  { provide: EventCatalog, useFactory: eventCatalog },
  { provide: Progress, useFactory: () => new Progress() },
  { provide: CostlyWork, useFactory: () => new CostlyWork() },
  { provide: Problems, inject: [LOGGER], useFactory: (logger: FailureLogger) => new Problems(logger) },
  {
    provide: DecisionRunner,
    inject: [EVENT_STORE, EventCatalog, CLOCK, STORES],
    useFactory: (eventStore: EventStore, catalog: EventCatalog, clock: Clock, { documentStore, log }: Stores) =>
      new DecisionRunner(eventStore, catalog, clock, () => log.watch.prove(), new KeptStates(documentStore)),
  },
  {
    provide: ReadModels,
    inject: [STORES, Progress],
    useFactory: ({ documentStore, log }: Stores, progress: Progress) =>
      new StoredReadModels(documentStore, projections, progress, log.watch),
  },
  {
    provide: Replay,
    inject: [EVENT_STORE, EventCatalog],
    useFactory: (log: EventStore, catalog: EventCatalog) => new Replay(log, catalog),
  },
  {
    provide: ProjectionAdmin,
    inject: [STORES, EventCatalog, CLOCK, Progress],
    useFactory: ({ documentStore, eventStore, log }: Stores, catalog: EventCatalog, clock: Clock, progress: Progress) =>
      new ProjectionAdmin(eventStore, documentStore, catalog, projections, clock, progress, log.watch),
  },
];

/** What the features ask for beside their bus, the time and the jobs. */
export const coreTokens: readonly InjectionToken[] = [...fromStores, ...made].map(({ provide }) => provide);

/** What rests on the stores and is the same for every feature: the log, the read models, the runner of decisions. */
@Global()
@Module({ providers: [...fromStores, ...made], exports: [...coreTokens] })
export class CoreModule {}
