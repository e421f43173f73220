import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Logger } from 'pino';
import type { DocumentStore } from '#document-store';
import { faultOfMongoUrl, openMongoDocumentStore } from '#document-store/mongodb';
import { openSqliteDocumentStore } from '#document-store/sqlite';
import type { EventStore } from '#event-store';
import { openKurrentEventStore } from '#event-store/kurrentdb';
import { openSqliteEventStore } from '#event-store/sqlite';
import type { Jobs } from '#jobs';
import type { StoreUnavailable } from '#kernel';
import { Readiness } from './health.js';
import type { Settings } from './settings.js';

const troubleMilliseconds = 10_000;

export interface Stores {
  readonly eventStore: EventStore;
  readonly documentStore: DocumentStore;
}

/**
 * Opens the stores that the URLs name. A server that is down is no fault: it is asked again at each call.
 * @throws StoreUnavailable where a file cannot be opened; Error where a URL cannot be understood
 */
export function openStores(
  { documentStoreUrl, eventStoreUrl }: Pick<Settings, 'eventStoreUrl' | 'documentStoreUrl'>,
  logger?: Logger,
): Stores {
  return { eventStore: openEventStore(eventStoreUrl, logger), documentStore: openDocumentStore(documentStoreUrl) };
}

/** Ready where both stores answer, and the jobs where they are needed. */
export const readinessOf = ({ documentStore, eventStore }: Stores, jobs?: Jobs): Readiness =>
  new Readiness([
    () => eventStore.head(),
    () => documentStore.count('projections', {}),
    ...(jobs ? [() => jobs.list({ limit: 1, offset: 0 })] : []),
  ]);

/** Opens the log that a URL names. @throws as `openStores` does */
export const openEventStore = (url: string, logger?: Logger): EventStore =>
  isFile(url) ? openSqliteEventStore(fileOf(url)) : openKurrentEventStore(url, { onTrouble: tellingRarely(logger) });

/** A subscription that keeps trying says so once in a while, not at every try. */
function tellingRarely(logger: Logger | undefined): (trouble: StoreUnavailable) => void {
  let told = -Infinity;
  return ({ cause, message }) => {
    if (performance.now() - told < troubleMilliseconds) return;
    told = performance.now();
    logger?.warn({ error: message, cause: String(cause) }, 'the subscription to the log goes on trying');
  };
}

const openDocumentStore = (url: string): DocumentStore =>
  isFile(url) ? openSqliteDocumentStore(fileOf(url)) : openMongoDocumentStore(url);

/** Why a URL cannot name a log, without repeating it: it may hold a password. */
export function faultOfEventStoreUrl(url: string): string | undefined {
  if (isFile(url) || /^(kurrentdb|kurrent|esdb|kdb)(\+discover)?:\/\/.+/.test(url)) return undefined;
  return 'must be sqlite: and a file, or begin with kurrentdb://, kurrentdb+discover:// or esdb://';
}

/** Why a URL cannot name documents, without repeating it. */
export function faultOfDocumentStoreUrl(url: string): string | undefined {
  if (isFile(url)) return undefined;
  if (/^mongodb(\+srv)?:/.test(url)) return faultOfMongoUrl(url);
  return 'must be sqlite: and a file, or begin with mongodb:// or mongodb+srv://';
}

const isFile = (url: string): boolean => /^sqlite:.+/.test(url);

function fileOf(url: string): string {
  const file = url.slice('sqlite:'.length);
  mkdirSync(dirname(file), { recursive: true });
  return file;
}
