import type { LogWatch } from '#continuity';
import type { DocumentStore } from '#document-store';
import type { EventStore } from '#event-store';
import type { Clock, EventCatalog } from '#kernel';
import type { Progress } from '../progress.js';
import type { Projection } from '../projection.js';
import type { EngineLogger } from './engine-logger.js';

/** Whether the log is the one that documents are made of. */
export type WatchOfLog = Pick<LogWatch, 'accepted' | 'check' | 'prove' | 'refuseReplaced' | 'replaced'>;

export interface ProjectionEngineOptions {
  readonly log: WatchOfLog;
  readonly eventStore: EventStore;
  readonly documentStore: DocumentStore;
  readonly catalog: EventCatalog;
  readonly projections: readonly Projection[];
  readonly clock: Clock;
  readonly logger: EngineLogger;
  /** Is told whenever a projection has come further. */
  readonly progress: Progress;
  /** How long the right to run a partition lasts unless it is renewed. */
  readonly leaseMilliseconds?: number;
  /** After how long it is said that a projection cannot be taken up yet. Five seconds by default. */
  readonly tellWaitMilliseconds?: number;
  /** How many events are read at a time; fewer where the end of the log is followed. */
  readonly batchSize?: number;
}

/** Queries look up which collection is live at most so often: a replaced one stays for longer than that. */
export const liveLookupMilliseconds = 500;
