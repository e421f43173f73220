import type { DocumentStore } from '#document-store';
import type { EventStore } from '#event-store';
import { systemClock } from '#kernel';
import type { Clock } from '#kernel';
import { EventCatalog } from '#kernel';
import { AcceptanceRecord } from './acceptance-record.js';
import { guardedLog } from './guarded-log.js';
import { LogAdmin } from './log-admin.js';
import { logEvents } from './log.events.js';
import { LogWatch } from './log-watch.js';
import type { WatchLogger } from './log-watch.js';

export interface WatchedLogOptions {
  readonly clock?: Clock;
  readonly logger?: WatchLogger;
  /** How often it is looked what other processes have found. */
  readonly milliseconds?: number;
}

/** A log that is watched for being another one, until it is closed. The documents are closed after it. */
export interface WatchedLog {
  readonly eventStore: EventStore;
  readonly watch: LogWatch;
  readonly admin: LogAdmin;
}

export function watchedLog(store: EventStore, documents: DocumentStore, options: WatchedLogOptions = {}): WatchedLog {
  const clock = options.clock ?? systemClock;
  const catalog = new EventCatalog(logEvents);
  const watch = new LogWatch(store, documents, new AcceptanceRecord(store, catalog, clock), { ...options, clock });
  watch.start();
  return {
    eventStore: guardedLog(store, watch),
    watch,
    admin: new LogAdmin(watch, store, documents, catalog, clock),
  };
}
